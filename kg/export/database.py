"""The graph as a database file: SQLite, or DuckDB."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg import extras
from kg.export.relations import TABLES, by_depth, tables
from kg.files import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.export.relations import Rows
    from kg.store.view import View

SUFFIXES = (".sqlite", ".duckdb")


def database(view: View, suffix: str, lang: str) -> bytes:
    """Return the tables as a file of SQLite (suffix ".sqlite") or DuckDB (".duckdb").

    The column `name` is in the language `lang`, else in the other one. SQLite files have full-text indexes.

    Raises:
        UsageError: duckdb is not installed.
    """
    write = _write_duckdb if suffix == ".duckdb" else _write_sqlite
    with temporary_folder() as folder:
        path = folder / "graph"
        write(path, tables(view, lang))
        return path.read_bytes()


def _schema() -> Iterator[str]:
    for name, columns in TABLES.items():
        yield f"CREATE TABLE {name} ({', '.join(columns)})"


def _insert(name: str, rows: Rows) -> str:
    return f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})"  # noqa: S608 - a name of `TABLES`


def _write_sqlite(path: Path, contents: Mapping[str, Rows]) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in _schema():
            connection.execute(statement)
        for name, rows in contents.items():
            if rows:
                connection.executemany(_insert(name, rows), map(_with_text_dates, rows))
        for statement in _INDEXES:
            connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


_INDEXES = (
    "CREATE INDEX participations_actor ON participations (actor)",
    "CREATE INDEX participations_evidence ON participations (evidence)",
    "CREATE INDEX evidence_source ON evidence (source)",
    "CREATE INDEX names_name ON names (name)",
    # Trigrams find parts of Chinese names, which have no spaces.
    "CREATE VIRTUAL TABLE names_fts USING fts5 (name, content='names', tokenize='trigram')",
    "INSERT INTO names_fts (names_fts) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE links_fts USING fts5 (name_en, name_zh, content='links', tokenize='trigram')",
    "INSERT INTO links_fts (links_fts) VALUES ('rebuild')",
)


def _with_text_dates(row: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row)


def _write_duckdb(path: Path, contents: Mapping[str, Rows]) -> None:
    duckdb = extras.load("duckdb", "duckdb")
    with duckdb.connect(str(path)) as connection:
        for statement in _schema():
            connection.execute(statement)
        for name, rows in contents.items():
            for batch in by_depth(rows) if name == "actors" else [rows]:
                connection.register("batch", _arrow(name, batch))
                connection.execute(f"INSERT INTO {name} SELECT * FROM batch")  # noqa: S608 - a name of `TABLES`
                connection.unregister("batch")


def _arrow(name: str, rows: Rows) -> pa.Table:
    """Return rows as columns; DuckDB inserts them at once."""
    types = {"TEXT": pa.string(), "INTEGER": pa.int64(), "BOOLEAN": pa.bool_(), "DATE": pa.date32()}
    columns = [column.split() for column in TABLES[name] if not column.startswith("PRIMARY")]
    arrays = [pa.array([row[place] for row in rows], types[kind[1]]) for place, kind in enumerate(columns)]
    return pa.table(arrays, names=[kind[0] for kind in columns])
