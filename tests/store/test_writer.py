"""Store writers: a correct merge after additions, retirement and restoration, and durable checkpoints."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.stores import SMALL, everything, make
from helpers.turtle import HEAD, SOURCE, graph_file, in_evidence, iri
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, StoreError
from kg.ingest.derive import derive
from kg.network.incidence.load import load_incidence, save_incidence
from kg.rdf import files as graph_files
from kg.store import bulk_load
from kg.store.local import LocalStore
from kg.store.writer import StoreWriter
from kg.terms import EVIDENCE, HX, ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.view import View

DAY = date(2026, 3, 1)
LAST_SEEN = ox.NamedNode(HX.lastSeen)
TODAY = ox.Literal(DAY.isoformat(), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
SIGNED, AGAIN, BUILT = (EVIDENCE + name for name in ("signed", "again", "built"))
ORGANISATION = '<id/{0}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "{0}"@en .'


@pytest.fixture
def store(small: Path, tmp_path: Path) -> LocalStore:
    """A store that a test may change."""
    return LocalStore(shutil.copytree(small, tmp_path / "store"))


def quads(text: str) -> list[ox.Quad]:
    return list(ox.parse(HEAD + text, format=ox.RdfFormat.TRIG))


def firm(number: int) -> list[ox.Quad]:
    """Return evidence with that number, which names a firm with that number."""
    described = SOURCE.replace("paper/1>", f"paper/{number}>")
    return quads(described + in_evidence(ORGANISATION.format(f"firm-{number}"), number))


def ask(view: View, pattern: str) -> bool:
    return view.ask(f"ASK {{ {pattern} }}")


# The merge.


def merged(statements: set[ox.Quad]) -> set[ox.Triple]:
    """Return the expected default graph: its own statements and those of evidence that is not retired."""
    retired = {quad.subject for quad in statements if quad.predicate.value == HX.lastSeen}
    return {quad.triple for quad in statements if quad.graph_name not in retired}


_THINGS = st.integers(0, 3).map(lambda number: ox.NamedNode(f"urn:thing:{number}"))
_EVIDENCE = st.integers(0, 3).map(lambda number: f"urn:evidence:{number}")
_QUADS = st.builds(
    lambda s, o, graph: ox.Quad(s, ox.NamedNode("urn:p"), o, ox.NamedNode(graph)), _THINGS, _THINGS, _EVIDENCE
)
_STEPS = st.lists(
    st.tuples(st.lists(_QUADS, max_size=6), st.sets(_EVIDENCE, max_size=2), st.sets(_EVIDENCE, max_size=2)),
    min_size=1,
    max_size=3,
)


@given(_STEPS)
@settings(max_examples=15)
def test_the_merge_contains_statements_of_evidence_in_force(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[ox.Quad], set[str], set[str]]]
) -> None:
    store = LocalStore(tmp_path_factory.mktemp("merge") / "store")
    expected: set[ox.Quad] = set()
    for added, gone, back in steps:
        with store.writer(amend=True) as writer:
            writer.add(added)
            expected |= set(added)
            known = {iri for iri in gone if ox.NamedNode(iri) in {quad.graph_name for quad in expected}}
            writer.retire(known, DAY)
            writer.restore(back)
            writer.finish()
            store.commit(writer)
        expected |= {ox.Quad(ox.NamedNode(iri), LAST_SEEN, TODAY) for iri in known}
        expected -= {ox.Quad(ox.NamedNode(iri), LAST_SEEN, TODAY) for iri in back}
        with store.view() as view:
            stored = set(view.graph)
        assert {quad for quad in stored if quad.graph_name != ox.DefaultGraph()} == {
            quad for quad in expected if quad.graph_name != ox.DefaultGraph()
        }
        assert {quad.triple for quad in stored if quad.graph_name == ox.DefaultGraph()} == merged(expected)


def test_the_merge_on_disk_equals_the_simple_merge(store: LocalStore, tmp_path: Path) -> None:
    blank = graph_file(
        tmp_path, in_evidence("<id/a> skos:note [ skos:note 'x\\n\\u0001\\U0001F600' ] , '' , 1.50 , \"é\"@fr .")
    )
    make(store.path, SMALL, blank)
    simple = ox.Store()
    graph_files.load_all(simple, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    graph_files.load_all(simple, (SMALL, blank))
    graph_files.merge(simple)
    with store.view() as view:
        ours, theirs = (ox.Dataset(graph) for graph in (view.graph, simple))
        for each in (ours, theirs):
            each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert ours == theirs
        blanks = {quad for quad in view.graph if isinstance(quad.subject, ox.BlankNode)}
        assert len({quad.subject for quad in blanks}) == 1
        assert len(blanks) == 2


def test_a_blank_node_keeps_its_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_load, "PART", 100)  # about one statement each
    monkeypatch.setattr("kg.store.writer._CHUNK", 2)
    file = tmp_path / "blank.trig"
    file.write_text(
        "_:g { <urn:a> <urn:p> _:x } <urn:g> { _:x <urn:p> '_:x' , <urn:b> ."
        "<urn:a> <urn:p> <<( <urn:a> <urn:p> _:x )>> }"
        "<urn:c> <urn:p> _:x , '_:x' . <urn:h> { <urn:a> <urn:p> <urn:b> , <urn:c> , <urn:d> , <urn:e> }"
    )
    simple = ox.Store()
    graph_files.load_all(simple, [file])
    graph_files.merge(simple)
    store = LocalStore(tmp_path / "store")
    with store.writer() as writer:
        writer.load([file])
        writer.finish(artefacts=save_incidence)
        store.commit(writer)
    with store.view() as view:
        ours, theirs = (ox.Dataset(graph) for graph in (view.graph, simple))
    for each in (ours, theirs):
        each.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert ours == theirs


def test_retired_evidence_of_a_graph_file_is_kept_but_not_merged(tmp_path: Path) -> None:
    more = SOURCE + '<evidence/paper/1> hx:lastSeen "2026-03-01"^^xsd:date .' + in_evidence(ORGANISATION.format("gone"))
    make(tmp_path / "store", SMALL, graph_file(tmp_path, more))
    with LocalStore(tmp_path / "store").view() as view:
        assert ask(view, f"GRAPH ?g {{ <{iri('id/gone')}> a hx:Organisation }}")
        assert not ask(view, f"<{iri('id/gone')}> ?p ?o")
        assert view.size().actors == load_incidence(view).actors.num_rows == 7


# Amended generations.


def test_a_writer_can_start_from_the_current_generation(store: LocalStore) -> None:
    current = store.path / "generations/g000001"
    before = everything(current)
    with store.view() as reader, store.writer(amend=True) as writer:
        writer.add(firm(1))
        assert len(list(writer.graph)) > len(list(reader.graph))
        size = writer.finish(artefacts=save_incidence)
        assert everything(current) == before  # neither readers of the old generation nor its files change
        assert reader.size().actors == 7
        store.commit(writer)
    assert size.actors == 8
    with store.view() as view:
        assert view.size() == size
        assert iri("id/firm-1") in load_incidence(view).actors["iri"].to_pylist()
        assert ask(view, f"<{iri('id/firm-1')}> a hx:Firm")
        assert load_incidence(view).links.num_rows == 3


def test_a_writer_without_a_generation_starts_empty(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    with store.writer(amend=True) as writer:
        assert not list(writer.graph)
        writer.load((), graph_files.ontology_files())
        writer.add(firm(1))
        assert writer.finish(artefacts=save_incidence).actors == 1
        store.commit(writer)


def test_existing_statements_change_nothing(store: LocalStore) -> None:
    def amend(evidence: Sequence[ox.Quad]) -> set[ox.Quad]:
        with store.writer(amend=True) as writer:
            writer.add(evidence)
            writer.finish(derive, save_incidence)
            store.commit(writer)
        with store.view() as view:
            return set(view.graph)

    once = amend(firm(1))
    assert amend(firm(1)) == once
    assert amend([]) == once
    assert amend([*firm(1), *firm(1)]) == once


def test_an_uncommitted_writer_changes_nothing(store: LocalStore) -> None:
    before = everything(store.path)
    with store.writer(amend=True) as writer:
        writer.add(firm(1))
        writer.finish(artefacts=save_incidence)
    assert everything(store.path) == before


def test_an_amended_generation_equals_a_build(store: LocalStore, tmp_path: Path) -> None:
    more = graph_file(
        tmp_path, SOURCE + in_evidence(ORGANISATION.format("firm-1") + "<id/firm-1> org:subOrganizationOf <id/anvil> .")
    )
    with store.writer(amend=True) as writer:
        writer.load([more])
        amended = writer.finish(derive, save_incidence)
        store.commit(writer)
    whole = LocalStore(tmp_path / "whole")
    with whole.writer() as writer:
        writer.load((), graph_files.ontology_files())
        writer.load([SMALL, more])
        assert writer.finish(derive, save_incidence) == amended
        whole.commit(writer)
    with store.view() as one, whole.view() as other:
        assert set(one.graph) == set(other.graph)
        for name in ("actors", "links", "parties"):
            assert getattr(load_incidence(one), name).equals(getattr(load_incidence(other), name))


# Retired evidence.


def retire(store: LocalStore, *evidence: str, back: Sequence[str] = ()) -> None:
    with store.writer(amend=True) as writer:
        writer.retire(evidence, DAY)
        writer.restore(back)
        writer.finish(derive, save_incidence)
        store.commit(writer)


def test_a_statement_leaves_the_merge_with_its_last_evidence(store: LocalStore) -> None:
    stage = "id:link\\/pact hx:stage ?stage"
    for evidence, left in ((SIGNED, True), (AGAIN, False)):
        retire(store, evidence)
        with store.view() as view:
            assert ask(view, stage) is left
            assert ask(view, f"GRAPH <{evidence}> {{ {stage} }}")
            assert ask(view, f'<{evidence}> hx:lastSeen "2026-03-01"^^xsd:date ; a hx:Evidence')
    retire(store, back=[AGAIN])
    with store.view() as view:
        assert ask(view, stage)
        assert not ask(view, f"<{AGAIN}> hx:lastSeen ?day")
        assert not ask(view, "id:link\\/pact a hx:Link")


def test_networks_and_rules_ignore_retired_evidence(store: LocalStore) -> None:
    retire(store)
    with store.view() as view:
        before = set(view.graph)
        assert ask(view, "?g a hx:Derivation")
    retire(store, SIGNED)
    with store.view() as view:
        assert load_incidence(view).links["iri"].to_pylist() == [iri("id/link/forge"), iri("id/link/lab")]
        assert ask(view, "?s hx:coBuiltWith ?o")
    retire(store, BUILT)
    with store.view() as view:
        assert load_incidence(view).links.num_rows == load_incidence(view).parties.num_rows == 0
        assert not ask(view, f"?g prov:wasDerivedFrom <{SIGNED}>")
        assert not ask(view, f"?g prov:wasDerivedFrom <{BUILT}>")
        assert not ask(view, "?s hx:coBuiltWith ?o")
        # Each remaining inferred statement is in its graph, and each graph is described.
        assert not ask(
            view, "?s ?p ?o . ?p hx:derivedBy ?rule FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } ?g a hx:Derivation }"
        )
    retire(store, back=[SIGNED, BUILT])
    with store.view() as view:
        assert set(view.graph) == before


def test_an_inference_rests_on_the_remaining_evidence(tmp_path: Path) -> None:
    """Two pieces of evidence support it: the inference stays and rests on the one that is not retired."""
    tie = "<id/a> org:subOrganizationOf <id/b> ."
    text = SOURCE + SOURCE.replace("paper/1>", "paper/2>") + in_evidence(tie) + in_evidence(tie, 2)
    store = LocalStore(tmp_path / "store")
    make(store.path, graph_file(tmp_path, text))
    retire(store, EVIDENCE + "paper/1")
    with store.view() as view:
        rows = view.select("SELECT ?e { ?g a hx:Derivation ; prov:wasDerivedFrom ?e . GRAPH ?g { ?s hx:partOf ?o } }")
        assert [row["e"].value for row in rows] == [EVIDENCE + "paper/2"]


def test_retirement_keeps_its_first_day_and_ignores_unknown_evidence(store: LocalStore) -> None:
    with store.writer(amend=True) as writer:
        with pytest.raises(InputError, match="urn:none: the store does not contain this evidence"):
            writer.retire([AGAIN, "urn:none"], DAY)
        writer.retire([AGAIN], DAY)
        writer.retire([AGAIN], date(2026, 4, 1))
        days = writer.graph.quads_for_pattern(ox.NamedNode(AGAIN), LAST_SEEN, None)
        assert [quad.object for quad in days] == [TODAY]


def test_superseded_content_is_kept_under_another_name(store: LocalStore) -> None:
    before = f"{SIGNED}/until/2026-03-01"
    planned = "id:link\\/pact a hx:Link ; hx:stage <https://w3id.org/helix-kg/scheme/stage/planned>"
    new = in_evidence("<id/link/pact> a hx:Link ; hx:stage <scheme/stage/planned> .").replace("paper/1", "signed")
    for _ in range(2):  # the second time changes nothing
        with store.writer(amend=True) as writer:
            writer.supersede([(SIGNED, before)], DAY)
            writer.add(quads("<evidence/signed> a hx:Evidence ; hx:source <source/gazette> ." + new))
            writer.finish(derive, save_incidence)
            store.commit(writer)
        with store.view() as view:
            assert ask(view, planned)
            assert ask(view, f"GRAPH <{SIGNED}> {{ {planned} }} <{SIGNED}> hx:source ?source")
            assert not ask(view, f"GRAPH <{SIGNED}> {{ ?s hx:participant ?o }}")
            assert not ask(view, "id:link\\/pact hx:participation ?part")
            assert ask(view, f"GRAPH <{before}> {{ id:link\\/pact hx:participation ?part }}")
            assert ask(view, f'<{before}> hx:lastSeen "2026-03-01"^^xsd:date ; dct:description "Signed in May."@en')
            assert not ask(view, f"<{SIGNED}> dct:description|hx:lastSeen ?text")


# Resumable writers.


class Stopped(BaseException):
    """A simulated end of the process; tests/helpers/kill_writers.py ends real ones."""


def work(store: LocalStore, numbers: Sequence[int], stop: int | None = None) -> list[str]:
    """Read the firms with these numbers, one batch each, stop in the middle of one, and return the earlier batches."""
    with store.resume("firms") as writer:
        before = list(writer.checkpoints)
        for number in numbers:
            if str(number) not in before:
                writer.add(firm(number))
                if number == stop:
                    raise Stopped
                writer.checkpoint(str(number))
        writer.finish(derive, save_incidence)
        store.commit(writer)
    return before


@pytest.fixture
def stopped(store: LocalStore) -> LocalStore:
    """A store with work that stopped after two of four batches."""
    with pytest.raises(Stopped):
        work(store, range(1, 5), stop=3)
    return store


def test_stopped_work_resumes_after_the_last_checkpoint(stopped: LocalStore) -> None:
    with stopped.view() as view:
        assert view.size().actors == 7  # the partial batch is invisible
    assert work(stopped, range(1, 5)) == ["1", "2"]
    with stopped.view() as view:
        assert view.size().actors == load_incidence(view).actors.num_rows == 11
    assert sorted(path.name for path in (stopped.path / "generations").iterdir()) == ["g000002"]
    assert not {"journal", "merge.nt"} & {path.name for path in (stopped.path / "generations/g000002").iterdir()}
    assert work(stopped, range(1, 5)) == []  # committed work is no longer pending


@pytest.mark.parametrize("torn", [b"", b'["3", 99', b'["3", 999999999]', b"\x00\x00"])
def test_a_truncated_journal_line_is_not_a_checkpoint(stopped: LocalStore, torn: bytes) -> None:
    (pending,) = stopped.path.glob("generations/*.pending")
    for name in ("journal", "merge.nt"):
        with (pending / name).open("ab") as file:
            file.write(torn)
    assert work(stopped, range(1, 5)) == ["1", "2"]
    with stopped.view() as view:
        assert view.size().actors == 11


def test_work_restarts_after_another_generation(stopped: LocalStore) -> None:
    make(stopped.path, SMALL)
    assert not list(stopped.path.glob("generations/*.pending"))
    assert work(stopped, range(1, 5)) == []


def test_other_work_is_independent(stopped: LocalStore) -> None:
    with suppress(Stopped), stopped.resume("other") as writer:
        assert writer.checkpoints == ()
        raise Stopped
    assert work(stopped, range(1, 5)) == ["1", "2"]


def test_a_refused_input_leaves_nothing(stopped: LocalStore, tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b> .\n")
    with pytest.raises(InputError, match=r"broken\.ttl:1:"), stopped.resume("firms") as writer:
        writer.load([tmp_path / "broken.ttl"])
    assert sorted(path.name for path in (stopped.path / "generations").iterdir()) == ["g000001"]


def test_stopped_first_work_resumes(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    with pytest.raises(Stopped):
        work(store, range(1, 4), stop=2)
    with pytest.raises(StoreError, match="the store does not exist"):
        store.view()
    assert work(store, range(1, 4)) == ["1"]
    with store.view() as view:
        assert view.size().actors == 3


@pytest.mark.parametrize("name", ["current", "merge.nt", "files.json"])
def test_work_stopped_during_finish_is_finished_later(
    stopped: LocalStore, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The work stops between the two renames of the switch, after the merge, and with a part of the inventory."""
    for method in ("replace", "unlink"):
        original = getattr(Path, method)

        def stop(path: Path, *rest: object, original: object = original, **more: object) -> object:
            if Path(*rest or [path]).name == name and not more:
                raise Stopped
            return original(path, *rest, **more)  # type: ignore[operator]

        monkeypatch.setattr(Path, method, stop)
    with pytest.raises(Stopped):
        work(stopped, range(1, 5))
    monkeypatch.undo()
    with stopped.view() as view:
        assert view.size().actors == 7
    assert work(stopped, range(1, 5)) == ["1", "2", "3", "4"]
    with stopped.view() as view:
        assert view.size().actors == 11


def test_a_full_disk_ends_the_work_and_keeps_checkpoints(stopped: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: StoreWriter, __: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(StoreWriter, "checkpoint", full)
    with pytest.raises(StoreError, match=r"cannot be written \(the disk is full\) and is unchanged; free some space"):
        work(stopped, range(1, 5))
    monkeypatch.undo()
    assert work(stopped, range(1, 5)) == ["1", "2"]


def test_a_damaged_journal_is_reported(stopped: LocalStore) -> None:
    (pending,) = stopped.path.glob("generations/*.pending")
    (pending / "journal").write_bytes(b"garbage\n")
    with pytest.raises(StoreError, match=r"the journal cannot be read .*; run kg store repair"):
        work(stopped, range(1, 5))


def test_a_resumable_writer_refuses_blank_nodes(store: LocalStore) -> None:
    with pytest.raises(InputError, match=r"a value of .*note is a blank node"), store.resume("blank") as writer:
        writer.add(quads(in_evidence("<id/a> skos:note [] .")))


def test_a_plain_writer_has_no_checkpoints(store: LocalStore) -> None:
    with store.writer() as writer, pytest.raises(ValueError, match="only a resumable writer has checkpoints"):
        writer.checkpoint("1")
