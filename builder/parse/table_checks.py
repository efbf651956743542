"""What is wrong with the shape of a table: rows that are too long, rules that part nothing."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic, Place
from builder.parse.prose import Prose
from builder.parse.spans import CELLS
from builder.parse.tree import AT, offset_of, walk
from builder.source import Source

_RULE = re.compile(r"^[ \t>]*+\|?(?: *+:?-+:? *+\|)+(?: *+:?-+:? *+)?$", re.MULTILINE)


def check_rows(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Rows whose cells and spans do not add up to the columns of their table."""
    for table in walk(body, "table"):
        for row in walk(table, "tr"):
            if counts := row.attrib.pop(CELLS, ""):
                has, wanted = map(int, counts.split())
                yield Diagnostic(
                    "uneven-row",
                    f"a row of {_counted(has, 'cell')} in a table of {_counted(wanted, 'column')}",
                    _line_of(next(_placed(row, table)), source),
                    _hint_for_row(has, wanted),
                )


def check_rules(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Rules of tables in paragraphs: what was meant for a table is none."""
    for paragraph in walk(body, "p"):
        if "|" not in "".join(paragraph.itertext()):
            continue
        start = offset_of(paragraph)
        end = prose.plain.find("\n\n", start)
        block = prose.plain[start : end if end >= 0 else None]
        rule = _RULE.search(block)
        above = block[: rule.start()].rstrip("\n") if rule else ""
        head = above.rpartition("\n")[2]
        if rule and "|" in head:
            place = prose.source.place(start + len(above) - len(head), len(head))
            yield Diagnostic(
                "not-a-table", "what was meant for a table is none", place, _hint(above, rule[0])
            )


def _placed(row: Element, table: Element) -> Iterator[Element]:
    yield from (cell for cell in row if cell.get(AT))
    yield from (each for each in table.iter() if each.get(AT))
    yield table


def _line_of(element: Element, source: Source) -> Place:
    """The line that an element stands in, without its indent."""
    at = offset_of(element)
    start = source.text.rfind("\n", 0, at) + 1
    line = source.text[start:].partition("\n")[0]
    return source.place(start + len(line) - len(line.lstrip()), len(line.strip()))


def _hint_for_row(has: int, wanted: int) -> str:
    if has > wanted:
        return "take the cells out that are too many, or give the head and its rule as many"
    if has == 1:
        return "leave a blank line between the table and the text below it"
    return f"let the bars at the end of a cell that reaches over others add up to {wanted}"


def _hint(above: str, rule: str) -> str:
    head = above.rpartition("\n")[2]
    cells, rules = _cells(head), _cells(rule)
    if "\n" in above.strip("\n"):
        return "leave a blank line above the table; its head is the one line above the first rule"
    if cells == rules:
        return "write the head, the rule and each row on lines of their own, a bar between cells"
    return f"let the head and the rule below it have as many cells: they have {cells} and {rules}"


def _cells(line: str) -> int:
    return len(line.strip(" \t>").removeprefix("|").removesuffix("|").split("|"))


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
