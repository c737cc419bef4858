"""Benchmark of `kg serve` against `oxigraph serve-read-only` on the same files: requests a second, p99, processor time.

``python tests/benchmarks --serve``. Both sides answer the same queries from wrk by turns, so that a busy machine slows
both. New queries differ in a comment, so that no answer is kept; repeated ones are one query. The ratios by processor
time are worth more than those by the clock when the machine is busy.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

from helpers.servers import OXIGRAPH
from helpers.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.serving import Served

ROUNDS, SECONDS, CONNECTIONS = 5, 3, 16
GOALS = {"new": 0.4, "repeated": 1.2}
"""Smallest ratios of requests a second, ours to Oxigraph's, on an idle machine."""

PAGE, PAGES = "/en/id/huawei.html?", 500
"""A page with many links, and the smallest number of pages a second."""

QUERY = "SELECT ?label { <https://w3id.org/helix-kg/id/huawei> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"
"""The names of an actor: a question that costs little, so that the server itself is measured."""

_SCRIPT = """local n = 0
request = function()
  n = n + STEP
  return wrk.format("GET", PATH .. SEED .. n, {["Accept"] = "application/sparql-results+json"})
end
"""
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """Requests a second, the 99th percentile in milliseconds, and microseconds of processor time a request."""

    rate: float
    p99: float
    cost: float


def run(store: Path, folder: Path) -> str:
    """Return the comparison as text; `store` is a built store, and `folder` is for temporary files.

    Raises:
        RuntimeError: wrk is missing.
    """
    if shutil.which("wrk") is None:
        raise RuntimeError("the benchmark of kg serve needs wrk; install it (Debian: apt-get install wrk)")
    generation = next((store / "generations").glob("g*"))
    with (
        _oxigraph(generation / "oxigraph") as theirs,
        serving(store, "--quiet", "--no-pages", "--workers", "2", "--per-client", "64") as ours,
    ):
        sides = {"kg serve": (f"{ours.url}/sparql", ours.process.pid), "oxigraph": theirs}
        rows = [_compared(kind, sides, folder) for kind in GOALS]
    with serving(store, "--quiet", "--workers", "1", "--per-client", "64") as site:
        rows.append(_pages(site, folder))
    head = "| queries | side | requests/s | of oxigraph | p99, ms | processor time, µs | of oxigraph | goal |"
    return "\n".join([head, "| --- | --- | --: | --: | --: | --: | --: | --: |", *rows]) + "\n"


def _compared(kind: str, sides: dict[str, tuple[str, int]], folder: Path) -> str:
    """Return two rows of the table: medians of all rounds."""
    runs: dict[str, list[Run]] = {name: [] for name in sides}
    for number in range(ROUNDS):
        for name, (address, pid) in sides.items():
            runs[name].append(_measured(address, pid, _script(kind, address, number, folder)))
    middle = {
        name: Run(*(median(getattr(one, field) for one in found) for field in ("rate", "p99", "cost")))
        for name, found in runs.items()
    }
    theirs = middle["oxigraph"]
    return "\n".join(
        f"| {kind} | {name} | {one.rate:,.0f} | {one.rate / theirs.rate:.2f} | {one.p99:.1f} | {one.cost:.0f} "
        f"| {theirs.cost / one.cost:.2f} | {GOALS[kind] if name != 'oxigraph' else ''} |"
        for name, one in middle.items()
    )


def _pages(site: Served, folder: Path) -> str:
    """Return the row of a page that is kept; its processes are prepared first."""
    deadline = time.monotonic() + 300
    while site.ask("GET", PAGE).status != 200:
        assert time.monotonic() < deadline
    file = folder / "page.lua"
    file.write_text(f'local PATH, SEED, STEP = "{PAGE}", "same", 0\n{_SCRIPT}', encoding="utf-8")
    runs = [_measured(f"{site.url}/sparql", site.process.pid, file) for _ in range(ROUNDS)]
    rate, p99, cost = (median(getattr(one, field) for one in runs) for field in ("rate", "p99", "cost"))
    return f"| pages | kg serve | {rate:,.0f} | | {p99:.1f} | {cost:.0f} | | {PAGES} a second |"


def _script(kind: str, address: str, number: int, folder: Path) -> Path:
    path = address.partition("://")[2].partition("/")[2]
    query = f"/{path}?query={quote(QUERY + ' #')}"
    seed = f"{kind}-{number}-" if kind == "new" else "same"
    lines = [f'local PATH = "{query}"', f'local SEED = "{seed}"', f"local STEP = {int(kind == 'new')}", _SCRIPT]
    file = folder / f"{kind}.lua"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def _measured(address: str, pid: int, script: Path) -> Run:
    before = processor_time(pid)
    start = address.partition("/sparql")[0].partition("/query")[0]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", str(script), start]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = processor_time(pid) - before
    assert "Non-2xx" not in text, text
    (requests,) = re.findall(r"(\d+) requests in", text)
    ((p99, unit),) = re.findall(r"99%\s+([\d.]+)(us|ms|s)", text)
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", text)
    return Run(
        float(rate),
        float(p99) * {"us": 0.001, "ms": 1, "s": 1000}[unit],
        used / int(requests) * 1e6,
    )


def processor_time(pid: int) -> float:
    """Return the processor time of a process and of the processes that it started, in seconds."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    children = listed.stdout.split()  # those of all threads
    fields = [
        Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for each in (pid, *children)
    ]
    return sum(int(one[11]) + int(one[12]) for one in fields) / _TICK


@contextmanager
def _oxigraph(location: Path) -> Iterator[tuple[str, int]]:
    """Yield the address of a server of Oxigraph, and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(OXIGRAPH), "serve-read-only", "--location", str(location), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 20
            while socket.socket().connect_ex(("127.0.0.1", port)):
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/query", process.pid
        finally:
            process.kill()
