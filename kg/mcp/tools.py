"""Tools for assistants, as functions of an open graph that return bounded text.

Each answer states how many rows of how many it shows. Answers about networks have notes with the lens and the coverage:
the share of the declared parties that is named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import InputError
from kg.mcp.text import MOST_ROWS, bounded
from kg.model import Table
from kg.terms import ONTOLOGY_GRAPH, expand
from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.api.graph import Graph

_READ_ROWS = 1_000
"""Number of rows that are read from an answer; those that are not shown are counted up to it."""

_CLASSES = f"""SELECT ?term ?label ?definition {{
  GRAPH <{ONTOLOGY_GRAPH}> {{
    ?term a <http://www.w3.org/2002/07/owl#Class> ; rdfs:label ?label ; skos:definition ?definition }}
  FILTER (LANG(?label) = ?lang && LANG(?definition) = ?lang)
}} ORDER BY ?term"""

_USED = """SELECT ?property (COUNT(*) AS ?uses) { ?node a ?class ; ?property ?value }
GROUP BY ?property ORDER BY DESC(?uses) ?property"""


def find(graph: Graph, name: str, limit: int = 10) -> str:
    """Find actors by a name, a part of it, an abbreviation or pinyin."""
    from kg.search.find import find as search  # noqa: PLC0415 - loads pinyin tables
    from kg.search.find import table  # noqa: PLC0415 - the same

    return bounded(table(search(graph.view, name), name), limit, graph.lang)


def questions(graph: Graph) -> str:
    """List the shipped questions with their parameters, and the tool that answers each, if there is one."""
    table = graph.questions()
    rows = tuple(
        (row["question"], row["asks"], row["parameters"], *_answered(str(row["answered_by"]))) for row in table
    )
    return bounded(
        Table(("question", "asks", "parameters", "tool", "command"), rows, table.notes), MOST_ROWS, graph.lang
    )


def _answered(command: str) -> tuple[str | None, str | None]:
    """Return the tool that does what a command does, otherwise the command, which an assistant may pass on."""
    name = command.split()[1]
    tool = {"query": "ask"}.get(name, name)
    return (tool, None) if tool in TOOLS else (None, command)


def ask(graph: Graph, question: str, parameters: Mapping[str, str] | None = None, limit: int = 50) -> str:
    """Answer a shipped question; a node in the parameters may be an IRI, a key or a name."""
    from kg.query import answers  # noqa: PLC0415 - a tool loads what it needs

    table = answers.question(graph.view, question, parameters or {}, graph.settings, labels=True, max_rows=_READ_ROWS)
    return bounded(table, limit, graph.lang)


def actor(graph: Graph, node: str, limit: int = 100) -> str:
    """Describe an actor: its names, identifiers and links, each with evidence."""
    return _described(graph, node, "Actor", limit)


def link(graph: Graph, node: str, limit: int = 100) -> str:
    """Describe a link: its parties, roles, dates and declared counts, each with evidence."""
    return _described(graph, node, "Link", limit)


def evidence(graph: Graph, iri: str, limit: int = 100) -> str:
    """Show the source of a piece of evidence, its position, and the statements that it supports."""
    return bounded(graph.evidence(iri), limit, graph.lang)


def rank(
    graph: Graph, measure: str | None = None, sector: str | None = None, limit: int = 20, **lens: str | None
) -> str:
    """Rank actors by a measure of centrality, with the coverage of their links."""
    return bounded(graph.network(**fields(lens)).rank(measure, sector=sector), limit, graph.lang)


def findings(graph: Graph, sector: str | None = None, **lens: str | None) -> str:
    """State the main findings about the network, the unknown first."""
    return bounded(graph.findings(sector, **fields(lens)), MOST_ROWS, graph.lang)


def run_sparql(graph: Graph, query: str, limit: int = 50) -> str:
    """Run a SPARQL query that only reads."""
    from kg.query import answers  # noqa: PLC0415 - a tool loads what it needs

    return bounded(
        answers.query(graph.view, query, graph.settings, labels=True, max_rows=_READ_ROWS), limit, graph.lang
    )


def vocabulary(graph: Graph, of: str | None = None) -> str:
    """List the classes of the ontology, or the properties that nodes of one class have."""
    from kg.query import labels  # noqa: PLC0415 - a tool loads what it needs

    if of is None:
        rows = graph.view.select(_CLASSES, {"lang": ox.Literal(graph.lang)})
    else:
        rows = graph.view.select(_USED, {"class": _iri(of if ":" in of else f"hx:{of}")})
    columns = tuple(variable.value for variable in rows.variables)
    found = Table(columns, tuple(tuple(row[name].value for name in columns) for row in rows))
    if of is not None:
        found = labels.with_labels(graph.view, found, graph.lang)
        if not found.rows:
            note = Message("no node has the class {of}; vocabulary without a class lists them", of=of)
            found = replace(found, notes=(note,))
    return bounded(found, MOST_ROWS, graph.lang)


def map_link(graph: Graph, site: str | None, focus: str | None = None, **lens: str | None) -> str:
    """Return the address of a map on `site`, or the command that draws it."""
    from kg.query import lookup  # noqa: PLC0415 - a tool loads what it needs

    given = {"focus": focus and lookup.lookup(graph.view, focus), **lens}
    values = {name: value for name, value in given.items() if value is not None}
    if site is not None:
        return f"{site}/map?{urlencode(values)}"
    options = " ".join(f"--{name} '{value}'" for name, value in values.items())
    return localise(Message("this server has no pages; run: kg map {options} -o map.html", options=options), graph.lang)


TOOLS: Mapping[str, Callable[..., str]] = {
    "find": find,
    "questions": questions,
    "ask": ask,
    "actor": actor,
    "link": link,
    "evidence": evidence,
    "rank": rank,
    "findings": findings,
    "sparql": run_sparql,
    "vocabulary": vocabulary,
    "map_link": map_link,
}
"""The tools by name."""

FILTERS = {
    "layer": "layers",
    "since": "since",
    "until": "until",
    "place": "places",
    "source": "sources",
    "collection": "collections",
}
"""Options of a lens that tools have, with the fields of `kg.network.Lens`."""


def _iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(expand(text))
    except ValueError as error:
        raise InputError("{text} is not an IRI ({error}); write it as hx:Link", text=text, error=error) from error


def fields(options: Mapping[str, str | None]) -> dict[str, Any]:
    """Return the fields of a lens."""
    return {FILTERS[name]: value for name, value in options.items() if value is not None}


def _described(graph: Graph, node: str, kind: str, limit: int) -> str:
    """Return the description of a node, which must be of a class.

    Raises:
        InputError: it is of another one.
    """
    from kg.query import describe, lookup  # noqa: PLC0415 - a tool loads what it needs

    iri = lookup.lookup(graph.view, node)
    if not graph.view.ask(f"ASK {{ ?node a hx:{kind} }}", {"node": ox.NamedNode(iri)}):
        other = "link" if kind == "Actor" else "actor"
        raise InputError("{node} is no {kind}; use the tool {other}, or find", node=node, kind=kind, other=other)
    table = describe.describe(graph.view, iri, graph.lang)
    return bounded(replace(table, notes=(f"<{iri}>", *table.notes)), limit, graph.lang)
