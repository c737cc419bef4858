"""Build on a server whose readers never see a partial state.

A server has no generations. The state that a build made on this machine is loaded beside the existing graphs, in parts
of limited size, by updates or with the Graph Store Protocol, and counted. Graphs that are new on the server are written
to their places (`kg.store.server.visible`), because the default graph neither describes nor contains them yet. All
other statements go to staging graphs. One update request then deletes the old state, moves the staged statements into
their places and fills the default graph. SPARQL asks servers to run a request as a whole or not at all. Servers that do
so, such as Oxigraph, never show a partial state, and queries without GRAPH do not see the loaded statements.

The graph `NAME` itself describes the load:

* the **marker** of the writer at work. Each step requires it, so of two concurrent writers the one that began first
  changes nothing (docs/decisions/0011). The last request replaces it, so its repetition changes nothing either.
* the parts that the server has. One request writes a part and its number, and does nothing if the number is there. So
  a request that is repeated after a lost response doubles nothing, blank nodes included.

The IRIs of the staging graphs contain a digest of the state and of the places. If the writer is killed or the server
fails, the next load of the same state sends only the missing parts; a load of any other state deletes them. So all
pending graphs belong to the load whose parts the graph lists. The Graph Store Protocol cannot require the marker, so it
writes to staging graphs only.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kg.errors import LimitError, StoreError
from kg.rdf import sparql
from kg.store.server import parts, visible
from kg.store.server.visible import NAME, PENDING, VISIBLE
from kg.terms import ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kg.store.server.client import SparqlClient
    from kg.store.server.parts import Parts

PART = 1 << 20
"""Bytes of statements after which a part is sent."""

_DROPPED = 1000
"""Staging graphs of named graphs that one request deletes."""

_WITH_BLANK_NODES = "blank nodes"
"""Name of the part with all statements that contain a blank node."""

_IDENTIFIER, _HAS_PART = (f"<{PREFIXES['dct']}{name}>" for name in ("identifier", "hasPart"))
_MARKED = f"GRAPH <{NAME}> {{ <{NAME}> {_IDENTIFIER} %s }}"
_SWITCHED = " switched"
"""End of the marker of a writer whose state is visible."""

_FOREIGN = f"""SELECT ?g {{ {{ {{ SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} }}
    FILTER(?g != <{ONTOLOGY_GRAPH}> && !STRSTARTS(STR(?g), "{NAME}"))
    FILTER NOT EXISTS {{ ?g a ?class FILTER(?class IN (hx:Evidence, hx:Derivation)) }}
    FILTER(!({PENDING}) || NOT EXISTS {{ GRAPH <{NAME}> {{ ?load {_HAS_PART} ?part }} }}) }}
  UNION {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?a ?b ?c }} }} }} }} LIMIT 1"""
_DELETE = """DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }}
WHERE {{ {condition} GRAPH ?g {{ ?s ?p ?o }} FILTER({graphs}) }}"""
_STAGED = f'STRSTARTS(STR(?g), "{NAME}/")'
_SWITCH = """DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {marker} {old} }} ;
DELETE {{ ?s ?p ?o }} WHERE {{ {marker} ?s ?p ?o }} ;
INSERT {{ GRAPH ?to {{ ?s ?p ?o }} }}
WHERE {{ {marker} {{ SELECT ?from ?to {{ GRAPH ?from {{ }} FILTER(STRSTARTS(STR(?from), "{stage}/"))
  BIND(IRI(STRAFTER(STR(?from), "{stage}/")) AS ?to) }} }} GRAPH ?from {{ ?s ?p ?o }} }} ;
