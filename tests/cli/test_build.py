"""`kg build`: graph files become the store, or one says in plain words why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, Done, everything, kg, kg_alone, make, told

from kg.terms import EVIDENCE, ID

if TYPE_CHECKING:
    from pathlib import Path

TEXT = SMALL.read_text(encoding="utf-8")
TABLE = """\
graph       links  organisations  evidence  sources
----------  -----  -------------  --------  -------
small.trig      3              7         5        1
"""
HELD = "3 links among 7 organisations from 1 sources; 8 of 13 declared parties are named (62%)\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that a build may not harm."""
    path = tmp_path / "store"
    make(path, SMALL)
    return path


def test_what_went_in_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("build", SMALL) == Done(0, TABLE, HELD)
    assert kg("build", SMALL, "--quiet") == Done(0, TABLE, "")
    assert json.loads(kg("build", SMALL, "--format", "json").out) == [
        {"graph": "small.trig", "links": 3, "organisations": 7, "evidence": 5, "sources": 1}
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kg"]


def test_the_shipped_graphs_are_built_without_a_word_and_from_anywhere(tmp_path: Path) -> None:
    done = kg_alone("build", "--format", "csv", folder=tmp_path)
    assert done.status == 0, done.err
    totals = [sum(int(line.split(",")[column]) for line in done.out.splitlines()[1:]) for column in (1,)]
    assert totals == [237]
    assert done.err.startswith("237 links among 458 organisations from ")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("missing.trig", None, "{path}: there is no such file or folder"),
        ("empty/", None, "{path}: there is no graph file here (.trig, .nq, .ttl); name another folder"),
        ("a.md", "# Notes", "{path}: the suffix '.md' is not RDF format; use .trig, .nq, .ttl, .nt or .jsonld"),
        ("a.ttl", "<urn:a> <urn:b> <urn:c> .\n<urn:a> a .\n", "{path}:2:"),
        ("a.trig", TEXT.replace("hx:count 5 ;", "hx:count 5 5x ;"), "{path}:54:98: "),
    ],
)
@pytest.mark.parametrize("command", ["build", "validate"])
def test_what_cannot_be_read_is_told_and_changes_nothing(
    store: Path, tmp_path: Path, name: str, text: str | None, said: str, command: str
) -> None:
    path = tmp_path / "in" / name
    path.parent.mkdir()
    if name.endswith("/"):
        path.mkdir()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    before = everything(store)
    assert told(kg(command, path, store=store)).startswith("kg: " + said.format(path=path))
    assert everything(store) == before


def broken(text: str, tmp_path: Path) -> Path:
    path = tmp_path / "broken.trig"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_broken_shape_is_told_with_its_file_node_rule_and_evidence(store: Path, tmp_path: Path) -> None:
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


def test_a_statement_outside_evidence_is_told(store: Path, tmp_path: Path) -> None:
    path = broken(TEXT + "id:anvil hx:city 'Nowhere'@en .\n", tmp_path)
    before = everything(store)
    done = kg("build", path, store=store)
    assert (done.status, done.out) == (1, "")
    assert f"{ID}anvil: hx:city is stated outside any evidence graph" in done.err
    assert "(evidence)" in done.err
    assert everything(store) == before


def test_all_findings_are_told_in_one_run(tmp_path: Path) -> None:
    text = TEXT.replace("hx:arity arity:multilateral ;", "").replace("hx:count 5 ;", "hx:count 0 ;")
    done = kg("build", broken(text + "id:anvil hx:city 'X'@en .\n", tmp_path), store=tmp_path / "new")
    assert done.err.endswith("kg: the data do not conform: 3 findings; the store is unchanged\n")
    assert not (tmp_path / "new").exists()


def test_a_foreign_folder_is_not_built_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    said = told(kg("build", SMALL, store=tmp_path))
    assert said == f"kg: {tmp_path}: is not a store of kg, and is not empty; name another place by --store"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_store_of_another_version_is_told(store: Path) -> None:
    (store / "format").write_text("helix-kg store 7\n")
    for words in (("build", SMALL), ("rank",), ("query", "names", "--param", "actor=anvil")):
        assert "another version of kg ('helix-kg store 7', this one reads 'helix-kg store 1')" in told(
            kg(*words, store=store)
        )
