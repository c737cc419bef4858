"""Build on a server whose readers never see a partial state.

A server has no generations. The state that a build made on this machine is loaded into staging graphs beside the
existing graphs (their IRIs begin with `NAME`), in parts of limited size, by updates or with the Graph Store Protocol,
and counted. One update request then deletes the old state and moves the staged one into its place. SPARQL asks servers
to run a request as a whole or not at all. Servers that do so, such as Oxigraph, never show a partial state, and
queries without GRAPH do not see staging graphs. If a build is killed, its staging graphs remain; the next build deletes
them.

The graph `NAME` itself contains one statement, the **marker** of the build that is loading. The last step requires it,
so of two concurrent builds the one that began first changes nothing (docs/decisions/0011).
"""

from __future__ import annotations

from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import LimitError, StoreError
from kg.rdf import sparql
from kg.terms import BASE, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.server.client import SparqlClient

NAME = BASE + "staging"
"""Graph of the marker, and prefix of the IRIs of all staging graphs."""

PART = 1 << 20
"""Characters of statements after which a part is sent."""

_Line = tuple[str, str]
"""A graph and a triple in it, serialised."""

_FOREIGN = f"""SELECT ?g {{ {{ {{ SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} }}
    FILTER(?g != <{ONTOLOGY_GRAPH}> && !STRSTARTS(STR(?g), "{NAME}"))
    FILTER NOT EXISTS {{ ?g a ?class FILTER(?class IN (hx:Evidence, hx:Derivation)) }} }}
  UNION {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?a ?b ?c }} }} }} }} LIMIT 1"""
_OUTSIDE = "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
_CLEAR = """DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }}
WHERE {{ {marker} GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{start}")) }}"""
_EMPTY = f"""SELECT ?g {{ GRAPH ?g {{ }} FILTER(STRSTARTS(STR(?g), "{NAME}/"))
  FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"""
_SWITCH = """DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }}
WHERE {{ {marker} GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?g), "{name}")) }} ;
DELETE {{ ?s ?p ?o }} WHERE {{ {marker} ?s ?p ?o }} ;
INSERT {{ GRAPH ?to {{ ?s ?p ?o }} ?s ?p ?o }}
WHERE {{ {marker} GRAPH ?from {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?from), "{stage}/"))
  BIND(IRI(STRAFTER(STR(?from), "{stage}/")) AS ?to) }} ;
INSERT {{ ?s ?p ?o }} WHERE {{ {marker} GRAPH <{stage}> {{ ?s ?p ?o }} }}"""


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


def replace(server: SparqlClient, state: ox.Store, build: str) -> None:
    """Replace the content of `server` by `state`, which is merged.

    Args:
        server: the server to write to.
        state: the new state.
        build: a key that no other build has.

    Raises:
        LimitError: a step takes too long.
        StoreError: a step fails, another build took over, or the server would count statements wrongly. The old state
            remains, unless the error says otherwise.
    """
    stage = f"{NAME}/{build}"
    statement = f'<{NAME}> <{PREFIXES["dct"]}identifier> "{build}" .'
    marker = f"GRAPH <{NAME}> {{ {statement} }}"
    try:
        server.update(f"{_CLEAR.format(marker='', start=NAME)} ;\nINSERT DATA {{ {marker} }}")
        _check_marker(server, statement, marker)
        _load(server, state, stage)
        _check_loaded(server, state, stage)
        server.update(_SWITCH.format(marker=marker, name=NAME, stage=stage))
        _check_switched(server, state, marker)
    finally:
        with suppress(StoreError, LimitError):  # the remains are harmless, and the next build deletes them
            _clear(server, stage, marker)


def _clear(server: SparqlClient, stage: str, marker: str) -> None:
    """Delete the staging graphs and the marker, and the empty graphs that some servers keep."""
    server.update(_CLEAR.format(marker="", start=stage))
    server.update(_CLEAR.format(marker=marker, start=NAME))
    empty = [(row["g"].value, f"DROP SILENT GRAPH {row['g']}") for row in sparql.select(server, _EMPTY)]
    for part in _parts(empty):
        server.update(" ;\n".join(drop for _, drop in part))


