"""Build beautiful, correct books: PDF, EPUB and checklists from Markdown and CSS."""

__version__ = "0.1.0"
