"""What the files that are built are called."""

from collections.abc import Mapping

from builder.config import Config, OutputName
from builder.slugs import slug

_ENDINGS: Mapping[OutputName, str] = {
    "pdf": ".pdf",
    "epub": ".epub",
    "checklists": "-checklists.pdf",
}


def file_names(config: Config) -> Mapping[OutputName, str]:
    """The name of each output's file: from ``name``, else from the title."""
    stem = config.name or slug(config.title) or "book"
    return {output: f"{stem}{ending}" for output, ending in _ENDINGS.items()}
