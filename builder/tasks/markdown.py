"""The list of tasks as Markdown, with boxes to tick where Markdown is shown."""

import html
import re

from builder.tasks.listing import Listed, Listing, by_chapter, said_of

# What means something within a line; a sign of mail only where a name may follow it.
_MARKS = re.compile(r"[\\`*_\[\]~^]|(?<!\S)@")


def markdown_text(listing: Listing) -> str:
    """A heading for each chapter, its tasks nested as they are; ids are comments."""
    lines = [f"# {_plain(listing.title)}"]
    for chapter, tasks in by_chapter(listing):
        lines += ["", f"## {_plain(chapter.full_title)}", ""]
        lines += [_line(task, listing) for task in tasks]
    return "\n".join(lines) + "\n"


def _line(task: Listed, listing: Listing) -> str:
    said = said_of(task, listing.words)
    behind = f" ({_plain(said)})" if said else ""
    box = "[x]" if task.is_done else "[ ]"
    return f"{'    ' * task.depth}- {box} {_plain(task.task)}{behind} <!-- {task.id} -->"


def _plain(text: str) -> str:
    """A text whose signs mean nothing to Markdown."""
    return html.escape(_MARKS.sub(r"\\\g<0>", text), quote=False)
