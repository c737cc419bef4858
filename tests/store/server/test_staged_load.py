"""A build on a server replaces everything or nothing, after kills and concurrent builds."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.servers import oxigraph

from kg.errors import StoreError
from kg.rdf import sparql
from kg.settings import Address
from kg.store.server import staged_load
from kg.store.server.client import SparqlClient
from kg.store.server.visible import NAME, VISIBLE, statements
from kg.terms import EVIDENCE, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PREFIXED = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
EVERYTHING = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def state(name: str, more: str = "", folder: Path | None = None) -> ox.Store:
    """Return a small built store: evidence graphs, the ontology, descriptions, and the merge."""
    store = ox.Store(None if folder is None else str(folder))
    evidence = 'ev:{0}{1} a hx:Evidence . GRAPH ev:{0}{1} {{ id:{1} skos:prefLabel "{0}\\n\\"{1}"@en }}'
    statements = [
        f"GRAPH <{ONTOLOGY_GRAPH}> {{ hx:Link a rdfs:Class }}",
        *(evidence.format(name, n) for n in range(6)),
        more,
    ]
    store.update(f"{PREFIXED} INSERT DATA {{ {' '.join(statements)} }}")
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def content(source: sparql.Endpoint) -> set[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]]:
    return {tuple(row) for row in sparql.select(source, EVERYTHING)}


def replace(server: SparqlClient, state: ox.Store, build: str) -> None:
    staged_load.begin(server, build)
    staged_load.load(server, state, build)


OLD, NEW = state("old"), state("new")


@pytest.fixture(scope="module", params=[False, True], ids=["by updates", "by the Graph Store Protocol"])
def address(request: pytest.FixtureRequest) -> Iterator[Address]:
    with oxigraph(graphs=request.param) as address:
        yield address


@pytest.fixture
def server(address: Address, monkeypatch: pytest.MonkeyPatch) -> Iterator[SparqlClient]:
    """A server that contains `OLD`; each graph is sent separately."""
    monkeypatch.setattr(staged_load, "PART", 1)
    server = SparqlClient(address)
    server.update("DROP ALL")
    replace(server, OLD, "first")
    assert content(server) == content(OLD)
    yield server
    server.close()


class Counting(SparqlClient):
    """A client that runs `then` before its change number `at`, an update or an upload of a graph."""

    def __init__(self, address: Address, at: int, then: Callable[[], object]) -> None:
        super().__init__(address)
        self.at, self.then, self.changes = at, then, 0
        self.triples: set[str] = set()

    def update(self, text: str) -> None:
        self._count(text)
        super().update(text)

    def add_to_graph(self, graph: str, lines: str) -> None:
        self._count(lines)
        super().add_to_graph(graph, lines)

    def _count(self, text: str) -> None:
        if self.changes == self.at:
            self.then()
        self.changes += 1
        self.triples |= {line for line in text.splitlines() if line.endswith(" .")}


class _Killed(BaseException):
    """A kill: no handler catches it."""


class Dying(Counting):
    """A client whose process is killed before a change."""

    def __init__(self, address: Address, at: int) -> None:
        super().__init__(address, at, self.die)

    def die(self) -> None:
        self.at += 1
        raise _Killed


def test_the_old_state_is_replaced_completely(server: SparqlClient) -> None:
    counting = Counting(server_address(server), -1, lambda: None)
    replace(counting, NEW, "second")
    assert counting.changes > switched(server)
    assert content(server) == content(NEW)
    graphs = {row["g"].value for row in sparql.select(server, "SELECT DISTINCT ?g { GRAPH ?g { } }")}
    assert not any(graph.startswith(f"{NAME}/") for graph in graphs)


def server_address(server: SparqlClient) -> Address:
    graphs = server.name.replace("/query", "/store") if server.has_graph_store else None
    return Address(server.name, server.name.replace("/query", "/update"), graphs)


@pytest.mark.parametrize(
    "offset", [-11, -8, -3, -1, 0, 2, *(pytest.param(offset, marks=pytest.mark.scale) for offset in (-10, -5, 1))]
)
def test_a_kill_leaves_one_state_and_the_next_build_cleans_up(server: SparqlClient, offset: int) -> None:
    at = switched(server) + offset
    with pytest.raises(_Killed):
        replace(Dying(server_address(server), at), NEW, "killed")
    in_state = f"SELECT ?s ?p ?o ?g {{ {{ ?s ?p ?o }} UNION {{ {statements(VISIBLE)} }} }}"
    seen = {tuple(row) for row in sparql.select(server, in_state)}
    assert seen in (content(OLD), content(NEW))
    assert (seen == content(NEW)) == (offset >= 0)
    staged_load.check(server)
    replace(server, OLD, "next")
    assert content(server) == content(OLD)


def switched(server: SparqlClient) -> int:
    """Return the number of changes until the new state is visible.

    They are the marker, the deletion of other remains, 8 graphs (each in two steps with the Graph Store Protocol), and
    the switch.
    """
    return 2 + 8 * (1 + server.has_graph_store) + 1


def test_an_interrupted_load_continues_with_the_missing_parts(server: SparqlClient, tmp_path: Path) -> None:
    first = Dying(server_address(server), 2 + 6 * (1 + server.has_graph_store))
    with pytest.raises(_Killed):
        replace(first, state("new", folder=tmp_path / "one"), "killed")
    again = Counting(server_address(server), -1, lambda: None)
    replace(again, state("new", folder=tmp_path / "two"), "again")
    assert (len(first.triples), len(again.triples)) == (6, 7)
    assert first.triples.isdisjoint(again.triples)
    assert content(server) == content(NEW)


def test_a_change_of_the_state_starts_again(server: SparqlClient) -> None:
    with pytest.raises(_Killed):
        replace(Dying(server_address(server), 7), NEW, "killed")
    other = state("new", "GRAPH ev:new0 { id:more a hx:Firm }")
    replace(server, other, "other")
    assert content(server) == content(other)


def test_repeated_requests_double_nothing(server: SparqlClient) -> None:
    class Twice(SparqlClient):
        """A client whose responses are lost once, so that it repeats each request."""

        def update(self, text: str) -> None:
            super().update(text)
            super().update(text)

        def add_to_graph(self, graph: str, lines: str) -> None:
            super().add_to_graph(graph, lines)
            super().add_to_graph(graph, lines)

    blank = state("blank", TWICE)
    replace(Twice(server_address(server)), blank, "blank")
    assert len(list(sparql.select(server, ONE_BLANK_NODE))) == 2
    assert sparql.count(server, "GRAPH ?g { ?s ?p ?o }") == sparql.count(blank, "GRAPH ?g { ?s ?p ?o }")


def test_concurrent_build_loses_to_the_later_one(server: SparqlClient) -> None:
    address = server_address(server)
    for at in (5, switched(server) - 1):
        other = state(f"other{at}")
        fast = partial(replace, SparqlClient(address), other, f"fast{at}")
        slow = Counting(address, at, fast)
        with pytest.raises(StoreError, match="another build took over"):
            replace(slow, NEW, f"slow{at}")
        assert content(server) == content(other)


def test_a_writer_that_lost_keeps_the_parts_of_an_interrupted_load(server: SparqlClient, tmp_path: Path) -> None:
    here = server_address(server)
    interrupted = state("new", folder=tmp_path / "one")

    def overtake_and_fail() -> None:
        with pytest.raises(_Killed):
            replace(Dying(here, 2 + 6 * (1 + server.has_graph_store)), interrupted, "interrupted")
        staged_load.end(server, "interrupted")

    with pytest.raises(StoreError, match="another build took over"):
        replace(Counting(here, 4, overtake_and_fail), state("slow"), "slow")
    again = Counting(here, -1, lambda: None)
    replace(again, state("new", folder=tmp_path / "two"), "again")
    assert len(again.triples) == 7
    assert content(server) == content(NEW)


LOST = '"new\\n\\"3"'


def test_a_lossy_server_keeps_its_old_state(server: SparqlClient) -> None:
    class Losing(SparqlClient):
        def update(self, text: str) -> None:
            if LOST not in text:
                super().update(text)

        def add_to_graph(self, graph: str, lines: str) -> None:
            if LOST not in lines:
                super().add_to_graph(graph, lines)

    with pytest.raises(StoreError, match="the server has 12 of 13 loaded statements"):
        replace(Losing(server_address(server)), NEW, "lost")
    assert content(server) == content(OLD)


TWICE = "GRAPH ev:blank1 { _:x skos:broader _:x } GRAPH ev:blank2 { _:x skos:narrower id:x }"
ONE_BLANK_NODE = f"""{PREFIXED} SELECT * {{ GRAPH ?a {{ ?x skos:broader ?x }}
  GRAPH ?b {{ ?x skos:narrower id:x }} ?x ?p ?o }}"""


def test_a_blank_node_stays_one_node(server: SparqlClient) -> None:
    replace(server, state("blank", TWICE), "blank")
    assert len(list(sparql.select(server, ONE_BLANK_NODE))) == 2


def test_readers_never_see_a_partial_state(server: SparqlClient) -> None:
    counts, done = set(), threading.Event()

    def watch() -> None:
        while not done.is_set():
            rows = sparql.select(SparqlClient(server_address(server)), "SELECT ?o { ?s skos:prefLabel ?o } ORDER BY ?o")
            counts.add(tuple(row["o"].value for row in rows))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for turn, new in enumerate((NEW, OLD, NEW)):
        replace(server, new, f"turn{turn}")
    done.set()
    watcher.join()
    assert {frozenset(name[:3] for name in names) for names in counts} == {frozenset({"old"}), frozenset({"new"})}
    assert {len(names) for names in counts} == {6}


@pytest.mark.parametrize(
    ("foreign", "message"),
    [
        ("GRAPH <urn:mine> { <urn:a> <urn:b> <urn:c> }", "contains the graph <urn:mine> that kg did not write"),
        (
            f"GRAPH <{EVIDENCE}x> {{ <urn:a> <urn:b> <urn:c> }}",
            f"contains the graph <{EVIDENCE}x> that kg did not write",
        ),
        ("<urn:a> <urn:b> <urn:c>", "contains statements that kg did not write"),
    ],
)
def test_a_server_with_foreign_graphs_is_refused(server: SparqlClient, foreign: str, message: str) -> None:
    staged_load.check(server)
    server.update("DROP ALL")
    staged_load.check(server)
    server.update(f"INSERT DATA {{ {foreign} }}")
    with pytest.raises(StoreError, match=f"{message} and would delete; use a dataset for kg alone"):
        staged_load.check(server)


def test_a_server_whose_default_graph_is_the_union_is_refused() -> None:
    with oxigraph("--union-default-graph") as address:
        staged_load.check(SparqlClient(address))
        with pytest.raises(StoreError, match="turn off its union default graph"):
            replace(SparqlClient(address), NEW, "union")


def test_updates_to_another_dataset_are_detected(server: SparqlClient) -> None:
    with oxigraph() as other, pytest.raises(StoreError, match="set KG_STORE_UPDATE to the update address"):
        replace(SparqlClient(Address(server.name, other.update)), NEW, "elsewhere")
    assert content(server) == content(OLD)


def test_uploads_to_another_dataset_are_detected(server: SparqlClient) -> None:
    here = server_address(server)
    with oxigraph(graphs=True) as other, pytest.raises(StoreError, match="the server has 0 of 13 loaded statements"):
        replace(SparqlClient(Address(here.query, here.update, other.graphs)), NEW, "elsewhere")
    with pytest.raises(StoreError, match=r"nowhere.*the address does not exist on the server; check the address"):
        replace(SparqlClient(Address(here.query, here.update, f"{here.query}/nowhere")), NEW, "nowhere")
    staged_load.end(server, "nowhere")
    assert content(server) == content(OLD)
