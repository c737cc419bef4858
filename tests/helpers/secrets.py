"""A ledger with internal cells, its store, and the texts in files of any format."""

from __future__ import annotations

import sqlite3
import zipfile
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq
from helpers.stores import kg

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = ("zqremarkzq", "张泽秘", "李泽秘", "7654321", "zqfilezq", "zqtitlezq", "9876543")
"""A remark, two persons, an amount, the name of the file, a title and a contribution."""

MAPPING = """
source: {key: office, publisher: Office, licence: not published, quality: university, language: zh}
row: {key: [No.], note: A line of the ledger., location: internal}
internal: [经费, 标题, 出资]
actors:
  us: {kind: University, name: {zh: 甲市理工大学}}
  partner: {key: [单位], kind: by name}
link:
  names: {zh: 标题}
  kind: {column: 类型, of: {战略合作: StrategicCooperationAgreement, 共建: JointConstructionAgreement}}
  parties: [{actor: us}, {actor: partner, money: 出资, currency: CNY}]
  start: 签订
  remark: 备注
  person: [{column: 负责人}, {column: 签约人, role: signatory}]
  money: [{column: 经费, currency: CNY}]
"""
ROWS = """No.,标题,单位,类型,签订,备注,负责人,签约人,经费,出资
1,zqtitlezq协议,乙电子技术有限公司,战略合作,2023-05-01,zqremarkzq,张泽秘,李泽秘,7654321,9876543
2,,乙电子技术有限公司,共建,2024-01-02,,,,,
3,,丙大学,战略合作,2024-03,,张泽秘,,,
4,,丁市科学研究院,共建,2025,zqremarkzq,,,,
5,,丙大学,共建,2025-02-01,,,,,
"""


def ledger(folder: Path) -> tuple[Path, Path]:
    """Write the mapping and the table of a ledger into `folder`."""
    mapping, table = folder / "mapping.yaml", folder / "zqfilezq.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    table.write_text(ROWS, encoding="utf-8")
    return mapping, table


def stores(folder: Path) -> None:
    """Make the store ``whole`` with a judgement about an internal person, and ``public`` of the public graph file."""
    whole, public, graph = folder / "whole", folder / "public", folder / "graph.trig"
    mapping, table = ledger(folder)
    done = kg("ingest", "table", mapping, table, store=whole)
    assert done.status == 0, done.err
    judged = ("张泽秘", "李泽秘", "same", "--reason", "one person", "--author", "me")
    done = kg("resolve", "judge", *judged, "--internal", "-o", folder / "j.ttl", store=whole)
    assert done.status == 0, done.err
    done = kg("ingest", "table", mapping, table, "-o", graph)
    assert done.status == 0, done.err
    done = kg("build", graph, store=public)
    assert done.status == 0, done.err


def content(path: Path) -> str:
    """Return everything that a file or folder contains as text, also inside archives and databases."""
    if path.is_dir():
        return "".join(content(file) for file in sorted(path.iterdir()))
    if path.suffix in {".zip", ".docx"}:
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode(errors="backslashreplace") for name in archive.namelist())
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as base:
            return "\n".join(base.iterdump())
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as base:
            names = [name for (name,) in base.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            return "".join(str(base.execute(f"SELECT * FROM {name}").fetchall()) for name in sorted(names))
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return f"{table.schema.metadata}{table.to_pylist()}"
    return path.read_bytes().decode(errors="backslashreplace")