def _check_marker(server: SparqlClient, statement: str, marker: str) -> None:
    """Check that queries see the marker in its graph, and not in the default graph."""
    if not sparql.ask(server, f"ASK {{ {marker} }}"):
        raise StoreError(
            "{name}: queries do not see the statements that updates write; set KG_STORE_UPDATE to the update address "
            "of the same dataset",
            name=server.name,
        )
    if sparql.ask(server, f"ASK {{ {statement} }}"):
        raise StoreError(
            "{name}: the server's default graph is the union of the others, but kg writes it as their merge; turn off "
            "its union default graph",
            name=server.name,
        )


def _load(server: SparqlClient, state: ox.Store, stage: str) -> None:
    """Load all named graphs, and the statements that are in none of them as the graph `stage`."""
    with_blank_nodes: list[_Line] = []
    for part in _parts(_without_blank_nodes(_staged(state, stage), with_blank_nodes)):
        if server.has_graph_store:
            for graph, lines in _by_graph(part):
                server.add_to_graph(graph, "\n".join(lines))
        else:
            server.update(_insertion(part))
    if with_blank_nodes:
        server.update(_insertion(with_blank_nodes), idempotent=False)


def _staged(state: ox.Store, stage: str) -> Iterator[tuple[str, ox.Quad]]:
    """Yield each statement with its staging graph, graph by graph."""
    for name in state.named_graphs():
        for quad in state.quads_for_pattern(None, None, None, name):
            yield f"{stage}/{name.value}", quad
    for row in sparql.select(state, _OUTSIDE):
        yield stage, ox.Quad(row["s"], row["p"], row["o"])


def _without_blank_nodes(staged: Iterable[tuple[str, ox.Quad]], with_blank_nodes: list[_Line]) -> Iterator[_Line]:
    """Yield lines without blank nodes; append the others to the list, because they must go into one request."""
    for graph, quad in staged:
        line = graph, f"{quad.subject} {quad.predicate} {quad.object} ."
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            with_blank_nodes.append(line)
        else:
            yield line


def _insertion(lines: Iterable[_Line]) -> str:
    blocks = ("\n".join((f"GRAPH <{graph}> {{", *triples, "}")) for graph, triples in _by_graph(lines))
    return "\n".join(("INSERT DATA {", *blocks, "}"))


def _by_graph(lines: Iterable[_Line]) -> Iterator[tuple[str, Iterator[str]]]:
    for graph, group in groupby(lines, key=itemgetter(0)):
        yield graph, (line for _, line in group)


def _parts(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Yield `lines` in parts of about `PART` characters."""
    part: list[_Line] = []
    size = 0
    for line in lines:
        part.append(line)
        size += len(line[1])
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def _check_loaded(server: SparqlClient, state: ox.Store, stage: str) -> None:
    """Check that the server has all staged statements, before they replace anything."""
    sent = sparql.count(state, "GRAPH ?g { ?s ?p ?o }") + sum(1 for _ in sparql.select(state, _OUTSIDE))
    loaded = sparql.count(server, f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{stage}"))')
    if loaded != sent:
        raise StoreError(
            "{name}: the server has {loaded} of {sent} loaded statements; another build took over, or the server loses "
            "statements: run kg build again",
            name=server.name,
            loaded=loaded,
            sent=sent,
        )


def _check_switched(server: SparqlClient, state: ox.Store, marker: str) -> None:
    """Check that the server contains the new state."""
    if not sparql.ask(server, f"ASK {{ {marker} }}"):
        raise StoreError(
            "{name}: another build took over before this one was complete; run kg build again", name=server.name
        )
    found, expected = (sparql.count(source, "?s ?p ?o") for source in (server, state))
    if found != expected:
        raise StoreError(
            "{name}: the server contains {found} statements instead of {expected}; run kg build again, or use another "
            "server",
            name=server.name,
            found=found,
            expected=expected,
        )
