"""`kg validate`: the report alone."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from stores import SMALL, Done, kg

from kg.terms import EVIDENCE, ID

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["rule", "node", "message", "file", "evidence"]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.trig"
    text = SMALL.read_text(encoding="utf-8").replace("hx:arity arity:multilateral ;", "")
    path.write_text(text, encoding="utf-8")
    return path


def test_what_conforms_is_told_to_conform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("validate", SMALL, "--format", "csv") == Done(0, ",".join(COLUMNS) + "\n", "everything conforms\n")
    assert kg("validate", SMALL, "--quiet", "--format", "json") == Done(0, "[]\n", "")
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_graphs_conform() -> None:
    assert kg("validate", "--format", "json") == Done(0, "[]\n", "everything conforms\n")


def test_findings_are_a_table_and_the_status(broken: Path) -> None:
    done = kg("validate", broken, "--format", "json")
    assert (done.status, done.err) == (1, "kg: the data do not conform: 1 finding\n")
    (row,) = json.loads(done.out)
    assert list(row) == COLUMNS
    assert (row["rule"], row["node"], row["file"]) == ("Agreement/arity", ID + "link/pact", str(broken))
    assert "hx:arity" in row["message"]
    assert EVIDENCE + "signed" in row["evidence"].split()


@pytest.mark.parametrize(("form", "between"), [("csv", ","), ("tsv", "\t")])
def test_each_format_tells_the_same(broken: Path, form: str, between: str) -> None:
    (row,) = json.loads(kg("validate", broken, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(kg("validate", broken, "--format", form).out), delimiter=between))
    assert rows == [row]
    assert "Agreement/arity  id:link/pact" in kg("validate", broken).out
