"""Judgements are written at the end of a Turtle file, whole or not at all, and never against what is known."""

from __future__ import annotations

import multiprocessing
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.turtle import SOURCE, iri, merged, said
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError, InputError, OutputError, UsageError
from kg.model import Text
from kg.rdf import resources
from kg.rdf.trig import trig
from kg.resolve import judgements
from kg.resolve import record as judgement_file
from kg.resolve.judgements import Judgement
from kg.resolve.record import JudgementFile, Verdict, read_file, record, turtle

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = (iri(f"id/{key}") for key in "abc")
ACTORS = SOURCE + said(
    "".join(f'<id/{key}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "{key}"@en .\n' for key in "abcd")
)


@pytest.fixture(scope="module")
def graph() -> ox.Store:
    return merged(ACTORS)


def says(word: str, day: int = 1) -> Verdict:
    return Verdict(word, "Li", date(2026, 1, day), "so")


def test_a_judgement_is_written_and_read_again(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    judgement = record(
        graph, B, A, Verdict("same", "李", date(2026, 1, 1), 'It says "one"\nand means it.'), JudgementFile(file, trig)
    )
    assert judgement == Judgement(
        iri("judgement/a--b"), A, B, "same", "李", "2026-01-01", Text('It says "one"\nand means it.')
    )
    assert read_file(file) == (judgement,)


def test_what_is_in_the_file_stays_as_it_is(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    file.write_text("# by hand\n@prefix hx: <https://w3id.org/helix-kg/ontology#> .\n", encoding="utf-8")
    record(graph, A, B, says("unsure"), JudgementFile(file, trig))
    first = file.read_text(encoding="utf-8")
    record(graph, A, C, says("unsure"), JudgementFile(file, trig))
    second = file.read_text(encoding="utf-8")
    assert first.startswith("# by hand\n@prefix hx:")
    assert second.startswith(first)
    assert second.count("@prefix hx:") == second.count("@prefix dct:") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["judgements.ttl"]


def test_in_a_canonical_file_it_stands_in_its_place(graph: ox.Store, tmp_path: Path) -> None:
    shipped = (resources.graphs() / "judgements.ttl").read_text(encoding="utf-8")
    file = tmp_path / "judgements.ttl"
    file.write_text(shipped, encoding="utf-8")
    judgement = record(graph, A, B, says("unsure"), JudgementFile(file, trig))
    text = file.read_text(encoding="utf-8")
    assert text == trig(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert text.index("<judgement/a--b>") < text.index("<judgement/bosch--bosch-hu>")
    added = [line for line in text.splitlines() if line not in shipped.splitlines()]
    assert len(added) <= 7
    assert judgement in read_file(file)


def test_judging_again_replaces_and_keeps_the_history(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    written = [record(graph, A, B, says(word), JudgementFile(file, trig)) for word in ("same", "different", "unsure")]
    assert [one.iri.rpartition("/judgement/")[2] for one in written] == [
        "a--b",
        "a--b/2026-01-01",
        "a--b/2026-01-01/2",
    ]
    assert [one.replaces for one in written] == [(), (written[0].iri,), (written[1].iri,)]
    assert set(read_file(file)) == set(written)
    assert judgements.effective(read_file(file))[A, B].verdict == "unsure"


def test_what_contradicts_is_refused_with_the_chain_and_writes_nothing(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    record(graph, A, B, says("same"), JudgementFile(file, trig))
    record(graph, B, C, says("same"), JudgementFile(file, trig))
    before = file.read_bytes()
    with pytest.raises(
        DataError, match=r"id:a and id:b: judged same by Li on 2026-01-01 .*; but id:a and id:c: judged"
    ):
        record(graph, A, C, says("different"), JudgementFile(file, trig))
    assert file.read_bytes() == before


def test_what_the_store_holds_counts_too(tmp_path: Path) -> None:
    apart = Judgement(iri("judgement/a--b"), A, B, "different", "Li", "2026-01-01", Text("so"))
    graph = merged(ACTORS + turtle(apart))
    with pytest.raises(DataError, match="cannot all be true"):
        record(graph, A, C, says("same"), JudgementFile(tmp_path / "j.ttl", trig)) and record(
            graph, B, C, says("same"), JudgementFile(tmp_path / "j.ttl", trig)
        )
    assert len(read_file(tmp_path / "j.ttl")) == 1
    assert record(graph, A, B, says("same"), JudgementFile(tmp_path / "j.ttl", trig)).replaces == (apart.iri,)


@pytest.mark.parametrize(
    ("left", "verdict", "error", "words"),
    [
        (B, says("same"), UsageError, "one node"),
        (A, Verdict("same", "Li", date(2026, 1, 1), " "), UsageError, "pass --author and --reason"),
        (A, Verdict("same", "", date(2026, 1, 1), "so"), UsageError, "pass --author and --reason"),
        (A, says("same", 1), DataError, "earlier day changes nothing"),
    ],
)
def test_what_makes_no_judgement_is_refused(graph, tmp_path, left, verdict, error, words: str) -> None:
    file = tmp_path / "judgements.ttl"
    record(graph, A, B, says("unsure", 2), JudgementFile(file, trig))
    with pytest.raises(error, match=words):
        record(graph, left, B, verdict, JudgementFile(file, trig))
    assert len(read_file(file)) == 1


def test_a_file_that_is_no_turtle_stays_as_it_was(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "notes.ttl"
    file.write_text("Dear diary,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"notes\.ttl:1"):
        record(graph, A, B, says("same"), JudgementFile(file, trig))
    assert file.read_text(encoding="utf-8") == "Dear diary,\n"


def test_a_folder_that_is_not_there_is_told(graph: ox.Store, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        record(graph, A, B, says("same"), JudgementFile(tmp_path / "nowhere" / "j.ttl", trig))


def test_a_write_that_fails_leaves_the_file_whole(graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "judgements.ttl"
    record(graph, A, B, says("same"), JudgementFile(file, trig))
    before = file.read_bytes()
    monkeypatch.setattr(
        judgement_file.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(OutputError, match="the disk is full"):
        record(graph, A, C, says("same"), JudgementFile(file, trig))
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["judgements.ttl"]


def _judge_one(file: Path, number: int) -> None:
    record(merged(ACTORS), A, iri(f"id/x{number}"), says("unsure"), JudgementFile(file, trig))


def test_of_several_judges_at_once_nobody_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    context = multiprocessing.get_context("fork")
    judges = [context.Process(target=_judge_one, args=(file, number)) for number in range(4)]
    for one in judges:
        one.start()
    for one in judges:
        one.join(60)
    assert len(read_file(file)) == 4


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=10))
def test_whatever_people_write_comes_back(why: str, by: str) -> None:
    judgement = Judgement(iri("judgement/a--b"), A, B, "same", by, "2026-01-01", Text(why))
    store = ox.Store()
    store.load(turtle(judgement).encode("utf-8", "surrogatepass"), format=ox.RdfFormat.TURTLE)
    assert judgements.read(store) == (judgement,)
