"""The list of tasks as an iCalendar file (RFC 5545): a VTODO each."""

import uuid
from collections.abc import Iterator

from builder.schedule import due_date
from builder.tasks.listing import Listed, Listing, said_of

_OCTETS = 75


def calendar_text(listing: Listing) -> str:
    """The calendar; a task is due on its day or on the last of its week, from a first day on."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//build-book//tasks//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(listing.title)}",
    ]
    for task in listing.tasks:
        lines += _to_do(task, listing)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _to_do(task: Listed, listing: Listing) -> Iterator[str]:
    words = listing.words
    about = [task.chapter.full_title, said_of(task, words), task.notes]
    yield "BEGIN:VTODO"
    yield f"UID:{_uid(listing, task.id)}"
    yield f"DTSTAMP:{listing.stamp:%Y%m%dT%H%M%SZ}"
    yield f"SUMMARY:{_text(task.task)}"
    yield f"DESCRIPTION:{_text(chr(10).join(part for part in about if part))}"
    yield f"CATEGORIES:{_text(task.chapter.full_title)}"
    if due := due_date(task.when, listing.start):
        yield f"DUE;VALUE=DATE:{due:%Y%m%d}"
    if task.under:
        yield f"RELATED-TO;RELTYPE=PARENT:{_uid(listing, task.under)}"
    yield "STATUS:COMPLETED" if task.is_done else "STATUS:NEEDS-ACTION"
    if task.is_done:
        yield "PERCENT-COMPLETE:100"
    yield "END:VTODO"


def _uid(listing: Listing, name: str) -> str:
    """The same for the same task of the same book, and for no other (3.8.4.7)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{listing.urn}#{name}").urn.removeprefix("urn:uuid:")


def _text(text: str) -> str:
    """A value of the type TEXT (3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 octets at most, no letter cut apart (3.1)."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += octets
    yield piece
