"""Rows as CSV: read back as they were, and nothing in them computes."""

import csv
import io

from builder.csv_text import csv_text


def test_rows_are_read_back_as_they_were() -> None:
    """With commas, quotation marks, line ends and signs of all scripts in the fields."""
    rows = [["id", "task"], ["a", 'say "go", then\nwait'], ["ü", "水"], ["", " x "]]

    assert [*csv.reader(io.StringIO(csv_text(rows), newline=""))] == rows


def test_rows_end_as_the_standard_asks() -> None:
    """With carriage return and line feed, also behind the last."""
    assert csv_text([["a", 1], ["b", 2]]) == "a,1\r\nb,2\r\n"


def test_text_that_reads_like_a_formula_computes_nothing() -> None:
    """An apostrophe goes in front of it; numbers and other text stay as they are."""
    rows: list[list[str | int]]
    rows = [["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "1-1", "a=b", -1]]

    assert csv_text(rows) == "'=1+1,'+1,'-1,'@SUM(A1),'\t=1,'＝1,1-1,a=b,-1\r\n"
