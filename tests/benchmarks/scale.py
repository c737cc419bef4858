"""The engines at size: processor time, elapsed time and peak memory of ties from participations to a Parquet file.

Each measurement runs in a process of its own. The participations are seeded arrays: links of two to seven parties among
Zipf-distributed actors, or with ``skew`` a hub of 10^6 links and links of 5,000 parties.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kg.export import parquet
from kg.network import Lens, build
from kg.network.engines import load_engine
from kg.network.engines.pairs import ties
from kg.network.engines.tables import engine_tables
from kg.network.incidence.tables import ACTORS, LINKS, PARTIES, SOURCES, Incidence

SIZES = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
SKEWED = "skew"
_PARTIES = 3.5
_HUB = 1_000_000
_LARGE = 2
_LARGE_PARTIES = 5_000
_MARK = "measured: "


def participations(size: int | str, seed: int = 1) -> Incidence:
    """Return participation tables of about `size` participations, or the skewed ones."""
    rng = np.random.default_rng(seed)
    if size == SKEWED:
        # The hub has two thirds of its links with one partner each, and the others with two.
        sizes = np.concatenate((np.full(_HUB, 2), np.full(_LARGE, _LARGE_PARTIES)))
        actors = 200_000
        actor = np.empty(int(sizes.sum()), np.int64)
        actor[: 2 * _HUB : 2] = 0
        actor[1 : 2 * _HUB : 2] = 1 + rng.integers(0, actors - 1, _HUB)
        for number in range(_LARGE):
            start = 2 * _HUB + number * _LARGE_PARTIES
            actor[start : start + _LARGE_PARTIES] = rng.choice(actors, _LARGE_PARTIES, replace=False)
    else:
        links = int(int(size) / _PARTIES)
        sizes = rng.integers(2, 6, links)
        actors = max(10, int(size) // 9)
        actor = (actors * rng.random(int(sizes.sum())) ** 2).astype(np.int64)
    link = np.repeat(np.arange(len(sizes)), sizes)
    code = np.unique(link * actors + actor)
    return _tables(code // actors, code % actors, actors, len(sizes))


def _tables(link: np.ndarray, actor: np.ndarray, actors: int, links: int) -> Incidence:
    named = np.bincount(link, minlength=links).astype(np.int32)
    numbers = {"declared": named, "named": named, "is_lower_bound": np.zeros(links, np.bool_)}
    texts = {"iri": _names("link", links), "label_en": _names("Link", links), "stage": pa.array(["signed"] * links)}
    columns = texts | numbers | {"sources": pa.array([[]] * links, pa.list_(pa.int32()))}
    people = {
        "iri": _names("id", actors),
        "label_en": _names("Organisation", actors),
        "sector": pa.array(["firm", "university"] * (actors // 2) + ["firm"] * (actors % 2)),
        "host": np.full(actors, -1, np.int32),
        "parent": np.full(actors, -1, np.int32),
    }
    role = pa.DictionaryArray.from_arrays(np.zeros(len(link), np.int32), pa.array(["party"]))
    return Incidence(
        actors=pa.table([people.get(name, pa.nulls(actors)) for name in ACTORS.names], ACTORS.names).cast(ACTORS),
        links=pa.table([columns.get(name, pa.nulls(links)) for name in LINKS.names], LINKS.names).cast(LINKS),
        parties=pa.table([link.astype(np.int32), actor.astype(np.int32), role], PARTIES.names).cast(PARTIES),
        layers={"party": "cooperates"},
        default_layers=frozenset({"cooperates"}),
        default_stages=frozenset({"signed"}),
        sources=SOURCES.empty_table(),
    )


def _names(kind: str, count: int) -> pa.Array:
    return pa.array([f"https://example.org/{kind}/{number:09d}" for number in range(count)])


def measure(engine: str, size: int | str) -> dict[str, object]:
    """Return the figures of one engine at one size, measured in this process and its children."""
    network = build(participations(size), Lens())
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts with the participations
    before, start = _processor_time(), time.monotonic()
    count, actors, tables = len(network.link_of), network.actors, engine_tables(network)
    del network  # as kg network does
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ties.parquet"
        parquet.write(ties(load_engine(engine, "local[2]" if engine == "spark" else None), tables, actors), (), path)
        rows = pq.ParquetFile(path).metadata.num_rows
        written = path.stat().st_size
    if engine == "spark":
        from kg.network.engines.spark import session  # noqa: PLC0415 - an extra

        session("local[2]").stop()
    return {
        "engine": engine,
        "size": size,
        "participations": count,
        "rows": rows,
        "cpu": round(_processor_time() - before, 2),
        "seconds": round(time.monotonic() - start, 1),
        "peak_mb": round(_peak() / 1e6),
        "file_mb": round(written / 1e6, 1),
    }


def _processor_time() -> float:
    """Return the processor time of this process and of its descendants, also of those that run."""
    total = 0.0
    for use in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)):
        total += use.ru_utime + use.ru_stime
    ticks = os.sysconf("SC_CLK_TCK")
    for pid in _children(os.getpid()):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def _peak() -> float:
    """Return the peak memory of this process and of its children, bytes."""
    peaks = [
        int(line.split()[1]) * 1024
        for pid in (os.getpid(), *_children(os.getpid()))
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("VmHWM")
    ]
    return float(sum(peaks))


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(one) for one in listed.read_text(encoding="ascii").split()] if listed.exists() else []
    return below + [one for child in below for one in _children(child)]


def run(
    engines: tuple[str, ...] = ("arrays", "duckdb", "spark"), sizes: tuple[int | str, ...] = (*SIZES, SKEWED)
) -> str:
    """Measure each engine at each size, and return the table as Markdown."""
    lines = [
        "| participations | pairs | engine | processor, s | elapsed, s | peak, MB | file, MB | µs a pair |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size in sizes:
        rows = set()
        for engine in engines:
            words = [sys.executable, "-m", "benchmarks.scale", engine, str(size)]
            done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
            one = json.loads(done.stdout.partition(_MARK)[2])
            rows.add(one["rows"])
            each = 1e6 * one["cpu"] / max(one["rows"], 1)
            name = f"{one['participations']:,}" + (" (skew)" if size == SKEWED else "")
            figures = f"{one['cpu']} | {one['seconds']} | {one['peak_mb']} | {one['file_mb']} | {each:.2f}"
            lines.append(f"| {name} | {one['rows']:,} | {engine} | {figures} |")
            sys.stderr.write(lines[-1] + "\n")
        if len(rows) > 1:
            raise ValueError(f"the engines give different numbers of pairs at {size}: {sorted(rows)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    chosen = sys.argv[2]
    sys.stdout.write(_MARK + json.dumps(measure(sys.argv[1], chosen if chosen == SKEWED else int(chosen))) + "\n")
