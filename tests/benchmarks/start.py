"""Processor time of commands on the shipped graphs, as a multiple of the work that they cannot do without.

For most commands this is the imports. `kg show` and `kg query` also open the store, and a query waits for Oxigraph's
own answer. For a build it is Oxigraph's copy of the store that it makes.

Each ratio is the median of pairs that run one after the other, because other work on the machine changes both sides.
The time of a process includes that of its subprocesses.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from statistics import median
from typing import TYPE_CHECKING

from kg.cli import COMMANDS
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = 7

_TEXT = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + (
    files("kg.query").joinpath("questions/declared-parties.rq").read_text(encoding="utf-8")
)

_KG = "from kg.cli import main; main()"
_OPEN = """import glob, os, pyoxigraph as o
(built,) = glob.glob(os.environ["KG_BUILT"] + "/generations/g*/oxigraph")
store = o.Store.read_only(built)"""
_SHOW = f"{_OPEN}; import click, wcwidth"
_QUERY = f"""{_SHOW}, subprocess, sys
answer = '''{_OPEN}; store.query(os.environ["KG_TEXT"]).serialize(format=o.QueryResultsFormat.JSON)'''
subprocess.run([sys.executable, "-c", answer], check=True, stdout=subprocess.DEVNULL)"""
_COPY = """import glob, os, pyoxigraph as o, tempfile
(built,) = glob.glob(os.environ["KG_BUILT"] + "/generations/g*/oxigraph")
with tempfile.TemporaryDirectory() as folder: o.Store(folder).bulk_extend(o.Store.read_only(built))"""
_RANK = "import click, pyoxigraph, wcwidth, numpy, pyarrow.compute, scipy.sparse.csgraph, networkit"

_NAMES = {
    _COPY: "a copy of the store that was built, by Oxigraph",
    _SHOW: "`import click, pyoxigraph, wcwidth`, and Oxigraph's opening of the store",
    _QUERY: "the same imports and opening; in a second process pyoxigraph, the opening and Oxigraph's answer",
}
"""Names of references that are too long for the table."""


@dataclass(frozen=True)
class Case:
    """A command, the Python code of its reference, and the largest ratio that is accepted.

    Attributes:
        fresh: whether each run has a store of its own, which does not exist yet.
        pairs: number of runs.
    """

    words: tuple[str, ...]
    reference: str
    limit: float
    fresh: bool = False
    pairs: int = PAIRS


CASES = (
    *(Case((*words,), "import click, rich", 3) for words in (("--version",), ("--help",))),
    *(Case((name, "--help"), "import click, rich", 3) for name in COMMANDS),
    Case(("show", "huawei"), _SHOW, 2),
    Case(("query", "declared-parties", "--limit", "5"), _QUERY, 2),
    Case(("rank", "--limit", "5"), _RANK, 2),
    Case(("query", "shared-partners", "--of", "xaut"), _QUERY, 100, pairs=3),
    Case(("build", "--quiet"), _COPY, 6, fresh=True, pairs=3),
)


@dataclass(frozen=True)
class Result:
    """Median seconds of both sides, and the ratios of the pairs."""

    case: Case
    ours: float
    reference: float
    ratios: tuple[float, ...]

    @property
    def passes(self) -> bool:
        """True if the median ratio is within the limit."""
        return median(self.ratios) <= self.case.limit


def measure(case: Case, store: Path) -> Result:
    """Return the processor times of `case`, after one run of each side that fills the caches."""
    ours, reference = (sys.executable, "-c", _KG, *case.words), (sys.executable, "-c", case.reference)
    environment = {**os.environ, "KG_STORE": str(store), "KG_BUILT": str(store), "KG_TEXT": _TEXT, "COLUMNS": "80"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second run compiles no module
    times = []
    for _ in range(case.pairs + 1):
        with tempfile.TemporaryDirectory() as folder:
            own = environment | {"KG_STORE": f"{folder}/store"} if case.fresh else environment
            times.append((_seconds(ours, own), _seconds(reference, environment)))
    del times[0]
    ratios = tuple(one / other for one, other in times)
    return Result(case, median(one for one, _ in times), median(other for _, other in times), ratios)


def render(results: list[Result]) -> str:
    """Return the results as a table in Markdown."""
    lines = ["| command | s | reference | s | ratio | limit |", "| --- | --- | --- | --- | --- | --- |"]
    for one in results:
        ratio = f"{median(one.ratios):.2f} ({min(one.ratios):.2f}..{max(one.ratios):.2f})"
        words, reference = " ".join(("kg", *one.case.words)), _NAMES.get(one.case.reference, f"`{one.case.reference}`")
        lines.append(
            f"| `{words}` | {one.ours:.3f} | {reference} | {one.reference:.3f} | {ratio} | {one.case.limit:g} |"
        )
    return "\n".join(lines) + "\n"


def run(folder: Path) -> tuple[str, bool]:
    """Build the shipped graphs in `folder` and return the table, and true if every ratio is within its limit."""
    store = folder / "store"
    build = (sys.executable, "-c", _KG, "build", "--quiet", "--store", str(store))
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    results = [measure(case, store) for case in CASES]
    return render(results), all(one.passes for one in results)


def _seconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    """Return the user and system time of `command`."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime
