"""Participation tables from partitions of a source: the rows of the store, restarts and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import openalex_snapshot
from helpers.spark_cluster import cluster, require_spark
from helpers.stores import error_of, kg

from kg.errors import OutputError
from kg.ingest import partitions, to_tables
from kg.network import build
from kg.network.incidence import tables
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network.incidence.tables import Incidence

NAMES = ("actors", "links", "parties", "sources", "money")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return openalex_snapshot.write(tmp_path_factory.mktemp("snapshot"), 200, partitions=3)


def equal(one: Incidence, other: Incidence) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in NAMES)


def test_tables_have_the_rows_of_a_store(snapshot: list[Path], tmp_path: Path) -> None:
    written = kg("ingest", "openalex", *snapshot, "-o", tmp_path / "tables", "--keep-going", store=tmp_path / "none")
    assert written.status == 0, written.err
    assert kg("ingest", "openalex", *snapshot, "--keep-going", store=tmp_path / "store").status == 0
    with LocalStore(tmp_path / "store").view() as view:
        stored = load_incidence(view)
    loaded = tables.load(tmp_path / "tables")
    for name in NAMES:
        assert getattr(loaded, name).to_pylist() == getattr(stored, name).to_pylist(), name
    assert (loaded.layers, loaded.default_layers) == (stored.layers, stored.default_layers)
    assert build(loaded).notes == build(stored).notes


def test_a_folder_that_cannot_be_written_is_an_error(snapshot: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = kg("ingest", "openalex", snapshot[0], "-o", tmp_path / "file" / "tables", store=tmp_path / "none")
    assert done.status == 1
    assert "tables.parts cannot be written: " in error_of(done)


def test_a_second_run_reads_only_the_missing_files(
    snapshot: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "tables"
    read = partitions.read_partition

    def failing(reader: str, path: Path, folder: Path) -> object:
        if path.name == snapshot[-1].name:
            raise KeyboardInterrupt
        return read(reader, path, folder)

    monkeypatch.setattr(to_tables, "read_partition", failing)
    with pytest.raises(KeyboardInterrupt):
        to_tables.ingest_tables("openalex", snapshot, output)
    assert not output.exists()
    done = {path: path.stat().st_mtime_ns for path in (tmp_path / "tables.parts").rglob("report.json")}
    assert len(done) == 2
    monkeypatch.setattr(to_tables, "read_partition", read)
    refused = to_tables.ingest_tables("openalex", snapshot, output)
    assert refused.incidence is None
    assert {path: path.stat().st_mtime_ns for path in done} == done
    whole = to_tables.ingest_tables("openalex", snapshot, tmp_path / "other", keep_going=True)
    resumed = to_tables.ingest_tables("openalex", snapshot, output, keep_going=True)
    assert resumed.incidence is not None
    assert whole.incidence is not None
    assert equal(resumed.incidence, whole.incidence)
    assert not (tmp_path / "tables.parts").exists()
    with pytest.raises(OutputError, match="exists already; name another folder or delete it"):
        to_tables.ingest_tables("openalex", snapshot, output)


def test_refused_rows_are_counted_and_listed(snapshot: list[Path], tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    words = ("ingest", "openalex", snapshot[0].parent.parent, "-o", tmp_path / "tables", "--rejects", rejects)
    done = kg(*words, store=tmp_path / "none")
    assert (done.status, "refused        1" in done.out) == (1, True)
    assert done.err.strip().endswith("refused rows: 1; nothing was written; pass --keep-going to write the others")
    header, row = rejects.read_text(encoding="utf-8-sig").splitlines()
    assert header == "file,row,column,value,reason"
    assert "publication_year,soon,a year has four digits" in row
    assert not (tmp_path / "tables").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("-o", "tables", "--engine", "duckdb"), "the engine duckdb does not read files; choose arrays or spark"),
        (("-o", "tables", "--as-of", "2026-01-01"), "tables have no editions and no judgements"),
        (("-o", "works.nq", "--engine", "spark"), "--engine and --master read openalex into tables"),
    ],
)
def test_an_engine_reads_into_tables_only(snapshot: list[Path], words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("ingest", "openalex", snapshot[0], *words), status=2)


@pytest.mark.scale
def test_a_cluster_reads_the_same_rows(snapshot: list[Path], tmp_path: Path) -> None:
    require_spark()
    alone = to_tables.ingest_tables("openalex", snapshot, tmp_path / "alone", keep_going=True)
    with cluster(tmp_path) as spark:
        shared = to_tables.ingest_tables(
            "openalex", snapshot, tmp_path / "shared", master=spark.master, keep_going=True
        )
    assert shared.reports == alone.reports
    assert shared.incidence is not None
    assert alone.incidence is not None
    assert equal(shared.incidence, alone.incidence)


def test_the_tables_serve_the_commands_without_a_store(snapshot: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    assert to_tables.ingest_tables("openalex", snapshot, folder, keep_going=True).incidence is not None
    missing, of = tmp_path / "none", ("--tables", folder, "--layer", "publishes")
    arrays, duckdb = (
        kg("rank", *of, "--measure", "strength", "--engine", name, "--format", "csv", store=missing).out
        for name in ("arrays", "duckdb")
    )
    assert arrays == duckdb
    assert len(arrays.splitlines()) > 20
    assert "links" in kg("helix", *of, "--counts", "sectors", store=missing).out
    assert "mutual-information" in kg("helix", *of, store=missing).out
    assert kg("findings", *of, "--samples", "1", store=missing).status == 0
    assert kg("network", "-o", tmp_path / "t.parquet", "--mode", "one-mode", *of, store=missing).status == 0
    assert not missing.exists()
    message = error_of(kg("rank", *of, "--sector", "circus", store=missing), status=2)
    assert message.startswith("kg: there is no sector 'circus'; there are: firm, ")
