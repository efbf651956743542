"""Imposition: pages placed on the sheets that are printed, cut and folded."""
