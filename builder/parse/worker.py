"""What a worker process does with a chapter: parse it."""

from functools import cache

import msgspec

from builder.book import ChapterFile
from builder.parse.chapter import draft_chapter
from builder.parse.markdown import Converter, make_markdown
from builder.parse.packed import pack_draft


def run_draft(language: bytes, job: bytes) -> bytes:
    """Parse one chapter in the book's language."""
    file = msgspec.msgpack.decode(job, type=ChapterFile)
    return pack_draft(draft_chapter(file, _converter(language.decode())))


@cache
def _converter(language: str) -> Converter:
    return make_markdown(language)
