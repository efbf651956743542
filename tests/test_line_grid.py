"""Lines of the printed book stand on one grid, whatever stands between them."""

import pypdfium2

from tests.conftest import WriteBook
from tests.pressed import press_book

_CONFIG = 'title = "Lines"\n[pdf]\nhalf_title = false\nopen_on = "any"\ntrim = "A4"\n'
_LEADING = 14.4
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 37">'
    '<rect width="100" height="37"/></svg>'
)
_CHAPTER = """# Lines

Text before.

![A bar.](bar.svg){width=40%}
Its caption.

Text behind a figure.

| one | two |
| --- | --- |
| 1 | 2 |

Text behind a table.

```
code
```

Text behind code.

/// message
One.

Two.
///

Text behind a message.
"""


def test_text_goes_on_upon_the_lines_of_the_page(write_book: WriteBook) -> None:
    """Behind what is no whole number of lines high, the next line is a whole number below."""
    book = write_book({"book.toml": _CONFIG, "lines.md": _CHAPTER, "bar.svg": _DRAWING})
    with pypdfium2.PdfDocument(press_book(book).pdf) as document:
        pages = [page.get_textpage() for page in document]
        page = next(page for page in pages if "behind a message" in page.get_text_range())
        text = page.get_text_range()
        starts = [at for at in range(len(text)) if text.startswith("Text be", at)]
        bottoms = [page.get_charbox(at, loose=True)[1] for at in starts]
    steps = [(bottoms[0] - bottom) / _LEADING for bottom in bottoms[1:]]

    assert len(steps) == 4
    assert all(abs(step - round(step)) < 0.03 for step in steps)
