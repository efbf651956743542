"""Sources in CSL-JSON, as reference managers write it -> BibLaTeX."""

import json
from collections.abc import Iterator, Mapping

from builder.diagnostics import Diagnostic, Outcome
from builder.source import Source

_TYPES: Mapping[str, str] = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "paper-conference": "inproceedings",
    "post-weblog": "online",
    "report": "report",
    "software": "software",
    "thesis": "thesis",
    "webpage": "online",
}
_FIELDS: Mapping[str, str] = {
    "title": "title",
    "publisher": "publisher",
    "publisher-place": "location",
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "edition": "edition",
    "collection-title": "series",
    "genre": "type",
    "note": "note",
    "DOI": "doi",
    "ISBN": "isbn",
    "URL": "url",
}
_PEOPLE = ("author", "editor", "translator")
_DATES: Mapping[str, str] = {"issued": "date", "accessed": "urldate"}

_Record = Mapping[str, object]


def biblatex_of(source: Source) -> Outcome[str | None]:
    """The same sources as BibLaTeX; None where the file is no CSL-JSON."""
    try:
        data = json.loads(source.text)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Outcome(None, (_broken(source, error.pos, message),))
    except RecursionError:
        return Outcome(None, (_broken(source, 0, "lists in lists, too deep to read"),))
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return Outcome(None, (_broken(source, 0, "not a list of sources"),))
    return Outcome("\n".join(_entry(item) for item in items if item.get("id")))


def _broken(source: Source, at: int, message: str) -> Diagnostic:
    hint = "export it again as CSL-JSON, or as BibTeX"
    return Diagnostic("broken-sources", message, source.place(at), hint)


def _entry(item: _Record) -> str:
    kind = _TYPES.get(str(item.get("type")), "misc")
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(item, kind))
    return f"@{kind}{{{''.join(str(item['id']).split())},\n{fields}\n}}"


def _fields(item: _Record, kind: str) -> Iterator[tuple[str, str]]:
    for name, field in _FIELDS.items():
        if value := _plain(item.get(name)):
            own = "institution" if field == "publisher" and kind in ("thesis", "report") else field
            yield own, value
    if holder := _plain(item.get("container-title")):
        yield "journaltitle" if kind == "article" else "booktitle", holder
    for role in _PEOPLE:
        if people := _people(item.get(role)):
            yield role, people
    for name, field in _DATES.items():
        if date := _date(item.get(name)):
            yield field, date


def _plain(value: object) -> str:
    """A value without what BibLaTeX would take for its own signs."""
    if not isinstance(value, (str, int, float)):
        return ""
    return " ".join(str(value).translate(dict.fromkeys(map(ord, "{}\\"))).split())


def _people(value: object) -> str:
    people = value if isinstance(value, list) else []
    return " and ".join(filter(None, (_person(each) for each in people if isinstance(each, dict))))


def _person(person: _Record) -> str:
    if literal := _plain(person.get("literal")):
        return f"{{{literal}}}"
    particle = _plain(person.get("non-dropping-particle"))
    family = " ".join(filter(None, (particle, _plain(person.get("family")))))
    given = _plain(person.get("given"))
    return ", ".join(filter(None, (family, _plain(person.get("suffix")), given)))


def _date(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    if not (isinstance(parts, list) and parts and isinstance(parts[0], list)):
        return _plain(value.get("literal") or value.get("raw"))
    numbers = [_plain(each) for each in parts[0]]
    return "-".join(each.zfill(4 if not index else 2) for index, each in enumerate(numbers))
