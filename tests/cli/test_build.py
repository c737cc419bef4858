"""`kg build`: the store, the printed table, and findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, Done, error_of, everything, kg, kg_alone, make

from kg.rdf import files as graph_files
from kg.terms import EVIDENCE, ID

if TYPE_CHECKING:
    from pathlib import Path

TEXT = SMALL.read_text(encoding="utf-8")
TABLE = """\
graph       links  organisations  evidence  sources
----------  -----  -------------  --------  -------
small.trig      3              7         5        1
"""
SUMMARY = "3 links among 7 organisations from 1 sources; 8 of 13 declared parties are named (62%)\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that a failed build must not change."""
    path = tmp_path / "store"
    make(path, SMALL)
    return path


def test_a_build_prints_the_contents_of_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("build", SMALL) == Done(0, TABLE, SUMMARY)
    assert kg("build", SMALL, "--quiet") == Done(0, TABLE, "")
    assert json.loads(kg("build", SMALL, "--format", "json").out) == [
        {"graph": "small.trig", "links": 3, "organisations": 7, "evidence": 5, "sources": 1}
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kg"]


def test_the_shipped_files_build_from_any_directory(tmp_path: Path) -> None:
    done = kg_alone("build", "--format", "csv", folder=tmp_path)
    assert done.status == 0, done.err
    links = sum(int(line.split(",")[1]) for line in done.out.splitlines()[1:])
    assert links == sum(graph_files.count(file).links for file in graph_files.discover(()))
    assert done.err.startswith(f"{links} links among ")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("missing.trig", None, "{path}: there is no such file or folder"),
        ("empty/", None, "{path}: there is no graph file here (.trig, .nq, .ttl); name another folder"),
        ("a.md", "# Notes", "{path}: the suffix '.md' is not RDF format; use .trig, .nq, .ttl, .nt or .jsonld"),
        ("a.ttl", "<urn:a> <urn:b> <urn:c> .\n<urn:a> a .\n", "{path}:2:"),
        ("a.trig", TEXT.replace("hx:count 5 ;", "hx:count 5 5x ;"), "{path}:54:98: "),
    ],
)
@pytest.mark.parametrize("command", ["build", "validate"])
def test_unreadable_files_leave_the_store_unchanged(
    store: Path, tmp_path: Path, name: str, text: str | None, message: str, command: str
) -> None:
    path = tmp_path / "in" / name
    path.parent.mkdir()
    if name.endswith("/"):
        path.mkdir()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    before = everything(store)
    assert error_of(kg(command, path, store=store)).startswith("kg: " + message.format(path=path))
    assert everything(store) == before


def broken(text: str, tmp_path: Path) -> Path:
    path = tmp_path / "broken.trig"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_finding_names_file_node_rule_and_evidence(store: Path, tmp_path: Path) -> None:
    path = broken(TEXT.replace("hx:arity arity:multilateral ;", ""), tmp_path)
    before = everything(store)
    done = kg("build", path, store=store)
    assert (done.status, done.out) == (1, "")
    finding, verdict = done.err.splitlines()
    assert finding.startswith(f"{path}: {ID}link/pact: ")
    assert "(hx:arity)" in finding
    assert "(Agreement/arity)" in finding
    assert EVIDENCE + "signed" in finding
    assert verdict == "kg: the data do not conform: 1 finding; the store is unchanged"
    assert everything(store) == before


def test_statements_outside_evidence_are_refused(store: Path, tmp_path: Path) -> None:
    path = broken(TEXT + "id:anvil hx:city 'Nowhere'@en .\n", tmp_path)
    before = everything(store)
    done = kg("build", path, store=store)
    assert (done.status, done.out) == (1, "")
    assert f"{ID}anvil: hx:city is stated outside any evidence graph" in done.err
    assert "(evidence)" in done.err
    assert everything(store) == before


def test_one_run_reports_all_findings(tmp_path: Path) -> None:
    text = TEXT.replace("hx:arity arity:multilateral ;", "").replace("hx:count 5 ;", "hx:count 0 ;")
    done = kg("build", broken(text + "id:anvil hx:city 'X'@en .\n", tmp_path), store=tmp_path / "new")
    assert done.err.endswith("kg: the data do not conform: 3 findings; the store is unchanged\n")
    assert not (tmp_path / "new").exists()


def test_a_directory_with_other_files_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    message = error_of(kg("build", SMALL, store=tmp_path))
    assert message == f"kg: {tmp_path}: not a Helix store, and the folder is not empty; choose another with --store"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_store_of_another_version_is_refused(store: Path) -> None:
    (store / "format").write_text("helix-kg store 7\n")
    for words in (("build", SMALL), ("rank",), ("query", "names", "--param", "actor=anvil")):
        assert (
            "another version of kg wrote this store ('helix-kg store 7', this one reads 'helix-kg store 1')"
            in error_of(kg(*words, store=store))
        )
