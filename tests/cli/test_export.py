"""`kg export`: the dataset, a snapshot or an answer as a file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, Done, error_of, kg

from kg.query import run as query
from kg.rdf import files as graph_files

if TYPE_CHECKING:
    from pathlib import Path

GRAPHS = (".trig", ".nq", ".jsonld", ".ttl", ".nt")


@pytest.mark.parametrize("suffix", GRAPHS[:3])
def test_an_export_builds_the_same_dataset(small: Path, tmp_path: Path, suffix: str) -> None:
    path, again = tmp_path / f"graph{suffix}", tmp_path / f"again{suffix}"
    assert kg("export", "-o", path, store=small) == Done(0, "", "")
    assert set(graph_files.parse(path)) == set(graph_files.parse(SMALL))
    built = kg("build", path, store=tmp_path / "store")
    assert built.status == 0, built.err
    assert kg("export", "-o", again, store=tmp_path / "store").status == 0
    assert path.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("suffix", GRAPHS[3:])
def test_a_merged_export_has_each_statement_once_and_does_not_conform(small: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    assert kg("export", "-o", path, store=small).status == 0
    quads = list(graph_files.parse(path))
    assert {quad.triple for quad in quads} == {quad.triple for quad in graph_files.parse(SMALL)}
    assert len(quads) == len(set(quads))
    assert "outside any evidence graph" in kg("validate", path, "--format", "csv").out


def test_suffixes_ignore_case(small: Path, tmp_path: Path) -> None:
    assert kg("export", "-o", tmp_path / "A.TTL", store=small).status == 0
    assert (tmp_path / "A.TTL").read_bytes().startswith(b"@base <")


def test_a_snapshot_is_an_archive_or_a_directory(small: Path, tmp_path: Path) -> None:
    assert kg("export", "-o", tmp_path / "a.zip", store=small) == Done(0, "", "")
    assert kg("export", "-o", f"{tmp_path}/a/", store=small) == Done(0, "", "")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        packed = {name.removeprefix("snapshot/"): archive.read(name) for name in archive.namelist()}
    assert packed == {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    (tmp_path / "a" / "data.nq").write_text("old")
    assert kg("export", "-o", tmp_path / "a", store=small) == Done(0, "", "")  # without the slash
    assert packed["data.nq"] == (tmp_path / "a" / "data.nq").read_bytes()


def test_a_directory_with_other_files_is_left_unchanged(small: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    message = error_of(kg("export", "-o", f"{tmp_path}/", store=small))
    assert "holds other things than a snapshot (thesis.docx); name a folder of its own" in message
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]
    assert "does not exist" in error_of(kg("export", "-o", f"{tmp_path}/no/where/", store=small))


def test_an_answer_is_written_to_a_file(small: Path, tmp_path: Path) -> None:
    question = ("--question", "parties", "--param", "link=link/pact", "--lang", "zh")
    printed = json.loads(kg("query", *question[1:], "--format", "json", store=small).out)
    for suffix in (".json", ".csv", ".tsv"):
        assert kg("export", "-o", tmp_path / f"a{suffix}", *question, store=small) == Done(0, "", "")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == printed
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert [row["label"] for row in rows] == [row["label"] or "" for row in printed]


def test_an_exported_answer_has_all_rows(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that the row limit of `kg query` does not apply."""
    monkeypatch.setattr(query, "MAX_ROWS", 1)
    kg("export", "-o", tmp_path / "a.json", "--question", "parties", store=small)
    assert len(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))) > 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("-o", "x.docx"), ".docx tells no format; a graph is written as one of: .trig, .nq, .jsonld, .ttl, .nt"),
        (("-o", "x"), "a name without a suffix tells no format"),
        (("-o", "x"), ".nt; a snapshot as a .zip or into a FOLDER/"),
        (("-o", "x.zip", "--question", "parties"), "x.zip: an answer is written as one of: .csv, .tsv, .json"),
        (("-o", "x.ttl", "--question", "parties"), "x.ttl: an answer is written as one of: .csv, .tsv, .json"),
        (("-o", "x.csv"), ".csv tells no format"),
        (("-o", "x.csv", "--question", "partes"), "there is no question 'partes'; did you mean"),
        (("-o", "x.csv", "--question", "dates"), "the question dates requires --param of=VALUE"),
        (("-o", "x.csv", "--question", "parties", "--param", "x"), "--param x: write it as NAME=VALUE"),
        (("-o", "x.ttl", "--param", "a=b"), "--param requires --question"),
    ],
)
def test_invalid_values_are_usage_errors(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert message in error_of(kg("export", *words, store=small), status=2)
    assert list(tmp_path.iterdir()) == []
