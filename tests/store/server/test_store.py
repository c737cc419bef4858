"""A server as the store: the same answers as from disk, and clear errors for unsupported operations."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.servers import Reply, fill, oxigraph, scripted
from helpers.stores import SMALL, error_of, kg
from query.test_answers import BEYOND_CURATED, PARAMETERS

from kg.errors import LimitError, QueryError, StoreError
from kg.network.incidence.load import load_incidence
from kg.query import questions
from kg.query import run as query
from kg.store.local import LocalStore
from kg.store.server import retries, working_copy
from kg.store.server.client import SparqlClient
from kg.store.server.store import ServerStore
from kg.terms import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.settings import Address
    from kg.store.view import View

SECRET = "s3cret-s3cret"  # noqa: S105 - a dummy


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[Address]:
    """A server with the shipped graphs, loaded from the store on disk."""
    with oxigraph() as address, LocalStore(built).view() as view:
        fill(address, view.graph)
        yield address


@pytest.fixture(scope="module")
def small_address(small: Path) -> Iterator[Address]:
    """A server with the small store."""
    with oxigraph() as address, LocalStore(small).view() as view:
        fill(address, view.graph)
        yield address


@pytest.fixture(scope="module")
def views(address: Address, built: Path) -> Iterator[tuple[View, View]]:
    """The server, and the store on disk with the same content."""
    with ServerStore(address).view() as there, LocalStore(built).view() as here:
        yield there, here


def test_the_sizes_are_equal(views: tuple[View, View]) -> None:
    there, here = views
    assert there.size() == here.size()


def test_the_participation_tables_are_equal(views: tuple[View, View]) -> None:
    there, here = (load_incidence(view) for view in views)
    assert there.actors.equals(here.actors)
    assert there.links.equals(here.links)
    assert there.parties.equals(here.parties)
    assert (there.layers, there.default_layers) == (here.layers, here.default_layers)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_question_has_the_same_answer(views: tuple[View, View], name: str) -> None:
    there, here = (query.answer_question(view, questions.find(name), PARAMETERS[name], "en") for view in views)
    assert there == here
    assert there.rows or questions.find(name).awaits or name in BEYOND_CURATED


@pytest.mark.parametrize(
    "words",
    [
        ("show", "anvil"),
        ("evidence", "ev:signed"),
        ("rank", "--sector", "firm", "--limit", "9"),
        ("query", "names", "--param", "actor=anvil"),
        ("query", "-e", "CONSTRUCT { ?s a hx:Firm } WHERE { ?s a hx:Firm } ORDER BY ?s"),
        ("query", "-e", "SELECT ?s { ?s a hx:Firm } ORDER BY ?s", "--limit", "2"),
        ("query", "-e", "SELECT ?s { ?s a hx:Firm } ORDER BY ?s", "--max-rows", "2"),
        ("query", "-e", "SELECT ?s { ?s a hx:Nothing }"),
        ("query", "-e", "SELECT ?s { ?s nn:x ?y }"),
        ("query", "-e", "SELECT (<urn:f>(1) AS ?x) {}"),
        ("query", "-e", f"SELECT (COUNT(*) AS ?n) FROM <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }}"),
        ("show", "nobody-of-that-name"),
    ],
)
def test_commands_print_the_same(small_address: Address, small: Path, words: tuple[str, ...]) -> None:
    there, here = kg(*words, "--store", small_address.query), kg(*words, store=small)
    assert there == here
    assert there.out or there.err


@pytest.mark.parametrize("name", ["x.trig", "x.nt", "x.zip", "n.graphml", "m.html"])
def test_files_have_the_same_bytes(small_address: Address, small: Path, tmp_path: Path, name: str) -> None:
    command = {"n": "network", "m": "map"}.get(name[0], "export")
    for folder, store in (("there", small_address.query), ("here", small)):
        (tmp_path / folder).mkdir()
        assert kg(command, "-o", tmp_path / folder / name, "--store", store).status == 0
    assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_kg_build_builds_a_server(tmp_path: Path) -> None:
    with oxigraph() as address:
        done = kg("build", SMALL, "--store", address.query)
        assert (done.status, "3 links among" in done.err) == (0, True), done.err
        assert kg("build", SMALL, store=tmp_path / "disk").out == done.out
        bad = tmp_path / "bad.trig"
        bad.write_text("<urn:x> a <https://w3id.org/helix-kg/ontology#Firm> .", encoding="utf-8")
        before = kg("export", "-o", tmp_path / "a.nq", "--store", address.query), (tmp_path / "a.nq").read_bytes()
        assert "the store is unchanged" in kg("build", bad, "--discard", "--store", address.query).err
        after = kg("export", "-o", tmp_path / "a.nq", "--store", address.query), (tmp_path / "a.nq").read_bytes()
        assert before == after


def test_a_judgement_amends_a_server(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    disk = shutil.copytree(small, tmp_path / "disk")
    judge = ("resolve", "judge", "anvil", "crucible", "different", "--reason", "two", "--author", "ann")
    with oxigraph() as address, LocalStore(disk).view() as view:
        fill(address, view.graph)
        for name, store in (("there", address.query), ("here", disk)):
            assert kg(*judge, "-o", f"{name}.ttl", store=store).status == 0
            assert kg("export", "-o", f"{name}.nt", store=store).status == 0
        assert (tmp_path / "there.nt").read_bytes() == (tmp_path / "here.nt").read_bytes()
        assert b"Judgement" in (tmp_path / "there.nt").read_bytes()


def test_a_copy_with_a_damaged_digest_is_made_again(small: Path, tmp_path: Path) -> None:
    record = tmp_path / "copy" / "content"
    with oxigraph() as address, LocalStore(small).view() as view:
        fill(address, view.graph)
        working_copy.prepare(SparqlClient(address), record.parent)
        whole = record.read_bytes()
        record.write_bytes(b"\xff")
        working_copy.prepare(SparqlClient(address), record.parent)
        assert record.read_bytes() == whole


def test_a_snapshot_turns_any_server_into_a_store(small: Path, tmp_path: Path) -> None:
    kg("export", "-o", f"{tmp_path}/snapshot/", store=small)
    whole = ox.Store()
    for name in ("data.nq", "derived.nq", "merged.ttl", "ontology.ttl"):
        whole.load(path=str(tmp_path / "snapshot" / name))
    with oxigraph() as address:
        _load(SparqlClient(address), whole)
        for words in (("show", "anvil"), ("query", "parties"), ("rank",)):
            assert kg(*words, "--store", address.query) == kg(*words, store=small)


def _load(server: SparqlClient, whole: ox.Store) -> None:
    """Write every quad unchanged, in one update."""
    lines = []
    for quad in whole:
        triple = f"{quad.subject} {quad.predicate} {quad.object} ."
        inside = f"GRAPH {quad.graph_name} {{ {triple} }}"
        lines.append(triple if quad.graph_name == ox.DefaultGraph() else inside)
    server.update("INSERT DATA {" + "\n".join(lines) + "}")


@pytest.mark.parametrize("union", [False, True])
@pytest.mark.parametrize("merged", [False, True])
def test_a_server_with_missing_or_repeated_statements_is_refused(small: Path, merged: bool, union: bool) -> None:
    message = "repeats a statement" if union else "default graph lacks statements of its named graphs"
    with oxigraph(*["--union-default-graph"] * union) as address, LocalStore(small).view() as view:
        kept = ox.Store()
        kept.extend(quad for quad in view.graph if merged or quad.graph_name != ox.DefaultGraph())
        _load(SparqlClient(address), kept)
        if merged and not union:
            assert ServerStore(address).view().size().links == 3
            return
        with pytest.raises(StoreError, match=message):
            ServerStore(address).view()


def test_a_server_without_our_data_is_reported() -> None:
    with oxigraph() as address, pytest.raises(StoreError, match="the server contains no Helix KG; run kg build first"):
        ServerStore(address).view()


def test_a_server_that_groups_wrongly_is_refused() -> None:
    # the response of rdflib 7
    none = Reply(b'{"head": {"vars": ["none", "least"]}, "results": {"bindings": [{}, {}]}}')
    with scripted(none) as script:
        for words in (("rank",), ("build", SMALL)):
            assert "does not group as SPARQL 1.1 defines" in kg(*words, "--store", script.address.query).err
        assert len(script.requested) == 3


def test_a_build_during_a_read_is_reported(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with oxigraph() as address, LocalStore(small).view() as here:
        fill(address, here.graph)
        with ServerStore(address).view() as there:
            whole = there.graph.query

            def query_and_change(text: str, *, prefixes: dict[str, str] | None = None) -> object:
                result = whole(text, prefixes=prefixes)
                if "PartyGroup" in text:
                    SparqlClient(address).update("INSERT DATA { GRAPH <urn:late> { <urn:a> <urn:b> <urn:c> } }")
                return result

            monkeypatch.setattr(there.graph, "query", query_and_change)
            with pytest.raises(
                StoreError, match="a build replaced the store while it was being read; run the command again"
            ):
                load_incidence(there)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "this is an update"),
        ("LOAD <http://127.0.0.1/x>", "this is an update"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is refused"),
        (
            "SELECT * { SELECT * { SER\\u0056ICE <http://127.0.0.1/> { ?s ?p ?o } } }",
            "SERVICE is refused|does not parse",
        ),
        # Oxigraph sees a string, and a server that decodes escapes first sees a call.
        ("ASK { BIND('\\u0027 AS ?x) SERVICE <http://127.0.0.1/> { ?s ?p ?o } } # ' AS ?x) }", "SERVICE|not parse"),
        ("ASK { BIND('\\u0027 AS ?x) } # ' AS ?x) FROM <http://127.0.0.1/> }", "does not parse"),
        ("SELECT * { ?s ?p", "does not parse at line 1"),
    ],
)
def test_updates_are_refused_before_a_request(
    views: tuple[View, View], monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    there, _ = views
    with scripted(Reply()) as script:
        monkeypatch.setattr(there.graph, "address", script.address)
        with pytest.raises(QueryError, match=message):
            query.run_query(there, text)
    assert script.requested == []


def test_from_an_unknown_graph_is_refused(views: tuple[View, View]) -> None:
    with pytest.raises(QueryError, match="is refused: the store has no such graph"):
        query.run_query(views[0], "SELECT * FROM <http://127.0.0.1/x> { ?s ?p ?o }")


def test_a_slow_query_is_ended(small: Path) -> None:
    forever = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with (
        oxigraph() as address,
        LocalStore(small).view() as here,
    ):  # the query continues on this server
        fill(address, here.graph)
        with ServerStore(address).view() as there, pytest.raises(LimitError, match=r"more than 0.5 seconds"):
            query.run_query(there, forever, timeout=0.5)


@pytest.mark.parametrize("command", ["build", "rank", "query"])
def test_no_command_prints_a_secret(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", SECRET)
    monkeypatch.setattr(retries, "sleep", lambda _: None)
    words = {"build": ("build", SMALL), "query": ("query", "-e", "ASK {}")}.get(command, (command,))
    for status in (401, 400, 500):
        with scripted(Reply(f"you sent {SECRET}".encode(), status)) as script:
            message = error_of(kg(*words, "--store", script.address.query))
        assert SECRET not in message
        assert script.requested[0][1]["Authorization"] == f"Bearer {SECRET}"
