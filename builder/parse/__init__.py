"""One chapter at a time: Markdown -> element tree and what is in it."""
