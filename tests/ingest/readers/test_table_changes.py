"""Changes of organisations and wholes of which they are parts, in tables read with a mapping."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.samples import refused, rows, used

from kg.errors import InputError
from kg.ingest.readers.records import Dates
from kg.ingest.readers.table import TABLE

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.records import Row

MAPPING = """source: {key: list, publisher: A, quality: official, licence: CC0-1.0, language: zh}
row: {key: code}
actors:
  former: {key: [code, old], names: {zh: old}, kind: VocationalCollege}
  present: {key: code, names: {zh: new}, kind: University, part_of: owner}
  owner: {key: owner, names: {zh: owner}, kind: Firm}
change:
  original: former
  resulting: present
  kind: {column: level, of: {raised: upgrade, same: renaming}}
  after: seen
  by: read
"""
HEADER = "code,old,new,owner,level,seen,read\n"


def read(folder: Path, line: str, mapping: str = MAPPING) -> list[Row]:
    (folder / "m.yaml").write_text(mapping, encoding="utf-8")
    (folder / "t.csv").write_text(f"{HEADER}{line}\n", encoding="utf-8")
    return rows(TABLE, folder / "m.yaml", folder / "t.csv")


def test_a_row_states_a_change_between_two_lists(tmp_path: Path) -> None:
    (record,) = used(read(tmp_path, "1,甲学院,甲大学,,raised,2017,2025-06-20"))
    (change,) = record.changes
    assert (change.original, change.resulting, change.kind) == (("list/1/甲学院",), ("list/1",), "upgrade")
    assert change.dates == Dates(date(2017, 1, 1), date(2025, 6, 20))
    assert [(name.text, name.lang) for name in change.names] == [("甲学院变更为甲大学", "zh")]


def test_a_change_without_an_actor_before_it_is_refused(tmp_path: Path) -> None:
    assert refused(read(tmp_path, ",,甲大学,,same,2017,2025")) == [(2, "code", "")]
    lacking = MAPPING.replace("key: [code, old]", "key: old")
    assert refused(read(tmp_path, "1,,甲大学,,same,2017,2025", lacking)) == [(2, "old", "")]


def test_a_change_that_ends_before_it_began_is_refused(tmp_path: Path) -> None:
    assert refused(read(tmp_path, "1,甲学院,甲大学,,same,2025,2017")) == [(2, "read", "2017")]


def test_a_day_beside_its_bounds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="day is the day itself"):
        read(tmp_path, "1,甲学院,甲大学,,same,2017,2025", MAPPING + "  day: seen\n")


def test_an_actor_is_part_of_the_others_that_its_mapping_names(tmp_path: Path) -> None:
    (record,) = used(read(tmp_path, "1,甲学院,甲大学,乙集团;丙集团,same,2017,2025"))
    part_of = {actor.key: actor.part_of for actor in record.actors}
    assert part_of["list/1"] == ("list/乙集团", "list/丙集团")
    assert part_of["list/1/甲学院"] == ()


def test_an_actor_cannot_be_part_of_itself(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="part_of must name another actor"):
        read(tmp_path, "1,甲学院,甲大学,,same,2017,2025", MAPPING.replace("part_of: owner", "part_of: present"))
