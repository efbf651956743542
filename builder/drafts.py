"""The chapters parsed: each from the store where it has not changed, else in the pool."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import msgspec

from builder.book import Chapter, ChapterFile, Later, Output, Survey, Text
from builder.cache import Store
from builder.config import Edition
from builder.diagnostics import Outcome
from builder.kept import recall, retain
from builder.parse.chapter import Draft, draft_chapter, draft_key
from builder.parse.markdown import make_markdown
from builder.parse.packed import pack_draft, unpack_draft
from builder.parse.survey import read_text, survey_chapter, survey_key
from builder.parse.worker import run_draft
from builder.pool import WORTH_WORKERS, Job, Pool
from builder.request import Progress
from builder.words import Words


def draft_all(
    files: Sequence[ChapterFile], language: str, store: Store, pool: Pool, progress: Progress
) -> tuple[Outcome[Draft], ...]:
    """The draft of each file, with its findings."""
    names = [draft_key(file, language) for file in files]
    drafts = {}
    for name, file in zip(names, files, strict=True):
        data = store.get(name)
        if data is not None and (draft := unpack_draft(data, file, name)) is not None:
            # Most are not read, and a long book has many: the bytes need not be held meanwhile.
            read = partial(_read_again, store, name, file, language)
            drafts[name] = replace(draft, value=replace(draft.value, read=read))
    missing = {name: file for name, file in zip(names, files, strict=True) if name not in drafts}
    parsed = _parse(tuple(missing.values()), language, pool)
    for done, (name, data) in enumerate(zip(missing, parsed, strict=True)):
        progress("parse", done, len(missing), "chapters")
        store.put(name, data)
        # By way of the bytes, so that a draft is the same whether it was kept or not.
        made = unpack_draft(data, missing[name], name)
        assert made is not None
        drafts[name] = made
    if missing:
        progress("parse", len(missing), len(missing), "chapters")
    return tuple(drafts[name] for name in names)


def survey_all(
    drafts: Sequence[Draft], output: Output, words: Words, store: Store, edition: Edition
) -> tuple[Outcome[Chapter], ...]:
    """What is in each chapter for one output; the text of those surveyed before is not read."""
    return tuple(_survey(draft, output, words, store, edition) for draft in drafts)


def _survey(
    draft: Draft, output: Output, words: Words, store: Store, edition: Edition
) -> Outcome[Chapter]:
    name = survey_key(draft, output, edition)
    if (kept := recall(store, name, Outcome[Survey])) is None:
        made = survey_chapter(draft, output, words, edition)
        retain(store, name, Outcome(made.value.survey, made.findings))
        return made
    read = Later(partial(read_text, draft, output, words, edition))
    return Outcome(Chapter(draft.file, kept.value, name, read), kept.findings)


def _read_again(store: Store, name: str, file: ChapterFile, language: str) -> Text | None:
    """The text of a draft in the store, parsed anew where another build has thrown it out."""
    data = store.get(name)
    if data is None or (draft := unpack_draft(data, file, name)) is None:
        return draft_chapter(file, make_markdown(language)).value.read()
    return draft.value.read()


def _parse(files: Sequence[ChapterFile], language: str, pool: Pool) -> Iterator[bytes]:
    if sum(len(file.source.text) for file in files) < WORTH_WORKERS:
        converter = make_markdown(language)
        yield from (pack_draft(draft_chapter(file, converter)) for file in files)
        return
    jobs = [Job(file.source.path, msgspec.msgpack.encode(file)) for file in files]
    yield from pool.run(run_draft, language.encode(), jobs)
