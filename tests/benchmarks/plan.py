"""The plan of the benchmarks: data, tasks, sides and repeats; and its execution."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from benchmarks import synthetic
from benchmarks.questions import QUESTIONS, ROWS
from benchmarks.table import Row
from benchmarks.task import Done, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent

OTHER = {
    "load": "rdflib, in memory",
    "validate": "pySHACL",
    "ask": "rdflib",
    "project": "rdflib + networkx",
    "between": "networkx",
    "pagerank": "networkx",
    "scored": "networkx",
    "louvain": "networkx",
    "exact": "networkx",
    "sampled": "networkx",
}
"""Names of the usual peers in the table, by task."""

RAW = {
    ("load", "oxigraph"): "raw bulk_load of the input",
    ("load", "merged"): "raw bulk_load of all that is stored",
    ("load", "oxrdflib"): "rdflib, on disk by oxrdflib",
    ("rows", "oxigraph"): "raw pyoxigraph",
    ("harmonic", "networkit"): "networkit",
    ("louvain", "networkit"): "raw networkit",
    ("project", "oxrdflib"): "rdflib on Oxigraph + networkx",
}
"""Names of other peers: the library below us alone, or another product."""

WORDS = {
    "load": "load",
    "extract": "of that: the incidence table",
    "build": "build as kg build does it, checked and with all that is derived",
    "ingest": "rows of a table until their statements are confirmed",
    "amend": "the same, into a store that holds the shipped graphs",
    "validate": "validation by the shapes",
    "project": "projection, actors by shared links",
    "between": "betweenness, two-mode, exact",
    "pagerank": "PageRank, two-mode",
    "scored": "PageRank, two-mode, from rows of link and actor to the list",
    "louvain": "communities by Louvain, two-mode",
    "exact": "betweenness, two-mode, exact",
    "sampled": "betweenness, two-mode, sampled",
    "harmonic": "harmonic closeness, two-mode",
    "intervals": "betweenness of 200 completions",
    "ranked": "from the incidence table to the first twenty",
}


@dataclass(frozen=True)
class Step:
    """One task that `sides` run `repeats` times in turn; our side is the first."""

    task: str
    sides: tuple[str, ...]
    repeats: int


@dataclass(frozen=True)
class Part:
    """One dataset with its tasks: at least `quads` quads, or the shipped graphs if `quads` is 0.

    With `nodes` and `edges` it is a two-mode network without graphs (`arrays`). With `edges` 0 it consists of the
    participation tables of graphs with that many quads (`tables`).
    """

    name: str
    quads: int
    steps: tuple[Step, ...]
    nodes: int = 0
    edges: int = 0


_BOTH = ("kg", "rdflib")
_RAW = ("kg", "oxigraph")
_ALL = ("kg", "rdflib", "oxrdflib", "oxigraph", "merged")
_SHACL = ("kg", "pyshacl")
_PROJECT = ("kg", "rdflib", "oxrdflib")
_SIDES = {"load": _ALL, "rows": _RAW, "validate": _SHACL, "ask": _BOTH, "project": _PROJECT, "between": _BOTH}
_EVERYTHING = tuple(Step(task, sides, 3) for task, sides in _SIDES.items())

_INTERVALS = Step("intervals", ("kg",), 2)
_BUILD = Step("build", ("kg",), 2)
_NETWORKX = ("kg", "networkx")

FULL = (
    Part("shipped", 0, (*_EVERYTHING, _INTERVALS, _BUILD)),
    Part("20k", 20_000, _EVERYTHING),
    Part("50k", 50_000, (Step("load", _ALL, 3), Step("project", _BOTH, 3), Step("between", _BOTH, 3))),
    Part("ingest", 400_000, (Step("ingest", ("kg",), 3), Step("amend", ("kg",), 3)), 1),
    Part("100k", 100_000, (Step("validate", _SHACL, 2), _BUILD)),
    Part("250k", 250_000, (Step("load", ("kg",), 1), Step("between", ("kg",), 1))),
    Part(
        "1m",
        1_000_000,
        (
            Step("validate", ("kg",), 1),
            Step("load", _ALL, 2),
            Step("extract", ("kg",), 2),
            Step("rows", _RAW, 3),
            Step("ask", ("kg",), 3),
            Step("project", ("kg", "oxrdflib"), 2),
            replace(_BUILD, repeats=1),
        ),
    ),
    Part("1k-nodes", 0, (Step("exact", _NETWORKX, 2), Step("harmonic", ("kg", "networkit"), 5)), 1000, 5000),
    Part(
        "10k-nodes",
        0,
        (
            Step("pagerank", _NETWORKX, 5),
            Step("scored", _NETWORKX, 3),
            Step("louvain", (*_NETWORKX, "networkit"), 3),
            Step("sampled", _NETWORKX, 1),
            Step("exact", ("kg",), 1),
        ),
        10_000,
        50_000,
    ),
    Part("100k-nodes", 0, (Step("pagerank", _NETWORKX, 3), Step("scored", _NETWORKX, 2)), 100_000, 1_000_000),
    Part("10m-tables", 10_000_000, (Step("ranked", ("kg",), 1),), 1),
)
"""The time of rdflib grows with the square of the data in some questions; 20,000 quads are its limit."""

NAMED = (
    Part("intervals", 0, (Step("load", ("kg",), 1), Step("intervals", ("kg",), 5))),
    Part("load", 1_000_000, (Step("load", ("kg", "oxigraph", "merged"), 3), Step("extract", ("kg",), 3))),
    Part(
        "200k", 200_000, (Step("load", ("kg", "rdflib", "oxrdflib", "merged"), 3), Step("extract", ("kg",), 3), _BUILD)
    ),
    Part("rows", 200_000, (Step("load", ("kg",), 1), Step("rows", _RAW, 7))),
    Part("projection", 1_000_000, (Step("load", ("kg",), 1), Step("project", ("kg", "oxrdflib"), 2))),
    Part("10k-exact", 0, (Step("exact", _NETWORKX, 1),), 10_000, 50_000),
    Part("10m", 10_000_000, (Step("load", ("kg",), 1), Step("extract", ("kg",), 1))),
)
"""Parts that run only by name: closer looks at one question, and slow parts."""

QUICK = (
    Part("shipped", 0, (*(replace(step, repeats=2) for step in _EVERYTHING), _INTERVALS)),
    Part("10k", 10_000, tuple(replace(step, repeats=2) for step in _EVERYTHING)),
)

TINY = (
    Part(
        "tiny",
        1500,
        tuple(replace(step, repeats=1) for step in (*_EVERYTHING, _INTERVALS, _BUILD, Step("extract", ("kg",), 1))),
    ),
    Part(
        "tiny network",
        0,
        (
            *(Step(task, _NETWORKX, 1) for task in ("pagerank", "scored", "exact", "sampled")),
            Step("louvain", (*_NETWORKX, "networkit"), 1),
            Step("harmonic", ("kg", "networkit"), 1),
        ),
        300,
        900,
    ),
    Part("tiny tables", 4000, tuple(Step(task, ("kg",), 1) for task in ("ranked", "ingest", "amend")), 1),
)
"""A small plan for the test of the benchmarks."""


class Child:
    """A side in its own process."""

    def __init__(self, side: str) -> None:
        """Start the process; it waits for tasks."""
        path = os.pathsep.join([str(TESTS), str(ROOT), os.environ.get("PYTHONPATH", "")])
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "benchmarks.task", side],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path.rstrip(os.pathsep)},
            text=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._tasks, self._results = self._process.stdin, self._process.stdout

    def do(self, task: Task) -> Done:
        """Run `task` and return its result.

        Raises:
            RuntimeError: the process failed; its message is on standard error.
        """
        self._tasks.write(json.dumps(asdict(task)) + "\n")
        self._tasks.flush()
        line = self._results.readline()
        if not line:
            raise RuntimeError(f"the side broke while it did {task.name} {task.question}")
        return Done(**json.loads(line))

    def __enter__(self) -> Self:
        """Return the side itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the process."""
        self._tasks.close()
        self._process.wait()
        self._results.close()


def run(parts: Sequence[Part], folder: Path, say: Callable[[str], None]) -> Iterator[Row]:
    """Run all `parts` with files and stores in `folder`, and yield the row of each step."""
    for number, part in enumerate(parts):
        place = folder / str(number)
        place.mkdir()
        task, what = _data(part, place)
        with ExitStack() as stack:
            children: dict[str, Child] = {}
            for step in part.steps:
                questions = tuple({"ask": QUESTIONS, "rows": ROWS}.get(step.task, ("",)))
                for question in questions:
                    requested = replace(task, name=step.task, question=question)
                    say(f"{what}: {WORDS.get(step.task, question)}")
                    if step.task in {"load", "build"}:
                        actual = _afresh(requested, step, children, stack)
                    else:
                        actual = _repeat(requested, step, children, stack)
                    yield from _rows(requested, what, actual)


def _data(part: Part, place: Path) -> tuple[Task, str]:
    """Return the task without a name, and a description of the data. Files are copied, so edits change nothing."""
    if part.nodes:
        what = (
            f"made network, {part.nodes} nodes, {part.edges} edges" if part.edges else f"tables of {part.quads} quads"
        )
        store = str(place / "incidence")
        return Task("", store, (), (), "", "", nodes=part.nodes if part.edges else part.quads, edges=part.edges), what
    ontology = _copied(ROOT / "ontology", place / "ontology")
    _copied(ROOT / "ontology" / "shapes", place / "ontology" / "shapes")
    store = str(place / "store")
    if not part.quads:
        files = _copied(ROOT / "graphs" / "curated", place / "graphs")
        return Task("", store, ontology, files, "link/sx-mg", "xaut"), "shipped graphs"
    file = place / "graphs.nq"
    size = synthetic.write(file, part.quads)
    what = f"synthetic, {size.quads} quads: {size.links} links, {size.actors} organisations"
    return Task("", store, ontology, (str(file),), "link/0000009", "university-000001"), what


def _copied(source: Path, target: Path) -> tuple[str, ...]:
    """Copy the graph files of `source` to `target`, without subfolders."""
    target.mkdir()
    files = sorted(file for file in source.iterdir() if file.suffix in {".ttl", ".trig"})
    return tuple(str(shutil.copy(file, target)) for file in files)


def _afresh(task: Task, step: Step, children: dict[str, Child], stack: ExitStack) -> dict[str, list[Done]]:
    """Run each repeat in a new process and folder; the last process of rdflib remains, because it holds the data."""
    actual: dict[str, list[Done]] = {side: [] for side in step.sides}
    for repeat in range(step.repeats):
        for side in step.sides:
            last = repeat == step.repeats - 1
            kept = last and task.name == "load"
            store = task.store if side == "kg" and kept else f"{task.store}-{task.name}-{side}-{repeat}"
            with ExitStack() as own:
                child = own.enter_context(Child(side))
                actual[side].append(child.do(replace(task, store=store)))
                if side == "rdflib" and kept:
                    children[side] = child
                    stack.push(own.pop_all())
    return actual


def _repeat(task: Task, step: Step, children: dict[str, Child], stack: ExitStack) -> dict[str, list[Done]]:
    actual: dict[str, list[Done]] = {side: [] for side in step.sides}
    for _ in range(step.repeats):
        for side in step.sides:
            if side not in children:
                children[side] = stack.enter_context(Child(side))
            actual[side].append(children[side].do(task))
    return actual


def _rows(task: Task, what: str, actual: dict[str, list[Done]]) -> Iterator[Row]:
    """Yield our figures against each other side, or alone."""
    ours = actual.pop("kg")
    words = WORDS.get(task.name, task.question)
    for side, theirs in actual.items() or (("", []),):
        against = (RAW.get((task.name, side)) or OTHER[task.name]) if side else ""
        yield Row(
            what, words, against, tuple(ours), tuple(theirs), task.nodes if task.name in {"ingest", "amend"} else 0
        )
