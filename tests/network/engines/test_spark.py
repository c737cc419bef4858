"""The engine without Java; with the mark `scale`, on one executor and on a cluster of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks import tables as synthetic
from helpers.spark_cluster import cluster, kill_executor, one_executor, require_spark, within

from kg.errors import UsageError
from kg.measure import find
from kg.measure.by_engine import by_engine
from kg.network import build, load_incidence
from kg.network.engines import load_engine
from kg.network.engines.base import QUESTIONS, table_of
from kg.network.engines.iterations import components
from kg.network.engines.spark import SparkEngine, session
from kg.network.engines.tables import engine_tables
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.network import Mode
    from kg.network.engines.tables import EngineTables

HELICES = ("university", "firm", "government")
PARTICIPATIONS = 100_000
TASKS = 8
ANSWER_LIMIT = 180
"""Seconds for a start of Spark and an answer, six times those of an idle machine."""


def test_without_java_one_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="needs the extra spark")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    engine = load_engine("spark", "local[1]")
    with pytest.raises(UsageError, match="Spark requires Java 17 or newer, and no java is on the PATH"):
        list(engine.answer("coverage", engine_tables(build(synthetic.make(400)))))


@pytest.mark.scale
def test_a_cluster_gives_the_components_of_duckdb(tmp_path: Path) -> None:
    require_spark()
    tables = engine_tables(build(synthetic.make(2000)))
    with cluster(tmp_path) as spark:
        parts = components(load_engine("spark", spark.master), tables)
        assert parts.tolist() == components(load_engine("duckdb"), tables).tolist()
        _stop()


@pytest.mark.scale
def test_a_cluster_answers_every_question(tmp_path: Path, built: Path) -> None:
    require_spark()
    with LocalStore(built).view() as view:
        shipped = load_incidence(view)
    small = engine_tables(build(shipped), HELICES, shipped)
    large = engine_tables(build(synthetic.make(PARTICIPATIONS * 116 // 10)), HELICES)
    with cluster(tmp_path) as spark:
        for question in QUESTIONS:
            _compare(spark.master, question, small)
        for question in ("ties", "cases"):
            _compare(spark.master, question, large)
        _stop()


@pytest.mark.scale
@pytest.mark.parametrize("mode", ["one-mode", "two-mode"])
def test_a_cluster_gives_the_scores_of_arrays(tmp_path: Path, mode: Mode) -> None:
    require_spark()
    network = build(synthetic.make(PARTICIPATIONS))
    with cluster(tmp_path) as spark:
        engine = load_engine("spark", spark.master)
        for name, tolerance in (("degree", 0), ("strength", 0), ("core", 0), ("pagerank", 1e-9)):
            measure = find(name)
            found, expected = (
                np.array(one.function(network, mode).values, float) for one in (by_engine(measure, engine), measure)
            )
            np.testing.assert_allclose(found, expected, atol=tolerance, rtol=0)
        _stop()


def _compare(master: str, question: str, tables: EngineTables) -> None:
    found = table_of(load_engine("spark", master), question, tables)
    assert found.equals(table_of(load_engine("arrays"), question, tables)), question


@pytest.mark.scale
def test_an_executor_in_a_process_of_its_own_gives_the_rows_of_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_spark()
    master = one_executor(tmp_path, monkeypatch)
    with within(ANSWER_LIMIT):
        _compare(master, "degrees", engine_tables(build(synthetic.make(400))))
        _stop()


@pytest.mark.scale
def test_an_executor_killed_in_the_middle_leaves_the_right_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_spark()
    _kill_in_the_middle(one_executor(tmp_path, monkeypatch), "degrees", 4000, kill_executor)


@pytest.mark.scale
def test_a_worker_killed_in_the_middle_leaves_the_right_rows(tmp_path: Path) -> None:
    require_spark()
    with cluster(tmp_path) as spark:
        _kill_in_the_middle(spark.master, "ties", 20_000, spark.kill_worker)
        assert spark.workers[1].poll() is not None


def _kill_in_the_middle(master: str, question: str, participations: int, kill: Callable[[], None]) -> None:
    """Check an answer during which `kill` is called."""
    tables = engine_tables(build(synthetic.make(participations)))
    # Otherwise Spark joins small partitions into one task, which has no middle, and plans each stage again.
    session(master).conf.set("spark.sql.adaptive.enabled", "false")
    with within(ANSWER_LIMIT), ThreadPoolExecutor(1) as beside:
        killed = beside.submit(_in_the_middle, kill)
        found = table_of(SparkEngine(master, partitions=TASKS), question, tables)
        killed.result()
    assert found.equals(table_of(load_engine("arrays"), question, tables))
    _stop()


def _in_the_middle(act: Callable[[], None]) -> None:
    """Call `act` as soon as a stage of `TASKS` tasks has finished two of them."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra

    limit = time.monotonic() + ANSWER_LIMIT
    while time.monotonic() < limit:
        context = SparkContext._active_spark_context
        status = context.statusTracker() if context else None
        for info in [status.getStageInfo(stage) for stage in status.getActiveStageIds()] if status else []:
            if info and info.numTasks >= TASKS and 2 <= info.numCompletedTasks < info.numTasks:
                act()
                return
        time.sleep(0.005)
    pytest.fail("no stage was seen in the middle")


@pytest.mark.scale
def test_the_cluster_ends_with_a_test_that_is_killed(tmp_path: Path) -> None:
    require_spark()
    code = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from helpers import spark_cluster
        process = spark_cluster._start(Path(sys.argv[1]), "master.Master", "--host", "127.0.0.1", "--port", "0")
        print(process.pid, flush=True)
        time.sleep(600)
    """)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        master = int(parent.stdout.readline())
        parent.kill()
    limit = time.monotonic() + 60
    while _exists(master) and time.monotonic() < limit:
        time.sleep(0.1)
    assert not _exists(master)


def _exists(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - a file of the kernel
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _stop() -> None:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    session = SparkSession.getActiveSession()
    assert session is not None
    session.stop()
