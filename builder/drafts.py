"""The chapters parsed: each from the store where it has not changed, else in the pool."""

from collections.abc import Iterator, Sequence

import msgspec

from builder.book import ChapterFile
from builder.cache import Store, key
from builder.diagnostics import Outcome
from builder.parse.chapter import Draft, draft_chapter
from builder.parse.markdown import make_markdown
from builder.parse.packed import pack_draft, unpack_draft
from builder.parse.worker import run_draft
from builder.pool import Job, Pool
from builder.request import Progress
from builder.versions import parsing_versions

# Letters of Markdown that parse in about the time that it takes to start the workers.
_WORTH_WORKERS = 250_000


def draft_all(
    files: Sequence[ChapterFile], language: str, store: Store, pool: Pool, progress: Progress
) -> tuple[Outcome[Draft], ...]:
    """The draft of each file, with its findings."""
    packed = [msgspec.msgpack.encode(file) for file in files]
    names = [key("draft", parsing_versions(), language, data) for data in packed]
    drafts = {}
    for name, file in zip(names, files, strict=True):
        data = store.get(name)
        if data is not None and (draft := unpack_draft(data, file)) is not None:
            drafts[name] = draft
    todo = [index for index, name in enumerate(names) if name not in drafts]
    missing = [(files[index], packed[index]) for index in todo]
    for done, (index, draft) in enumerate(zip(todo, _parse(missing, language, pool), strict=True)):
        progress("parse", done, len(todo))
        drafts[names[index]] = draft
        store.put(names[index], pack_draft(draft))
    progress("parse", len(todo), len(todo))
    return tuple(drafts[name] for name in names)


def _parse(
    missing: Sequence[tuple[ChapterFile, bytes]], language: str, pool: Pool
) -> Iterator[Outcome[Draft]]:
    if sum(len(file.source.text) for file, _ in missing) < _WORTH_WORKERS:
        converter = make_markdown(language)
        for file, _ in missing:
            draft = draft_chapter(file, converter)
            # By way of the bytes, so that a draft is the same whether it was kept or not.
            yield unpack_draft(pack_draft(draft), file) or draft
        return
    jobs = [Job(file.source.path, data) for file, data in missing]
    results = pool.run(run_draft, language.encode(), jobs)
    for (file, _), data in zip(missing, results, strict=True):
        yield unpack_draft(data, file) or draft_chapter(file, make_markdown(language))
