"""What a reader has done of a book's tasks: the file that keeps it, read and written."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

from builder.config.json_keys import json_problem, json_spans
from builder.config.keys import Spans
from builder.config.tables import Table
from builder.diagnostics import Diagnostic, Outcome, Place
from builder.source import Source

_HINT = "make one with: build-book tasks --format json"
# What the list of `build-book tasks --format json` says besides; it is a state too.
_FOR_PEOPLE = frozenset(("number", "title", "page", "under", "week", "day", "minutes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskState:
    """One task: its id, whether it is done, what was noted; words and chapter are for people."""

    id: Annotated[str, Meta(description="The id of the task.", min_length=1)]
    done: Annotated[bool, Meta(description="Whether the task is done: true or false.")] = False
    notes: Annotated[str, Meta(description="What was noted beside the task.")] = ""
    task: Annotated[str, Meta(description="The words of the task.")] = ""
    chapter: Annotated[str, Meta(description="The id of the task's chapter.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The tasks of one book, known by its identifier.

    ``fields`` holds what was written elsewhere than beside a task, by the name of the place:
    dates, notes of a chapter, the lines of an exercise.
    """

    book: Annotated[str, Meta(description="The book's identifier.", min_length=1)]
    title: Annotated[str, Meta(description="The book's title.")] = ""
    tasks: Annotated[tuple[TaskState, ...], Meta(description="A list of tasks.")] = ()
    fields: Annotated[Mapping[str, str], Meta(description="Texts by the name of their place.")] = (
        field(default_factory=dict)
    )


@dataclass(frozen=True, slots=True)
class StateFile:
    """A state, and where it stands: the file, the place of its book, of each id."""

    state: State
    place: Place | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


def parse_state(source: Source) -> Outcome[StateFile | None]:
    """Read the text of a state; None where it cannot be used."""
    try:
        data = json.loads(source.text)
    except json.JSONDecodeError as error:
        place = source.place(min(error.pos, len(source.text.rstrip())))
        return Outcome(None, (_no_state(f"not valid JSON: {json_problem(error)}", place),))
    except (RecursionError, ValueError):
        # Lists in lists, or a number of thousands of digits.
        return Outcome(None, (_no_state("this is no list of tasks", source.place(0)),))
    if not isinstance(data, dict):
        return Outcome(None, (_no_state("this is no list of tasks", source.place(0)),))
    spans = json_spans(source.text)
    made = Table(State, source, spans, missing='"{key}": "..."').convert(_for_programs(data))
    if made.value is None:
        return Outcome(None, made.findings)
    file = _located(made.value, source, spans)
    twice = tuple(_given_twice(made.value, source, spans))
    return Outcome(None if twice else file, twice)


def state_text(state: State) -> str:
    """The state as the text of its file: the same for the same tasks."""
    record = {
        "book": state.book,
        "title": state.title,
        "tasks": [
            {
                "id": task.id,
                "chapter": task.chapter,
                "task": task.task,
                "done": task.done,
                "notes": task.notes,
            }
            for task in state.tasks
        ],
        "fields": {name: state.fields[name] for name in sorted(state.fields)},
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _no_state(message: str, place: Place) -> Diagnostic:
    return Diagnostic("state-syntax", message, place, _HINT)


def _for_programs(data: Mapping[str, object]) -> dict[str, object]:
    """The same without what the list of tasks says for people."""
    tasks = data.get("tasks")
    if not isinstance(tasks, list):
        return dict(data)
    bare = [
        {key: value for key, value in task.items() if key not in _FOR_PEOPLE}
        if isinstance(task, dict)
        else task
        for task in tasks
    ]
    return {**data, "tasks": bare}


def _located(state: State, source: Source, spans: Spans) -> StateFile:
    places = {
        task.id: spans.value_place(source, ("tasks", index, "id"))
        for index, task in enumerate(state.tasks)
    }
    return StateFile(state, spans.value_place(source, ("book",)), places)


def _given_twice(state: State, source: Source, spans: Spans) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for index, task in enumerate(state.tasks):
        place = spans.value_place(source, ("tasks", index, "id"))
        if task.id in first:
            hint = f"the first stands in line {first[task.id]}; keep one of them"
            yield Diagnostic("duplicate-id", f'the id "{task.id}" is given twice', place, hint)
        first.setdefault(task.id, place.line)
