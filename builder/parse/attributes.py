"""What may stand in braces behind a paragraph, an item, a heading or a block, or below a table."""

# What asks for room to write or draw in, in the order in which one block has several; see
# ``blanks``.
BLANK_KEYS = ("scale", "days", "boxes", "grid", "dots", "rows", "lines")
KEYS = tuple(sorted((*BLANK_KEYS, "class", "count", "dir", "id", "lang", "role", "style", "title")))
# Braces that are meant for the block before them, and not for its readers.
IN_BRACES = rf"\{{:?[ ]*(?:[#.]|(?:{'|'.join(KEYS)})=)[^{{}}\n]*\}}"
