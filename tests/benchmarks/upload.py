"""A write to a SPARQL server, compared with the same write to a store on disk.

Each write is that of `kg build`, with validation. The server is a real Oxigraph on loopback, in memory and with a
folder of its own; the processor time includes that of the server.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import synthetic
from helpers.servers import oxigraph

from kg.ingest import build
from kg.rdf import sparql
from kg.store.local import LocalStore
from kg.store.server.store import ServerStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.base import Store

QUADS = 265_000
"""Quads of the graphs, which become a million with the merge and the inferences."""


class Cost(NamedTuple):
    """Elapsed and processor time of a write, in seconds."""

    elapsed: float
    processor: float


def _written(store: Store, file: Path) -> Cost:
    """Write the graphs in `file` to `store`."""
    start, before = time.monotonic(), _processor_time()
    result = build.build([file], store, lambda _: None)
    if result.size is None:
        raise ValueError(f"the synthetic graphs do not conform: {result.report.findings[:3]}")
    return Cost(time.monotonic() - start, _processor_time() - before)


def _processor_time() -> float:
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def _children_time() -> float:
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def measure(quads: int) -> Iterator[tuple[str, Cost, int]]:
    """Yield the name, the cost and the number of quads of each side, the one on disk first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "graphs.nq"
        synthetic.write(file, quads)
        disk = LocalStore(folder / "disk")
        cost = _written(disk, file)
        with disk.view() as view:
            yield "disk", cost, len(view.graph)
        for what, options in (("server in memory", ()), ("server on disk", ("--location", str(folder / "server")))):
            before = _children_time()
            with oxigraph(*options) as address:
                there = ServerStore(address)
                cost = _written(there, file)
                with there.view() as view:
                    count = sparql.count(view.graph, "?s ?p ?o") + sparql.count(view.graph, "GRAPH ?g { ?s ?p ?o }")
            yield what, Cost(cost.elapsed, cost.processor + _children_time() - before), count


def run(quads: int = QUADS) -> str:
    """Measure both sides, and return the table as Markdown.

    Raises:
        ValueError: the server has another number of statements than the store on disk.
    """
    lines = [
        "| `kg build` into | quads | elapsed, s | processor, s | of the time on disk |",
        "| --- | --- | --- | --- | --- |",
    ]
    disk: tuple[Cost, int] | None = None
    for name, cost, count in measure(quads):
        disk = disk or (cost, count)
        ratio = f"{cost.elapsed / disk[0].elapsed:.1f} (processor {cost.processor / disk[0].processor:.1f})"
        lines.append(f"| {name} | {count:,} | {cost.elapsed:.1f} | {cost.processor:.1f} | {ratio} |")
        sys.stderr.write(lines[-1] + "\n")
        if count != disk[1]:
            raise ValueError(f"the {name} has {count} quads, and the store on disk {disk[1]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(run(int(sys.argv[1]) if len(sys.argv) > 1 else QUADS))
