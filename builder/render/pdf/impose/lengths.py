"""The lengths of what is drawn around pages on a sheet, in points."""

MM = 72 / 25.4
# Marks to cut along: how long they are, and how far they stay away from what is cut.
MARK_LENGTH, MARK_GAP = 5 * MM, 1.5 * MM
# Room around cards: for the marks, and for the edge that printers leave white.
CARD_MARGIN = 9 * MM
