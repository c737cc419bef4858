"""Tables are identified by their fields; API responses contain lists of records."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.record_files import identify, records, rows

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
def test_a_table_is_identified_by_its_fields(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    inputs = Inputs([path])
    assert identify(inputs, path, TABLES) == ("id", "title")
    ((location, row),) = rows(inputs, path, ("id", "title"))
    assert (location.file, isinstance(row, dict) and (row["id"], row["title"])) == (name, ("1", "x"))


@pytest.mark.parametrize("text", ["", "id\n", "[]", "[1]", "[[]]"])
def test_a_file_with_other_fields_is_not_identified(tmp_path: Path, text: str) -> None:
    path = tmp_path / ("a.json" if text.startswith("[") else "a.csv")
    path.write_text(text, encoding="utf-8")
    assert identify(Inputs([path]), path, TABLES) is None


def test_an_object_with_an_id_is_a_record_and_others_may_contain_lists(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"items": [1, 2], "more": [3]}, {"id": 1, "items": []}, 7]), encoding="utf-8")
    contained = [record for _, record in records(Inputs([path]), path, "items", "more")]
    assert contained == [1, 2, 3, {"id": 1, "items": []}, 7]


@pytest.mark.parametrize(("data", "run"), [({"data": [{"id": 1}]}, """'."data"[]'"""), ([[{"id": 1}]], "'.[][]'")])
def test_records_in_an_inner_list_are_reported_with_a_remedy(tmp_path: Path, data: object, run: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(f"jq -c {run} a.json > records.jsonl")):
        list(records(Inputs([path]), path, "items"))
    with pytest.raises(InputError, match="in an inner list"):
        identify(Inputs([path]), path, TABLES)
