"""Building a server without ever showing half a state.

A server has no generations. What a build made on this machine is loaded into graphs beside those that are there (their
IRIs begin with `NAME`), in parts of a bounded size, by updates or by the Graph Store Protocol, and counted. One update
request then takes away what was there and puts what was loaded in its place: SPARQL asks servers to carry out a request
as a whole or not at all, and where they do (Oxigraph does) nobody sees half a state. Whoever asks without GRAPH does
not see what is being loaded. Of a build that was killed the staging stays, and the next build removes it.

The graph `NAME` itself holds one statement, the **note**: which build is loading. The last step does nothing without
it, so that of two builds at once the one that began first changes nothing (docs/decisions/0011).
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
"""The graph of the note; how the IRIs of all graphs begin that hold what is being loaded."""

PART = 1 << 20
"""Characters of statements from which on a part is sent, and the next begins."""

_Line = tuple[str, str]
"""A graph, and what is said in it."""

_FOREIGN = f"""SELECT ?g {{ {{ {{ SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} }}
    FILTER(?g != <{ONTOLOGY_GRAPH}> && !STRSTARTS(STR(?g), "{NAME}"))
    FILTER NOT EXISTS {{ ?g a ?class FILTER(?class IN (hx:Evidence, hx:Derivation)) }} }}
  UNION {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?a ?b ?c }} }} }} }} LIMIT 1"""
_OUTSIDE = "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
_CLEAR = """DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }}
WHERE {{ {note} GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{start}")) }}"""
_LEFT = f"""SELECT ?g {{ GRAPH ?g {{ }} FILTER(STRSTARTS(STR(?g), "{NAME}/"))
  FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"""
_SWITCH = """DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }}
WHERE {{ {note} GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?g), "{name}")) }} ;
DELETE {{ ?s ?p ?o }} WHERE {{ {note} ?s ?p ?o }} ;
INSERT {{ GRAPH ?to {{ ?s ?p ?o }} ?s ?p ?o }}
WHERE {{ {note} GRAPH ?from {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?from), "{stage}/"))
  BIND(IRI(STRAFTER(STR(?from), "{stage}/")) AS ?to) }} ;
INSERT {{ ?s ?p ?o }} WHERE {{ {note} GRAPH <{stage}> {{ ?s ?p ?o }} }}"""


def check(server: SparqlClient) -> None:
    """Refuse a server that holds what is not ours, as a build would remove it.

    Raises:
        StoreError: it does, or it cannot be reached.
    """
    for row in sparql.select(server, _FOREIGN):
        what = "statements" if row["g"] is None else f"the graph <{row['g'].value}>"
        raise StoreError(
            f"{server.name}: the server holds {what} that kg did not write and would remove; name a dataset of its own"
        )


def replace(server: SparqlClient, made: ox.Store, build: str) -> None:
    """Put `made`, which is merged, in the place of what `server` holds.

    Args:
        server: where to.
        made: the new state.
        build: a key that no other build has.

    Raises:
        LimitError: a step takes too long.
        StoreError: a step fails, another build took over, or the server would count statements wrongly. What the
            server held stays as it was, unless the error says otherwise.
    """
    stage = f"{NAME}/{build}"
    note = f'<{NAME}> <{PREFIXES["dct"]}identifier> "{build}" .'
    where = f"GRAPH <{NAME}> {{ {note} }}"
    try:
        server.update(f"{_CLEAR.format(note='', start=NAME)} ;\nINSERT DATA {{ {where} }}")
        _check_note(server, note, where)
        _load(server, made, stage)
        _check_loaded(server, made, stage)
        server.update(_SWITCH.format(note=where, name=NAME, stage=stage))
        _check_switched(server, made, where)
    finally:
        with suppress(StoreError, LimitError):  # what is left does no harm, and the next build removes it
            _tidy(server, stage, where)


def _tidy(server: SparqlClient, stage: str, where: str) -> None:
    """Remove what was loaded and the note, and the empty graphs that some servers keep of what was loaded."""
    server.update(_CLEAR.format(note="", start=stage))
    server.update(_CLEAR.format(note=where, start=NAME))
    empty = [(row["g"].value, f"DROP SILENT GRAPH {row['g']}") for row in sparql.select(server, _LEFT)]
    for part in _parts(empty):
        server.update(" ;\n".join(drop for _, drop in part))


def _check_note(server: SparqlClient, note: str, where: str) -> None:
    """Whether what is written is seen where it is asked for, in its graph and not in the default graph."""
    if not sparql.ask(server, f"ASK {{ {where} }}"):
        raise StoreError(
            f"{server.name}: what is written there by updates is not seen by queries; set KG_STORE_UPDATE to the "
            "address for updates of the same dataset"
        )
    if sparql.ask(server, f"ASK {{ {note} }}"):
        raise StoreError(
            f"{server.name}: the server's default graph is the union of the others, and kg writes it as their merge; "
            "turn its union default graph off"
        )


def _load(server: SparqlClient, made: ox.Store, stage: str) -> None:
    """Load all named graphs, and what stands in none of them as the graph `stage`."""
    blank: list[_Line] = []
    for part in _parts(_ground(_staged(made, stage), blank)):
        if server.takes_graphs:
            for graph, lines in _by_graph(part):
                server.add(graph, "\n".join(lines))
        else:
            server.update(_insertion(part))
    if blank:
        server.update(_insertion(blank), idempotent=False)


def _staged(made: ox.Store, stage: str) -> Iterator[tuple[str, ox.Quad]]:
    """Each statement with the graph that it is loaded into, graph by graph."""
    for name in made.named_graphs():
        for quad in made.quads_for_pattern(None, None, None, name):
            yield f"{stage}/{name.value}", quad
    for row in sparql.select(made, _OUTSIDE):
        yield stage, ox.Quad(row["s"], row["p"], row["o"])


def _ground(staged: Iterable[tuple[str, ox.Quad]], blank: list[_Line]) -> Iterator[_Line]:
    """The lines without a blank node; the others go to `blank`, as such a node is the same in one request only."""
    for graph, quad in staged:
        line = graph, f"{quad.subject} {quad.predicate} {quad.object} ."
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            blank.append(line)
        else:
            yield line


def _insertion(lines: Iterable[_Line]) -> str:
    blocks = ("\n".join((f"GRAPH <{graph}> {{", *held, "}")) for graph, held in _by_graph(lines))
    return "\n".join(("INSERT DATA {", *blocks, "}"))


def _by_graph(lines: Iterable[_Line]) -> Iterator[tuple[str, Iterator[str]]]:
    for graph, held in groupby(lines, key=itemgetter(0)):
        yield graph, (line for _, line in held)


def _parts(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """`lines` in parts of about `PART` characters."""
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


def _count(source: sparql.Endpoint, pattern: str) -> int:
    return int(next(sparql.select(source, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"))["n"].value)


def _check_loaded(server: SparqlClient, made: ox.Store, stage: str) -> None:
    """Whether the server has all that was sent, before anything is replaced by it."""
    sent = _count(made, "GRAPH ?g { ?s ?p ?o }") + sum(1 for _ in sparql.select(made, _OUTSIDE))
    found = _count(server, f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{stage}"))')
    if found != sent:
        raise StoreError(
            f"{server.name}: of {sent} statements that were loaded the server has {found}; another build took over, or "
            "it loses some: run kg build again"
        )


def _check_switched(server: SparqlClient, made: ox.Store, where: str) -> None:
    """Whether the server now holds what was made."""
    if not sparql.ask(server, f"ASK {{ {where} }}"):
        raise StoreError(
            f"{server.name}: another build took over before this one was done; see that the last one is whole"
        )
    found, sent = (_count(source, "?s ?p ?o") for source in (server, made))
    if found != sent:
        raise StoreError(
            f"{server.name}: the server holds {found} statements in place of {sent}; it did not do as it was told, so "
            "run kg build again, or name another"
        )
