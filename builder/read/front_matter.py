"""The head of a chapter's file: YAML between ``---`` lines or TOML between ``+++`` lines."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from builder.book import FrontMatter
from builder.config.keys import KeyPath, Span, Spans, toml_error, toml_spans, yaml_spans
from builder.config.languages import language_problem
from builder.config.tables import Table
from builder.diagnostics import Diagnostic, Outcome
from builder.slugs import slug
from builder.source import Source

_HEAD = re.compile(
    r"\A(---|\+\+\+)[ \t]*\n(?P<text>.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
# A rule of three hyphens may begin a chapter too, so YAML shows itself by its first key.
_OPENING = re.compile(r"\A(?:\+\+\+[ \t]*\n|---[ \t]*\n[\w\"'-]+[ \t]*:)")
_HEAD_LINES = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)*(?:[\w\"'-]+[ \t]*:|\Z)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says, and the offset at which the chapter's text begins."""

    front_matter: FrontMatter
    body_start: int


def parse_head(source: Source) -> Outcome[Head]:
    """The front matter of a chapter; without one, everything is left to its defaults."""
    found = _HEAD.match(source.text)
    if not found or (found[1] == "---" and not _HEAD_LINES.match(found["text"])):
        unclosed = not found and _OPENING.match(source.text)
        return Outcome(Head(FrontMatter(), 0), (_unclosed(source),) if unclosed else ())
    text, start = found["text"], found.start("text")
    read = _read_yaml if found[1] == "---" else _read_toml
    data = read(source, text, start)
    if isinstance(data, Diagnostic):
        return Outcome(Head(FrontMatter(), found.end()), (data,))
    spans = yaml_spans(text, start) if found[1] == "---" else _moved(toml_spans(text), start)
    made = Table(FrontMatter, source, spans).convert(data)
    front = made.value or FrontMatter()
    findings = (*made.findings, *_check(front, source, spans))
    return Outcome(Head(front, found.end()), findings)


def _read_yaml(source: Source, text: str, start: int) -> dict[str, object] | Diagnostic:
    import yaml  # most chapters have no head

    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        at_end = "end of stream" in (error.problem or "")
        mark = (at_end and error.context_mark) or error.problem_mark
        return _syntax(source, start + (mark.index if mark else 0), error.problem or "no YAML")
    except (yaml.YAMLError, ValueError) as error:
        return _syntax(source, start, str(error).partition("\n")[0])
    except RecursionError:
        return _syntax(source, start, "lists in lists, too deep to read")
    if not isinstance(data, dict | None):
        return _syntax(source, start, "there are no keys in it")
    return {str(key): value for key, value in (data or {}).items()}


def _read_toml(source: Source, text: str, start: int) -> dict[str, object] | Diagnostic:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return toml_error(source, error, "front-matter-syntax", start)
    except RecursionError:
        return _syntax(source, start, "lists in lists, too deep to read")


def _moved(spans: Spans, by: int) -> Spans:
    def move(each: dict[KeyPath, Span]) -> dict[KeyPath, Span]:
        return {path: (start + by, end + by) for path, (start, end) in each.items()}

    return Spans(move({**spans.keys}), move({**spans.values}))


def _check(front: FrontMatter, source: Source, spans: Spans) -> Iterator[Diagnostic]:
    if front.id and slug(front.id) != front.id:
        yield Diagnostic(
            "invalid-id",
            f'not an id: "{front.id}"',
            spans.value_place(source, ("id",)),
            f'use letters a to z, digits and hyphens: "{slug(front.id) or "chapter"}"',
        )
    if front.language and (problem := language_problem(front.language)):
        yield Diagnostic(
            "invalid-language",
            f'not a language tag: "{front.language}": {problem[0]}',
            spans.value_place(source, ("language",)),
            problem[1],
        )


def _syntax(source: Source, offset: int, problem: str) -> Diagnostic:
    return Diagnostic(
        "front-matter-syntax",
        f"front matter does not parse: {problem[:1].lower()}{problem[1:]}",
        source.place(offset),
        "write one `key: value` a line (YAML, between ---) or `key = value` (TOML, between +++)",
    )


def _unclosed(source: Source) -> Diagnostic:
    mark = source.text[:3]
    return Diagnostic(
        "front-matter-syntax",
        "front matter is never closed",
        source.place(0, 3),
        f'end it with a line "{mark}"',
    )
