"""Views are read-only and show one generation, also through rdflib."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.http_server import listening
from helpers.stores import environment
from helpers.terms import solutions
from rdflib import RDF, Dataset, Namespace, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError, StoreError
from kg.store.local import LocalStore
from kg.terms import EVIDENCE, ID, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.store.view import Snapshot

HX = Namespace(PREFIXES["hx"])
NODE = ox.NamedNode("urn:x")
QUAD = ox.Quad(NODE, NODE, NODE)
ANVIL = URIRef(ID + "anvil")


@pytest.fixture
def view(small: Path) -> Iterator[Snapshot]:
    with LocalStore(small).view() as view:
        yield view


@pytest.mark.parametrize(
    "write",
    [
        lambda graph: graph.add(QUAD),
        lambda graph: graph.extend([QUAD]),
        lambda graph: graph.bulk_extend([QUAD]),
        lambda graph: graph.remove(QUAD),
        lambda graph: graph.add_graph(NODE),
        lambda graph: graph.clear(),
        lambda graph: graph.load(b"<urn:x> <urn:x> <urn:x> .", format=ox.RdfFormat.TURTLE),
        lambda graph: graph.bulk_load(b"<urn:x> <urn:x> <urn:x> .", format=ox.RdfFormat.TURTLE),
        lambda graph: graph.update("INSERT DATA { <urn:x> <urn:x> <urn:x> }"),
        lambda graph: graph.update("CLEAR ALL"),
    ],
)
def test_writing_raises(view: Snapshot, write: Callable[[ox.Store], None]) -> None:
    before = len(view.graph)
    with pytest.raises(RuntimeError, match="only possible on read-write instances"):
        write(view.graph)
    assert len(view.graph) == before


@pytest.mark.parametrize(
    "write",
    [
        lambda data: data.add((ANVIL, RDF.type, HX.Link)),
        lambda data: data.remove((None, None, None)),
        lambda data: data.graph(URIRef("urn:new")),
        lambda data: data.parse(data="<urn:x> <urn:x> <urn:x> .", format="turtle"),
        lambda data: data.update("INSERT DATA { <urn:x> <urn:x> <urn:x> }"),
        lambda data: data.update("DELETE WHERE { ?s ?p ?o }"),
    ],
)
def test_writing_to_the_dataset_raises(view: Snapshot, write: Callable[[Dataset], object]) -> None:
    data = view.dataset()
    with pytest.raises((RuntimeError, QueryError), match=r"read-write|read-only"):
        write(data)
    assert len(data) == len(view.dataset())


def test_the_default_graph_of_the_dataset_is_the_union_each_triple_once(view: Snapshot) -> None:
    data = view.dataset()
    assert isinstance(data, Dataset)
    triples = set(data.triples((None, None, None)))
    assert len(data) == len(list(data.triples((None, None, None)))) == len(triples)
    default = (None, DATASET_DEFAULT_GRAPH_ID)
    named = {(s, p, o) for s, p, o, graph in data.quads() if graph not in default}
    assert named < triples  # the other triples describe sources and evidence
    assert (ANVIL, RDF.type, HX.Firm) in data


def test_the_dataset_declares_our_prefixes_and_graph_returns_the_evidence(view: Snapshot) -> None:
    rows = view.dataset().query("SELECT ?g { GRAPH ?g { id:link\\/pact hx:stage ?stage } } ORDER BY ?g")
    assert [str(row.g) for row in solutions(rows)] == [EVIDENCE + "again", EVIDENCE + "signed"]
    bound = view.dataset().query("SELECT ?who ?kind { ?who a ?kind }", initBindings={"who": ANVIL})
    assert {row.kind for row in solutions(bound)} == {HX.Actor, HX.Organisation, HX.Firm}
    assert view.dataset().query("ASK { id:anvil a hx:Firm }").askAnswer is True
    assert len(list(view.dataset().query("CONSTRUCT { ?s a hx:Firm } WHERE { ?s a hx:Firm }"))) == 3


def test_from_selects_graphs_of_the_store(view: Snapshot) -> None:
    data = view.dataset()
    whole = len(data)
    (one,) = solutions(data.query(f"SELECT (COUNT(*) AS ?n) FROM <{EVIDENCE}again> {{ ?s ?p ?o }}"))
    assert int(one.n) == 1
    query = f"SELECT DISTINCT ?g FROM NAMED <{EVIDENCE}plan> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert [str(row.g) for row in solutions(data.query(query))] == [EVIDENCE + "plan"]
    assert len(data) == whole


def test_queries_read_no_file_and_call_no_server(view: Snapshot, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:p> <urn:o> .", encoding="utf-8")
    data = view.dataset()
    with listening() as server:
        for address in (secret.as_uri(), server.address):
            for clause in (f"FROM <{address}> {{ ?s ?p ?o }}", f"FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"):
                assert list(data.query(f"SELECT * {clause}")) == []
                with pytest.raises(QueryError, match="a prepared query would run outside the store"):
                    data.query(prepareQuery(f"SELECT * {clause}"))
        service = f"SELECT * {{ SERVICE <{server.address}> {{ ?s ?p ?o }} }}"
        for call in (
            lambda: data.query(service),
            lambda: data.query(service.replace("SERVICE", "service silent")),
            lambda: data.query(prepareQuery(service)),
            lambda: data.query(service, base="http://x/"),
            lambda: data.graph(URIRef(EVIDENCE + "plan")).query(service),
            lambda: data.update(f"LOAD <{server.address}>"),
            lambda: view.select(service),
            lambda: view.ask(service.replace("SELECT *", "ASK")),
        ):
            with pytest.raises((QueryError, RuntimeError)):
                call()
        assert server.calls == []


def test_only_a_select_returns_solutions(view: Snapshot) -> None:
    with pytest.raises(TypeError, match="only a SELECT"):
        view.select("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("content", [None, "{", "{}", "[1]"])
def test_a_missing_or_damaged_manifest_is_reported(small: Path, tmp_path: Path, content: str | None) -> None:
    with LocalStore(small).view() as view:
        view.path = tmp_path
        if content is not None:
            (tmp_path / "manifest.json").write_text(content)
        with pytest.raises(StoreError, match=r"the manifest cannot be read .*run kg store repair"):
            view.size()


def test_rdflib_is_imported_on_demand(small: Path) -> None:
    """A view alone does not import rdflib's SPARQL engine."""
    store = f"LocalStore(__import__('pathlib').Path({str(small)!r}))"
    code = f"import sys; from kg.store.local import LocalStore; {store}.view().close()"
    check = "print('oxrdflib' in sys.modules, 'rdflib.plugins.sparql' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {check}"], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_a_graph_of_the_dataset_answers_queries(view: Snapshot) -> None:
    graph = view.dataset().graph(URIRef(EVIDENCE + "again"))
    (row,) = solutions(graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert int(row.n) == len(graph) == 1
