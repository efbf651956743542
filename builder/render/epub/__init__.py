"""The resolved book -> one EPUB: pages from trees, the package around them, the zip."""
