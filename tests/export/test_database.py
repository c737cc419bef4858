"""`kg export -o graph.sqlite` and `.duckdb`: keys, full-text search, and equality with the other commands."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import duckdb
import pytest
from helpers.stores import kg

from kg.export.relations import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def sqlite_file(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "graph.sqlite"
    done = kg("export", "-o", str(path), store=built)
    assert done.status == 0, done.err
    return path


@pytest.fixture
def database(sqlite_file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(sqlite_file)
    yield connection
    connection.close()


def test_all_tables_have_rows_and_keys_that_hold(database: sqlite3.Connection) -> None:
    for name in TABLES:
        assert database.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] > 0
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_sizes_equal_those_of_the_store(database: sqlite3.Connection, built: Path) -> None:
    done = kg("query", "-e", "SELECT (COUNT(DISTINCT ?l) AS ?n) { ?l a hx:Link }", "--format", "json", store=built)
    assert database.execute("SELECT COUNT(*) FROM links").fetchone()[0] == json.loads(done.out)[0]["n"]


def test_every_participation_has_evidence_and_a_source(database: sqlite3.Connection) -> None:
    query = """SELECT COUNT(*) FROM participations JOIN evidence USING (evidence) JOIN sources USING (source)"""
    assert database.execute(query).fetchone() == database.execute("SELECT COUNT(*) FROM participations").fetchone()


def test_named_parties_are_those_of_the_table_of_links(database: sqlite3.Connection) -> None:
    query = """SELECT link, named, (SELECT COUNT(DISTINCT actor) FROM participations
        WHERE participations.link = links.link AND layer IS NOT NULL) AS counted FROM links WHERE counted <> named"""
    assert database.execute(query).fetchall() == []


def test_a_part_of_a_chinese_name_is_found(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT name FROM names_fts WHERE names_fts MATCH '西安理工'").fetchall()
    assert ("西安理工大学",) in rows


def test_the_name_is_in_the_language_of_the_command(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "zh.sqlite"
    assert kg("--lang", "zh", "export", "-o", str(path), store=small).status == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM actors WHERE actor = 'id:anvil'").fetchone() == ("铁砧公司",)


def test_equal_graphs_give_equal_bytes(small: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.sqlite", "again.sqlite")]
    assert [kg("export", "-o", str(file), store=small).status for file in files] == [0, 0]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_duckdb_has_the_same_rows(built: Path, database: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "graph.duckdb"
    assert kg("export", "-o", str(path), store=built).status == 0
    with duckdb.connect(str(path), read_only=True) as connection:
        for name in TABLES:
            rows = connection.execute(f"SELECT * FROM {name}").fetchall()
            texts = sorted(str([str(cell) if hasattr(cell, "isoformat") else cell for cell in row]) for row in rows)
            assert texts == sorted(
                str([bool(cell) if isinstance(other, bool) else cell for cell, other in zip(row, like, strict=True)])
                for row, like in zip(database.execute(f"SELECT * FROM {name}"), rows, strict=True)
            )
