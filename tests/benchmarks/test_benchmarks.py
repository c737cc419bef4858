"""The benchmarks run on conforming data, and both sides give the same answers; times are not tested."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from benchmarks import maps, plan, side_kg, side_merged, synthetic, table
from benchmarks.task import Task, Watch

from kg.ingest import build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[table.Row]:
    return list(plan.run(plan.TINY, tmp_path_factory.mktemp("bench"), lambda _: None))


@pytest.mark.scale  # `make bench` compares the answers too
def test_every_side_answers_the_same(rows: list[table.Row]) -> None:
    assert {row.task: row.agrees for row in rows} == {row.task: True for row in rows}
    assert all(row.ours[0].rows for row in rows)
    assert {row.against for row in rows} == {"", *plan.OTHER.values(), *plan.RAW.values()}


@pytest.mark.scale
def test_the_table_contains_the_tasks(rows: list[table.Row]) -> None:
    text = table.render(rows, "the command", 1.0)
    for row in rows:
        assert row.task in text
        assert row.data in text
    for word in ("the command", "rdflib 7", "cores", "same answer"):
        assert word in text
    assert "NO" not in text
    result = json.loads(json.dumps([row.summary() for row in rows]))
    assert all(row["peak_bytes"] > 0 for row in result)
    assert all((row["ratio"] or 0) > 0 for row in result if row["against"])


def test_the_command_line_starts(tmp_path: Path) -> None:
    file = tmp_path / "graphs.nq"
    command = [sys.executable, str(plan.TESTS / "benchmarks"), "--make", str(file), "--quads", "700"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith(f"{file}: Made(quads=7")
    assert len(file.read_text(encoding="utf-8").splitlines()) >= 700


def test_a_part_is_run_by_its_name(tmp_path: Path) -> None:
    command = [sys.executable, str(plan.TESTS / "benchmarks"), "none"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    there = ", ".join(part.name for part in (*plan.FULL, *plan.NAMED))
    assert done.stderr.endswith(f"there is no part none; there are {there}\n")
    assert " " not in there.replace(", ", "")


def test_the_merged_peer_stores_the_same_statements(tmp_path: Path) -> None:
    synthetic.write(tmp_path / "graphs.nq", 1500)
    task = Task("load", "", (), (str(tmp_path / "graphs.nq"),), "", "")
    for side in (side_kg, side_merged):
        side.Side().load(replace(task, store=str(tmp_path / side.__name__)), Watch())
    (ours,) = (tmp_path / side_kg.__name__).glob("generations/g*/oxigraph")
    assert set(ox.Store.read_only(str(ours))) == set(ox.Store.read_only(str(tmp_path / side_merged.__name__)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_synthetic_graphs_conform(tmp_path: Path, seed: int) -> None:
    size = synthetic.write(tmp_path / "small.nq", 1200, seed)
    assert build.check([tmp_path / "small.nq"]).findings == ()
    assert size.links > 10


def test_synthetic_graphs_are_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("a.nq", "b.nq"):
        synthetic.write(tmp_path / name, 3000)
    content = (tmp_path / "a.nq").read_bytes()
    assert content == (tmp_path / "b.nq").read_bytes()
    synthetic.write(tmp_path / "c.nq", 3000, seed=4)
    assert content != (tmp_path / "c.nq").read_bytes()
    # On any machine and Python version, because documented figures depend on it.
    assert sha256(content).hexdigest() == "93ae47af92cf493244afc0e0a864d6fa9e6b627d7c9c5413a5fc4c27db38a4b4"


def test_synthetic_graphs_have_the_shape_of_real_ones(tmp_path: Path) -> None:
    size = synthetic.write(tmp_path / "graphs.nq", 60_000)
    assert 60_000 <= size.quads < 60_400
    quads = list(ox.parse(path=str(tmp_path / "graphs.nq"), format=ox.RdfFormat.N_QUADS))
    assert len(set(quads)) == size.quads
    parties = Counter(quad.subject.value for quad in quads if quad.predicate.value.endswith("#participation"))
    assert len(parties) == size.links
    sizes = Counter(parties.values())
    assert sizes.most_common(1)[0][0] == 2
    assert min(sizes) == 1
    assert 25 <= max(sizes) <= 41
    actors = Counter(quad.object.value for quad in quads if quad.predicate.value.endswith("#participant"))
    firms = sorted((count for actor, count in actors.items() if "/firm-" in actor), reverse=True)
    assert firms[0] > 20 * firms[len(firms) // 2]


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_the_map_is_measured() -> None:
    with ThreadPoolExecutor(1) as pool:  # a browser fixture of this worker may hold the event loop of the main thread
        (one,) = pool.submit(list, maps.run((60,), lambda _: None)).result()
    assert 0.5 < one.megabytes < 0.9
    assert min(one.compose, one.render, one.ready, one.redraw) > 0
