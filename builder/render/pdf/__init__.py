"""The paginated PDF: plan the gatherings, lay each out, settle the page numbers, bind."""
