"""`kg build`: the store, the printed table, and findings."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from helpers.stores import SMALL, Done, error_of, everything, kg, kg_alone, quads

from kg.rdf import files as graph_files
from kg.rdf.trig import trig
from kg.terms import BASE, EVIDENCE, ID, PREFIXES, SCHEME

TEXT = SMALL.read_text(encoding="utf-8")
TABLE = """\
graph       links  organisations  evidence  sources
----------  -----  -------------  --------  -------
small.trig      3              7         5        1
"""
SUMMARY = "3 links among 7 organisations from 1 sources; 8 of 13 declared parties are named (62%)\n"


@pytest.fixture
def store(small: Path, tmp_path: Path) -> Path:
    """A store that a failed build must not change."""
    return shutil.copytree(small, tmp_path / "store")


def test_a_build_prints_the_contents_of_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("build", SMALL) == Done(0, TABLE, SUMMARY)
    assert kg("build", SMALL, "--quiet") == Done(0, TABLE, "")
    assert json.loads(kg("build", SMALL, "--format", "json").out) == [
        {"graph": "small.trig", "links": 3, "organisations": 7, "evidence": 5, "sources": 1}
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kg"]


def test_a_shipped_collection_builds_from_any_directory(tmp_path: Path) -> None:
    done = kg_alone("build", "--collection", "projects-techport", "--format", "csv", folder=tmp_path)
    assert (done.status, done.out.splitlines()[1:]) == (0, ["projects-techport,21,58,79,1"]), done.err
    assert re.match(r"21 links among \d+ organisations from 1 sources; ", done.err)


def test_a_second_build_of_the_same_writes_nothing(tmp_path: Path) -> None:
    first = kg("build", SMALL, store=tmp_path / "store")
    before = everything(tmp_path / "store")
    second = kg("build", SMALL, store=tmp_path / "store")
    assert (second.out, second.err) == (first.out, f"{SUMMARY}the store already contains all of this\n")
    assert everything(tmp_path / "store") == before


def test_a_build_of_a_changed_file_is_not_a_repetition(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_text(TEXT, encoding="utf-8")
    kg("build", file, store=tmp_path / "store")
    file.write_text(TEXT.replace("hx:count 5 ;", "hx:count 6 ;"), encoding="utf-8")
    assert "already" not in kg("build", file, store=tmp_path / "store").err


def test_an_unknown_collection_is_refused(tmp_path: Path) -> None:
    message = error_of(kg("build", "--collection", "projects-techprt", store=tmp_path / "store"), status=2)
    assert message.endswith("did you mean projects-techport or projects-cordis?")


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
            "a later version of kg wrote this store ('helix-kg store 7', this one reads 'helix-kg store 3')"
            in error_of(kg(*words, store=store))
        )


JUDGED = f"""@prefix hx: <{BASE}ontology#> . @prefix id: <{ID}> . @prefix dct: <{PREFIXES["dct"]}> .
<{BASE}judgement/a--b> a hx:Judgement ; dct:description "One page." ; dct:creator "Li" ; hx:left id:anvil ;
  dct:date "2026-11-24"^^<http://www.w3.org/2001/XMLSchema#date> ; hx:right id:bellows ;
  hx:verdict <{SCHEME}verdict/unsure> .
"""


def other(folder: Path, name: str = "ours.trig") -> Path:
    """Return the small file as a file of another source, which describes the same links and actors."""
    path = folder / name
    path.write_text(TEXT.replace("gazette", "ours").replace("\nev:", "\nev:ours-"), encoding="utf-8")
    return path


def test_a_build_that_would_lose_another_source_is_refused(store: Path, tmp_path: Path) -> None:
    before = everything(store)
    message = error_of(kg("build", other(tmp_path), store=store))
    assert "none of these files contains 5 pieces of evidence (src:gazette) of the store; pass --add" in message
    assert everything(store) == before
    assert kg("build", other(tmp_path), "--discard", store=store).status == 0


def test_added_files_join_the_content_of_the_store(store: Path, tmp_path: Path) -> None:
    ours = other(tmp_path)
    assert kg("build", "--add", ours, store=store).status == 0
    assert kg("build", SMALL, ours, store=tmp_path / "both").status == 0
    assert quads(store) == quads(tmp_path / "both")


def test_added_evidence_replaces_evidence_of_the_same_name(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.trig"
    path.write_text(TEXT.replace("hx:count 5 ;", "hx:count 6 ;"), encoding="utf-8")
    assert "replaced by the files: 5 pieces of evidence" in kg("build", "--add", path, store=store).err
    assert kg("build", path, store=tmp_path / "alone").status == 0
    assert quads(store) == quads(tmp_path / "alone")


def test_a_build_that_would_lose_a_judgement_is_refused(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    file.write_text(JUDGED, encoding="utf-8")
    assert kg("build", "--add", file, store=store).status == 0
    assert "1 judgement of the store" in error_of(kg("build", SMALL, store=store))
    assert kg("build", SMALL, file, store=store).status == 0


def test_a_build_counts_evidence_that_is_gone(store: Path, tmp_path: Path) -> None:
    rest = [quad for quad in graph_files.parse(SMALL) if EVIDENCE + "again" not in str(quad)]
    path = tmp_path / "less.trig"
    path.write_text(trig(rest), encoding="utf-8")
    assert "no longer in the store: 1 piece of evidence" in kg("build", path, store=store).err


def test_a_damaged_store_is_replaced_on_request_only(store: Path) -> None:
    (store / "generations" / "g000001" / "oxigraph" / "CURRENT").unlink()
    assert error_of(kg("build", SMALL, store=store)).endswith(
        "run kg store restore BACKUP --discard, or kg build --discard"
    )
    assert kg("build", SMALL, "--discard", store=store).status == 0


def test_shipped_names_the_shipped_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert graph_files.discover([Path("shipped")]) == graph_files.discover(())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shipped").mkdir()
    assert "name that by its full path" in error_of(kg("build", "shipped", store=tmp_path / "new"))


@pytest.mark.parametrize(
    ("words", "message"),
    [(("--add",), "--add requires a graph file"), (("--add", "--discard", "a.trig"), "pass one of")],
)
def test_flags_that_contradict_are_refused(store: Path, words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("build", *words, store=store), status=2)
