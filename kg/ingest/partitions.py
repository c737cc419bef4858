"""Partitions of a source, read one by one into small tables of strings.

A partition is a file of the source. Its tables appear complete or not at all, so that an interrupted run continues with
the next file, and several machines can read different files.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kg.files import output_errors
from kg.ingest.readers import catalogue
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.records import Record, Refused, RowLocation, Skipped
from kg.terms import ID, SOURCE
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.ingest.readers.records import Actor, Link, Name, Row

_PAIR = ("s", "v")
_DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
TABLES = {
    **dict.fromkeys(("kind", "parent", "host", "sector", "region", "city"), _PAIR),
    "name": ("s", "v", "lang"),
    **dict.fromkeys(("form", "link_kind", "stage", "arity", "common", "place", "link_source"), _PAIR),
    **dict.fromkeys(_DAYS, _PAIR),
    "party": ("link", "actor", "role"),
    "money": ("link", "actor", "currency", "amount"),
    "group": ("link", "key", "count", "kind", "includes", "members"),
    "source": ("iri", "publisher", "quality"),
}
"""Columns of the tables of a partition; `s` is the IRI of an actor or a link, `v` one of its values."""

_TYPES = {
    "amount": pa.float64(),
    "count": pa.int64(),
    "includes": pa.bool_(),
    "members": pa.list_(pa.string()),
}
_REPORT = "report.json"


@dataclass(slots=True)
class _Rows:
    """Rows of the tables of one partition, and counts of the rows of its file."""

    tables: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    used: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    left_open: dict[str, int] = field(default_factory=dict)
    refused: list[list[object]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PartitionReport:
    """The counts of a partition: rows used, rows skipped by rule, values left open, and the refused rows."""

    file: str
    used: int
    skipped: dict[str, int]
    left_open: dict[str, int]
    refused: tuple[Refused, ...]


def read_partition(reader: str, path: Path, folder: Path) -> PartitionReport:
    """Read the file `path` by a reader into tables in `folder`, unless they are there already.

    Raises:
        InputError: the file cannot be read.
        OutputError: the folder cannot be written.
    """
    stamp = path.stat()
    digest = [stamp.st_size, stamp.st_mtime_ns]
    known = _report(folder, digest)
    if known is not None:
        return known
    rows = _Rows()
    for row in catalogue.find(reader).read(Inputs((path,))):
        _add(rows, row)
    with output_errors(folder):
        report = _write(rows, folder, path.name, digest)
    return _of(report)


def _write(rows: _Rows, folder: Path, name: str, digest: list[int]) -> dict[str, object]:
    """Write the tables and the report as `folder`, which appears complete or not at all, and return the report."""
    part = folder.with_name(folder.name + ".part")
    for old in (part, folder):
        shutil.rmtree(old, ignore_errors=True)
    part.mkdir(parents=True)
    for table, columns in TABLES.items():
        pq.write_table(_table(columns, rows.tables[table]), part / f"{table}.parquet", compression="zstd")
    counts = {"used": rows.used, "skipped": rows.skipped, "left_open": rows.left_open, "refused": rows.refused}
    report = {"file": name, **counts, "digest": digest}
    (part / _REPORT).write_text(json.dumps(report), encoding="utf-8")
    part.replace(folder)
    return report


def _report(folder: Path, digest: list[int]) -> PartitionReport | None:
    """Return the report of a partition that was read from the same file."""
    path = folder / _REPORT
    if not path.is_file():
        return None
    report = json.loads(path.read_text(encoding="utf-8"))
    return _of(report) if report["digest"] == digest else None


def _of(report: dict[str, object]) -> PartitionReport:
    refused = tuple(
        Refused(RowLocation(file, row, column), Text(english, chinese), value)
        for file, row, column, english, chinese, value in report["refused"]  # type: ignore[attr-defined]
    )
    counts = (report["used"], report["skipped"], report.get("left_open", {}))
    return PartitionReport(report["file"], *counts, refused)  # type: ignore[arg-type]


def _table(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> pa.Table:
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [pa.array(column, _TYPES.get(name, pa.string())) for name, column in zip(columns, values, strict=True)]
    return pa.table(arrays, list(columns))


def _add(rows: _Rows, row: Row) -> None:
    if isinstance(row, Skipped):
        rows.skipped[row.rule] = rows.skipped.get(row.rule, 0) + 1
        return
    if isinstance(row, Refused):
        where, why = row.location, row.reason
        rows.refused.append([where.file, where.row, where.column, why.localise("en"), why.localise("zh"), row.value])
        return
    rows.used += 1
    for name, value in row.left_open:
        rows.left_open[f"{name} {value}"] = rows.left_open.get(f"{name} {value}", 0) + 1
    _add_record(rows, row)


def _add_record(rows: _Rows, record: Record) -> None:
    source = record.source
    rows.tables["source"].append((SOURCE + source.key, source.publisher, source.quality))
    for actor in record.actors:
        _add_actor(rows, actor)
    for link in record.links:
        _add_link(rows, link, SOURCE + source.key)


def _add_actor(rows: _Rows, actor: Actor) -> None:
    iri, tables = ID + actor.key, rows.tables
    tables["kind"].append((iri, actor.kind))
    _add_names(rows, iri, actor.names)
    for name, values in (
        ("parent", [ID + key for key in actor.part_of]),
        ("host", [ID + actor.unit_of] if actor.unit_of else []),
        ("sector", [actor.sector] if actor.sector else []),
        ("region", [one.text for one in actor.region]),
        ("city", [one.text for one in actor.city]),
    ):
        tables[name] += [(iri, value) for value in values]


def _add_link(rows: _Rows, link: Link, source: str) -> None:
    iri, tables = f"{ID}link/{link.key}", rows.tables
    _add_names(rows, iri, link.names)
    single = {
        "form": link.form,
        "link_kind": link.kind,
        "stage": link.stage,
        "arity": link.arity,
        "common": link.common_party and ID + link.common_party,
        "link_source": source,
        **{name: day and day.isoformat() for name in _DAYS for day in [getattr(link.dates, name)]},
    }
    for name, value in single.items():
        if value is not None:
            tables[name].append((iri, value))
    tables["place"] += [(iri, one.text) for one in link.place_names]
    for one in link.participations:
        tables["party"].append((iri, ID + one.actor, one.role))
        if one.contribution is not None:
            tables["money"].append((iri, ID + one.actor, one.currency, float(one.contribution)))
    for group in link.groups:
        if group.role is not None:
            members = [ID + key for key in group.members]
            tables["group"].append((iri, group.key, group.count, group.kind, group.includes_named, members))


def _add_names(rows: _Rows, iri: str, names: Iterable[Name]) -> None:
    rows.tables["name"] += [(iri, one.text, one.lang) for one in names if one.preferred]
