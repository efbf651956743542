"""The e-book as DAISY's Ace sees it: nothing that keeps anybody from reading it."""

import json
from pathlib import Path

from tests.readers.conftest import MODULES, Opened, RunNode

_FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"


def test_no_violation(epub: Opened, browser: str, run_node: RunNode, tmp_path: Path) -> None:
    """In no chapter, and not in the statements of the package."""
    wrapper = tmp_path / "browser"
    wrapper.write_text(f'#!/bin/sh\nexec "{browser}" {_FLAGS} "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    ace = MODULES / "@daisy" / "ace-cli" / "bin" / "ace.js"
    options = ("--force", "--silent", "--outdir", str(tmp_path / "report"), str(epub.path))
    run_node(ace, *options, PUPPETEER_EXECUTABLE_PATH=str(wrapper))
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    found = [
        (page["earl:testSubject"]["url"], each["earl:test"]["dct:title"], each["earl:result"])
        for page in report["assertions"]
        for each in page.get("assertions", ())
    ]

    assert found == []
