"""Judgements are written to a Turtle file atomically, and never against known facts."""

from __future__ import annotations

import multiprocessing
import os
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.turtle import SOURCE, in_evidence, iri, merged
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError, InputError, OutputError, UsageError
from kg.model import Text
from kg.rdf import resources
from kg.rdf.trig import trig
from kg.resolve import judgements
from kg.resolve import record as recording
from kg.resolve.judgements import Judgement
from kg.resolve.record import Decision, Verdict, read_file, turtle

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = (iri(f"id/{key}") for key in "abc")
ACTORS = SOURCE + in_evidence(
    "".join(f'<id/{key}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "{key}"@en .\n' for key in "abcd")
)


@pytest.fixture(scope="module")
def graph() -> ox.Store:
    return merged(ACTORS)


def verdict_of(word: str, day: int = 1) -> Verdict:
    return Verdict(word, "Li", date(2026, 1, day), "so")


def record(graph: ox.Store, left: str, right: str, verdict: Verdict, file: Path) -> Judgement:
    (judgement,) = recording.record(graph, [Decision(left, right, verdict)], file)
    return judgement


def test_a_judgement_is_written_and_read_again(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    judgement = record(graph, B, A, Verdict("same", "李", date(2026, 1, 1), 'It says "one"\nand means it.'), file)
    assert judgement == Judgement(
        iri("judgement/a--b"), A, B, "same", "李", "2026-01-01", Text('It says "one"\nand means it.')
    )
    assert read_file(file) == (judgement,)


def test_existing_text_in_the_file_is_kept(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    file.write_text("# by hand\n@prefix hx: <https://w3id.org/helix-kg/ontology#> .\n", encoding="utf-8")
    record(graph, A, B, verdict_of("unsure"), file)
    first = file.read_text(encoding="utf-8")
    record(graph, A, C, verdict_of("unsure"), file)
    second = file.read_text(encoding="utf-8")
    assert first.startswith("# by hand\n@prefix hx:")
    assert second.startswith(first)
    assert second.count("@prefix hx:") == second.count("@prefix dct:") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["judgements.ttl"]


def test_a_canonical_file_remains_canonical(graph: ox.Store, tmp_path: Path) -> None:
    shipped = (resources.graphs() / "curated/judgements.ttl").read_text(encoding="utf-8")
    file = tmp_path / "judgements.ttl"
    file.write_text(shipped, encoding="utf-8")
    judgement = record(graph, A, B, verdict_of("unsure"), file)
    text = file.read_text(encoding="utf-8")
    assert text == trig(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert text.index("<judgement/a--b>") < text.index("<judgement/bosch--bosch-hu>")
    added = [line for line in text.splitlines() if line not in shipped.splitlines()]
    assert len(added) <= 7
    assert judgement in read_file(file)


def test_judging_again_replaces_and_keeps_the_history(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    written = [record(graph, A, B, verdict_of(word), file) for word in ("same", "different", "unsure")]
    assert [one.iri.rpartition("/judgement/")[2] for one in written] == [
        "a--b",
        "a--b/2026-01-01",
        "a--b/2026-01-01/2",
    ]
    assert [one.replaces for one in written] == [(), (written[0].iri,), (written[1].iri,)]
    assert set(read_file(file)) == set(written)
    assert judgements.effective(read_file(file))[A, B].verdict == "unsure"


def test_a_contradiction_is_refused_with_its_chain(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    record(graph, A, B, verdict_of("same"), file)
    record(graph, B, C, verdict_of("same"), file)
    before = file.read_bytes()
    with pytest.raises(
        DataError, match=r"id:a and id:b: judged same by Li on 2026-01-01 .*; but id:a and id:c: judged"
    ):
        record(graph, A, C, verdict_of("different"), file)
    assert file.read_bytes() == before


def test_judgements_in_the_store_are_known_facts(tmp_path: Path) -> None:
    different = Judgement(iri("judgement/a--b"), A, B, "different", "Li", "2026-01-01", Text("so"))
    graph = merged(ACTORS + turtle(different))
    record(graph, A, C, verdict_of("same"), tmp_path / "j.ttl")
    with pytest.raises(DataError, match="cannot all be true"):
        record(graph, B, C, verdict_of("same"), tmp_path / "j.ttl")
    assert len(read_file(tmp_path / "j.ttl")) == 1
    assert record(graph, A, B, verdict_of("same"), tmp_path / "j.ttl").replaces == (different.iri,)


@pytest.mark.parametrize(
    ("left", "verdict", "error", "words"),
    [
        (B, verdict_of("same"), UsageError, "one node"),
        (A, Verdict("same", "Li", date(2026, 1, 1), " "), UsageError, "pass --author and --reason"),
        (A, Verdict("same", "", date(2026, 1, 1), "so"), UsageError, "pass --author and --reason"),
        (A, verdict_of("same", 1), DataError, "an earlier judgement has no effect"),
    ],
)
def test_an_invalid_judgement_is_refused(
    graph: ox.Store, tmp_path: Path, left: str, verdict: Verdict, error: type[Exception], words: str
) -> None:
    file = tmp_path / "judgements.ttl"
    record(graph, A, B, verdict_of("unsure", 2), file)
    with pytest.raises(error, match=words):
        record(graph, left, B, verdict, file)
    assert len(read_file(file)) == 1


def test_a_file_that_is_not_turtle_is_not_changed(graph: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "notes.ttl"
    file.write_text("Dear diary,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"notes\.ttl:1"):
        record(graph, A, B, verdict_of("same"), file)
    assert file.read_text(encoding="utf-8") == "Dear diary,\n"


def test_a_missing_folder_is_reported(graph: ox.Store, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        record(graph, A, B, verdict_of("same"), tmp_path / "nowhere" / "j.ttl")


def test_a_failed_write_does_not_change_the_file(
    graph: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "judgements.ttl"
    record(graph, A, B, verdict_of("same"), file)
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OutputError, match="the disk is full"):
        record(graph, A, C, verdict_of("same"), file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["judgements.ttl"]


def _judge_one(file: Path, number: int) -> None:
    record(merged(ACTORS), A, iri(f"id/x{number}"), verdict_of("unsure"), file)


def test_concurrent_judgements_are_all_written(tmp_path: Path) -> None:
    file = tmp_path / "judgements.ttl"
    context = multiprocessing.get_context("fork")
    judges = [context.Process(target=_judge_one, args=(file, number)) for number in range(4)]
    for one in judges:
        one.start()
    for one in judges:
        one.join(60)
    assert len(read_file(file)) == 4


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=10))
def test_any_text_round_trips(reason: str, author: str) -> None:
    judgement = Judgement(iri("judgement/a--b"), A, B, "same", author, "2026-01-01", Text(reason))
    store = ox.Store()
    store.load(turtle(judgement).encode("utf-8", "surrogatepass"), format=ox.RdfFormat.TURTLE)
    assert judgements.read(store) == (judgement,)
