"""Text inserted, struck out, marked, raised and lowered: ``^^ ~~ == ^ ~``."""

from markdown import Markdown
from markdown.extensions import Extension
from pymdownx.delimiterprocessor import Delimiter, DelimiterProcessor

# Between marks of spans that hold no space, a space is written behind a backslash.
_ESCAPED = "^~= "
_PRIORITY = 60


class InlineMarks(Extension):
    """What the extensions caret, tilde and mark do, at a fraction of their start-up time."""

    def __init__(self) -> None:
        super().__init__()
        self._processor: DelimiterProcessor | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add the marks."""
        md.registerExtension(self)
        md.ESCAPED_CHARS = [*dict.fromkeys((*md.ESCAPED_CHARS, *_ESCAPED))]
        self._processor = DelimiterProcessor(_Late("^", "ins,sup", no_space=True, punct=False), md)
        self._processor.add(_Late("=", "mark", double=True))
        self._processor.add(_Late("~", "del,sub", smart=True, no_space=True, punct=False))
        md.inlinePatterns.register(self._processor, "delimiter", _PRIORITY)

    def reset(self) -> None:
        """Forget the last text."""
        assert self._processor is not None
        self._processor.reset()


class _Late(Delimiter):  # type: ignore[misc]
    """Compiles its pattern, which takes long, when it is needed: where a text has its mark."""

    def _build_patterns(self, token: str) -> str:
        return token

    def __getattr__(self, name: str) -> object:
        if name not in ("bad", "boundary", "max_size"):
            raise AttributeError(name)
        super()._build_patterns(self.token)
        return self.__dict__[name]