INSERT {{ ?s ?p ?o }} WHERE {{ {marker} {new} }} ;
INSERT {{ ?s ?p ?o }} WHERE {{ {marker} GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{stage}{outside}")) }} ;
DELETE {{ {marker} }} INSERT {{ {switched} }} WHERE {{ {marker} }}"""


def check(server: SparqlClient) -> None:
    """Raise an error if the server contains foreign statements, which a build would delete.

    Raises:
        StoreError: the server contains foreign statements, or cannot be reached.
    """
    for row in sparql.select(server, _FOREIGN):
        content = "statements" if row["g"] is None else f"the graph <{row['g'].value}>"
        raise StoreError(
            "{name}: the server contains {content} that kg did not write and would delete; use a dataset for kg alone",
            name=server.name,
            content=content,
        )


def begin(server: SparqlClient, build: str) -> None:
    """Mark `server` with the key `build` of a writer; writers that began earlier change nothing any more.

    Raises:
        LimitError: the server takes too long.
        StoreError: the server refuses the update, or would answer wrongly.
    """
    load = _Load(server, build)
    others = "DELETE WHERE { " + _MARKED % "?other" + " }"
    server.update(f"{others} ;\nINSERT DATA {{ {load.marker} }}")
    load.check_marker()


def end(server: SparqlClient, build: str) -> None:
    """Remove the marker of the writer with the key `build`; the parts that it sent stay until the next load."""
    with suppress(StoreError, LimitError):  # the marker is harmless, and the next writer replaces it
        server.update("DELETE WHERE { " + _Load(server, build).marker + " }")


def load(server: SparqlClient, state: ox.Store, build: str) -> None:
    """Replace the content of `server` by `state`, which is merged.

    Args:
        server: the server to write to.
        state: the new state.
        build: the key that `begin` received; no other writer has it.

    Raises:
        LimitError: a step takes too long.
        StoreError: a step fails, another writer took over, or the server would count statements wrongly. The old state
            remains, unless the error states otherwise. If the server failed, a call with the same state continues.
    """
    with parts.of(state, PART, _new_graphs(server, state)) as content:
        load = _Load(server, build, f"{NAME}/{content.digest}")
        load.clear_others()
        load.send(content)
        sent = content.statements
    try:
        load.check_loaded(sent)
        load.switch()
        load.check_switched(state)
    except _WrongContentError:
        load.clear(with_pending=True)
        raise
    load.clear()


def _new_graphs(server: SparqlClient, state: ox.Store) -> frozenset[str]:
    """Return the graphs of `state` that are written to their places, because the present state does not have them."""
    if server.has_graph_store:
        return frozenset()
    described = {row["g"].value for row in sparql.select(state, visible.DESCRIBED)}
    present = (row["g"].value for row in sparql.select(server, visible.DESCRIBED))
    return frozenset(graph for graph in described.difference(present) if graph.startswith(visible.PREFIXES))


def _drops(graphs: Iterable[str]) -> Iterator[str]:
    """Yield updates that delete staging graphs: those outside named graphs one by one, because they are large."""
    small = []
    for graph in graphs:
        drop = f"DROP SILENT GRAPH <{graph}>"
        if graph.startswith(parts.OUTSIDE_GRAPH, len(NAME) + 1 + parts.DIGEST_LENGTH):
            yield drop
        else:
            small.append(drop)
    for start in range(0, len(small), _DROPPED):
        yield " ;\n".join(small[start : start + _DROPPED])


class _WrongContentError(StoreError):
    """The server has other statements than those that were sent, so sending the rest would not help."""


class _Load:
    """The load of one state by one writer."""

    def __init__(self, server: SparqlClient, build: str, stage: str = "") -> None:
        self._server, self._stage = server, stage
        self._own = f'STRSTARTS(STR(?g), "{stage}/") || STRSTARTS(STR(?g), "{stage}{parts.OUTSIDE_GRAPH}")'
        self._statement = f'<{NAME}> {_IDENTIFIER} "{build}" .'
        self._parts = f"GRAPH <{NAME}> {{ <{stage}> {_HAS_PART} ?part }}"
        self.marker = _MARKED % f'"{build}"'
        self._switched = _MARKED % f'"{build}{_SWITCHED}"'

    def check_marker(self) -> None:
        """Check that queries see the marker in its graph, and not in the default graph."""
        if not sparql.ask(self._server, f"ASK {{ {self.marker} }}"):
            raise StoreError(
                "{name}: queries do not see the statements that updates write; set KG_STORE_UPDATE to the update "
                "address of the same dataset",
                name=self._server.name,
            )
        if sparql.ask(self._server, f"ASK {{ {self._statement} }}"):
            raise StoreError(
                "{name}: the server's default graph is the union of the others, but kg writes it as their merge; turn "
                "off its union default graph",
                name=self._server.name,
            )

    def clear_others(self) -> None:
        """Delete what loads of other states left."""
        graphs = _DELETE.format(condition=self.marker, graphs=f"{_STAGED} && !({self._own})")
        listed = f"GRAPH <{NAME}> {{ ?load {_HAS_PART} ?part }} FILTER(?load != <{self._stage}>)"
        pending = f"{self.marker} FILTER EXISTS {{ {listed} }} {visible.statements(PENDING)}"
        self._server.update(
            f"{graphs} ;\nDELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {pending} }} ;\n"
            f"DELETE {{ GRAPH <{NAME}> {{ ?load {_HAS_PART} ?part }} }} WHERE {{ {self.marker} {listed} }}"
        )

    def send(self, content: Parts) -> None:
        """Send the parts that the server does not have."""
        present = {row["part"].value for row in sparql.select(self._server, f"SELECT ?part {{ {self._parts} }}")}
        for number, part in enumerate(content.texts()):
            if str(number) in present:
                continue
            if self._server.has_graph_store:
                for graph, triples in parts.by_graph(part, self._stage):
                    self._server.add_to_graph(graph, triples)
                self._insert(str(number), "")
            else:
                self._insert(str(number), parts.blocks(part, self._stage))
        if content.with_blank_nodes and _WITH_BLANK_NODES not in present:
            self._insert(_WITH_BLANK_NODES, parts.blocks(content.with_blank_nodes, self._stage))

    def _insert(self, name: str, blocks: str) -> None:
        """Insert a part and its name, unless the server has it."""
        listed = f'GRAPH <{NAME}> {{ <{self._stage}> {_HAS_PART} "{name}" }}'
        condition = f"WHERE {{ {self.marker} FILTER NOT EXISTS {{ {listed} }} }}"
        self._server.update(f"INSERT {{ {blocks}\n{listed} }}\n{condition}")

    def check_loaded(self, sent: int) -> None:
        """Check that the server has all staged statements, before they replace anything."""
        conditions = (self._own, PENDING)
        loaded = sum(sparql.count(self._server, visible.statements(condition)) for condition in conditions)
        if loaded != sent:
            raise _WrongContentError(
                "{name}: the server has {loaded} of {sent} loaded statements; another build took over, or the server "
                "loses statements: run kg build again",
                name=self._server.name,
                loaded=loaded,
                sent=sent,
            )

    def switch(self) -> None:
        """Replace the old state by the staged one, in one request."""
        graphs = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?g), "{NAME}"))'
        old = visible.statements(VISIBLE)
        markers = {"marker": self.marker, "switched": self._switched}
        names = {"stage": self._stage, "outside": parts.OUTSIDE_GRAPH}
        self._server.update(_SWITCH.format(old=old, new=graphs, **names, **markers))

    def check_switched(self, state: ox.Store) -> None:
        """Check that the server contains the new state."""
        if not sparql.ask(self._server, f"ASK {{ {self._switched} }}"):
            raise _WrongContentError(
                "{name}: another build took over before this one was complete; run kg build again",
                name=self._server.name,
            )
        found, expected = (sparql.count(source, "?s ?p ?o") for source in (self._server, state))
        if found != expected:
            raise _WrongContentError(
                "{name}: the server contains {found} statements instead of {expected}; run kg build again, or use "
                "another server",
                name=self._server.name,
                found=found,
                expected=expected,
            )

    def clear(self, *, with_pending: bool = False) -> None:
        """Delete all staging graphs and the marker, or only the own graphs if another writer took over and has ended.

        With `with_pending`, the pending graphs are deleted too if they belong to this load.

        While another writer is at work, nothing is deleted, because its graphs may have the same names.
        """
        with suppress(StoreError, LimitError):  # the remains are harmless, and the next load deletes them
            is_ours = sparql.ask(self._server, f"ASK {{ {{ {self.marker} }} UNION {{ {self._switched} }} }}")
            if not is_ours and sparql.ask(self._server, f"ASK {{ {_MARKED % '?other'} }}"):
                return
            pending = f"FILTER EXISTS {{ {self._parts} }} {visible.statements(PENDING)}"
            delete = f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {pending} }} ;\n" if with_pending else ""
            listed = f"GRAPH <{NAME}> {{ ?load {_HAS_PART} ?part }}" if is_ours else self._parts
            self._server.update(f"{delete}DELETE WHERE {{ {listed} }}")
            graphs = _STAGED if is_ours else self._own
            named = sparql.select(self._server, f"SELECT ?g {{ GRAPH ?g {{ }} FILTER({graphs}) }}")
            for drop in _drops(row["g"].value for row in named):
                self._server.update(drop)
            self._server.update(f"DELETE WHERE {{ {self.marker} }} ;\nDELETE WHERE {{ {self._switched} }}")
