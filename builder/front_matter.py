"""The head of a chapter's file: YAML between ``---`` lines or TOML between ``+++`` lines."""

import re
import tomllib
from dataclasses import dataclass

import yaml

from builder.book import FrontMatter
from builder.config import convert_table
from builder.diagnostics import Diagnostic, Outcome
from builder.source import Source

_HEAD = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^(\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"\A\+\+\+[ \t]*\n|\A---[ \t]*\n[\w\"']+[ \t]*:")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says, and the offset at which the chapter's text begins."""

    front_matter: FrontMatter
    body_start: int


def parse_head(source: Source) -> Outcome[Head]:
    """The front matter of a chapter; without one, everything is left to its defaults."""
    found = _HEAD.match(source.text)
    if not found:
        findings = (_unclosed(source),) if _OPENING.match(source.text) else ()
        return Outcome(Head(FrontMatter(), 0), findings)
    mark, text, start = found[1], found[2], found.end()
    try:
        data = yaml.safe_load(text) if mark == "---" else tomllib.loads(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0)
        problem = getattr(error, "problem", None) or "not valid YAML"
        return Outcome(Head(FrontMatter(), start), (_syntax(source, line, problem),))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        problem = re.sub(r"\s*\(at .*\)$", "", str(error))
        line = int(at[1]) - 1 if at else 0
        return Outcome(Head(FrontMatter(), start), (_syntax(source, line, problem),))
    if data is None:
        return Outcome(Head(FrontMatter(), start))
    if not isinstance(data, dict):
        return Outcome(Head(FrontMatter(), start), (_syntax(source, 0, "not a list of keys"),))
    head = Source(source.path, source.text[:start])
    made = convert_table(FrontMatter, {str(key): value for key, value in data.items()}, head)
    return Outcome(Head(made.value or FrontMatter(), start), made.findings)


def _syntax(source: Source, line: int, problem: str) -> Diagnostic:
    return Diagnostic(
        "front-matter-syntax",
        f"front matter does not parse: {problem[:1].lower()}{problem[1:]}",
        source.place(source.offset_of_line(line + 2)),
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
