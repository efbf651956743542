"""What was measured, as tables: figures, ratios beside what is to be reached, the machine."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measure import Run, typical

_PACKAGES = ("weasyprint", "pydyf", "markdown", "pypandoc_binary", "typst")
_MEGABYTE = 1_000_000
# Where more of the machine than this went to others, a run says little.
_QUIET = 0.05


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to reach: a figure and the most that it may be."""

    name: str
    figure: float
    most: float
    unit: str = ""


def figures_table(results: Mapping[str, Sequence[Run]]) -> Iterator[str]:
    """A line for each task, with medians."""
    yield "| task | seconds | from - to | processor | memory | parent | worker | runs |"
    yield "| --- | --: | --: | --: | --: | --: | --: | --: |"
    for name, runs in results.items():
        run, seconds = typical(runs), [each.seconds for each in runs]
        mark = " (*)" if run.others > _QUIET else ""
        yield (
            f"| {name}{mark} | {run.seconds:.2f} s | {min(seconds):.2f} - {max(seconds):.2f} "
            f"| {run.processor:.1f} s | {_megabytes(run.tree)} | {_megabytes(run.parent)} "
            f"| {_megabytes(run.worker)} | {len(runs)} |"
        )
    yield ""
    yield "(*) More than a twentieth of the machine went to other work meanwhile."


def goals_table(goals: Sequence[Goal]) -> Iterator[str]:
    """A line for each goal, and whether it is reached."""
    yield "| | measured | to reach | |"
    yield "| --- | --: | --: | --- |"
    for goal in goals:
        verdict = "reached" if goal.figure <= goal.most else "**missed**"
        yield (
            f"| {goal.name} | {goal.figure:.3g}{goal.unit} | {goal.most:g}{goal.unit} | {verdict} |"
        )


def machine() -> Iterator[str]:
    """What it was measured on."""
    yield f"- {os.cpu_count()} cores ({_processor()}), {_memory()}, {platform.system()}"
    versions = [f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"{package} not installed")
    yield f"- {', '.join(versions)}"


def _megabytes(size: float) -> str:
    return f"{size / _MEGABYTE:.0f} MB" if size else "-"


def _processor() -> str:
    names = _facts("/proc/cpuinfo", "model name")
    return names or platform.machine()


def _memory() -> str:
    size = _facts("/proc/meminfo", "MemTotal").partition(" ")[0]
    return f"{int(size) / 1e6:.0f} GB" if size else "memory unknown"


def _facts(path: str, name: str) -> str:
    """What a file of the kernel says under a name, the first time."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(found, "")
