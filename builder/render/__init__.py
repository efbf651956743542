"""The resolved book -> files."""
