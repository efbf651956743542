"""A book's editions: the reader's, and the leader's with notes and answers of its own."""

import uuid
from dataclasses import replace

from builder.config import Config, Edition
from builder.words import Words

EDITIONS: tuple[Edition, ...] = ("reader", "leader")


def in_edition(config: Config, edition: Edition, words: Words) -> Config:
    """The configuration of an edition: the leader's says so, and is a publication of its own.

    An ISBN names one publication, so the leader's edition gets an identifier that comes from it,
    and the printed one has none.
    """
    if edition == "reader":
        return replace(config, edition=edition)
    name = words.leaders_edition
    return replace(
        config,
        edition=edition,
        subtitle=f"{config.subtitle} ({name})" if config.subtitle else name,
        pdf=replace(config.pdf, isbn=""),
        identifier=uuid.uuid5(uuid.NAMESPACE_URL, f"{config.urn}#{edition}").urn,
    )
