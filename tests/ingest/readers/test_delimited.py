"""Which table a file holds, told by its fields, and the records that answers of servers hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.ingest.readers.delimited import records, rows, which
from kg.ingest.readers.input_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

TABLES = (("id", "name"), ("id", "title"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,title,more\n1,x,y\n"),
        ("a.csv", 'id;"title";more, and more\n1;x;y\n'),
        ("a.txt", "\ufefftitle;id\nx;1\n"),
        ("a.json", '[{"title": "x", "id": "1"}]'),
        ("a.jsonl", '{"title": "x", "id": "1"}\n'),
    ],
)
def test_a_table_is_told_by_its_fields(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    inputs = Inputs([path])
    assert which(inputs, path, TABLES) == ("id", "title")
    ((location, row),) = rows(inputs, path, ("id", "title"))
    assert (location.file, isinstance(row, dict) and (row["id"], row["title"])) == (name, ("1", "x"))


@pytest.mark.parametrize("text", ["", "id\n", "[]", "[1]", "[[]]"])
def test_what_has_other_fields_is_none_of_them(tmp_path: Path, text: str) -> None:
    path = tmp_path / ("a.json" if text.startswith("[") else "a.csv")
    path.write_text(text, encoding="utf-8")
    assert which(Inputs([path]), path, TABLES) is None


def test_an_answer_holds_records_but_a_record_with_an_id_is_one_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"items": [1, 2], "more": [3]}, {"id": 1, "items": []}, 7]), encoding="utf-8")
    found = [record for _, record in records(Inputs([path]), path, "items", "more")]
    assert found == [1, 2, 3, {"id": 1, "items": []}, 7]
