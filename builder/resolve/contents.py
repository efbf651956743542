"""The table of contents: parts, chapters and their headings."""

from builder.book import Entry, Numbered

# Chapters of these kinds have no line in the contents.
_UNLISTED = frozenset(("dedication", "epigraph"))


def make_contents(chapters: tuple[Numbered, ...]) -> tuple[Entry, ...]:
    """One entry a chapter with all its headings, those of a part's chapters under the part."""
    entries: list[Entry] = []
    part: list[Entry] | None = None
    parts: dict[int, list[Entry]] = {}
    for numbered in chapters:
        if numbered.chapter.file.kind in _UNLISTED:
            continue
        role = numbered.chapter.file.role
        entry = _entry(numbered)
        if role == "part":
            part = parts[len(entries)] = []
            entries.append(entry)
        elif role == "chapter" and part is not None:
            part.append(entry)
        else:
            entries.append(entry)
    return tuple(
        _with_entries(entry, tuple(parts[index])) if index in parts else entry
        for index, entry in enumerate(entries)
    )


def _entry(numbered: Numbered) -> Entry:
    headings = tuple(
        heading
        for heading in numbered.chapter.headings
        if heading.level in (2, 3) and not heading.is_checklist
    )
    entries: list[Entry] = []
    role = numbered.chapter.file.role
    for heading in headings:
        line = Entry(heading.anchor, numbered.id, "", heading.title, role)
        if heading.level == 3 and entries:
            entries[-1] = _with_entries(entries[-1], (*entries[-1].entries, line))
        else:
            entries.append(line)
    return Entry(numbered.id, numbered.id, numbered.number, numbered.title, role, tuple(entries))


def _with_entries(entry: Entry, entries: tuple[Entry, ...]) -> Entry:
    return Entry(entry.anchor, entry.chapter_id, entry.number, entry.title, entry.role, entries)
