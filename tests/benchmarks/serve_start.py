"""Time from the start of `kg serve` to its first answer, on a store of ten million quads.

The store is made once by bulk load: four sevenths are quads of graphs, and three their merge. It remains in the folder
for temporary files for the next run.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import pyoxigraph as ox
from benchmarks import synthetic
from benchmarks.serve import processor_time
from helpers.serving import new_store
from helpers.stores import KG, environment

from kg.store.layout import FORMAT

QUADS, GOAL, RUNS = 10_000_000, 2.0, 5
"""Quads of the store, the seconds in which the first answer must come, and the number of starts."""

_QUAD = re.compile(r"(\S+ \S+ (?:<[^>]*>|\".*\"\S*)) <[^>]*> \.\n")


def run() -> str:
    """Return the times as text."""
    store = made(Path(tempfile.gettempdir()) / f"kg-bench-{QUADS}-{FORMAT.split()[-1]}")
    lines = [
        "| `kg serve` on 10M quads | first answer, s | processor time, s | goal, s |",
        "| --- | --: | --: | --: |",
    ]
    for name, options in (("with pages", ()), ("without pages", ("--no-pages",))):
        runs = [_started(store, options) for _ in range(RUNS)]
        wall, used = (median(values) for values in zip(*runs, strict=True))
        lines.append(f"| {name} | {wall:.2f} | {used:.2f} | {GOAL:g} |")
    return "\n".join(lines) + "\n"


def made(folder: Path) -> Path:
    """Return the store in `folder`, which is made unless it is complete."""
    if (folder / "current").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    new_store(folder, _fill)
    return folder


def _fill(graph: ox.Store) -> None:
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as place:
        named, merged = Path(place) / "named.nq", Path(place) / "merged.nt"
        with named.open("w", encoding="utf-8") as quads, merged.open("w", encoding="utf-8") as triples:
            for block in synthetic.blocks(QUADS * 4 // 7):
                quads.writelines(block.lines)
                triples.writelines(f"{found[1]} .\n" for found in map(_QUAD.fullmatch, block.lines) if found)
        graph.bulk_load(path=str(named), format=ox.RdfFormat.N_QUADS, lenient=True)
        graph.bulk_load(path=str(merged), format=ox.RdfFormat.N_TRIPLES, lenient=True)


def _started(store: Path, options: tuple[str, ...]) -> tuple[float, float]:
    """Return the seconds from the start of a server to its first answer, and the processor time of the server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*KG, "serve", "--quiet", "--store", str(store), "--port", str(port), *options]
    start = time.monotonic()
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment()) as process:
        try:
            while not _answers(port):
                assert time.monotonic() < start + 60
                time.sleep(0.01)
            return time.monotonic() - start, processor_time(process.pid)
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/sparql?query=ASK%20%7B%20?s%20?p%20?o%20%7D")
        return connection.getresponse().status == http.client.OK
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()
