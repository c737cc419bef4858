"""One node with everything that is stated of it, each statement with its evidence."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError
from kg.model import Table
from kg.terms import expand, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Cell
    from kg.sparql import Term
    from kg.view import View

COLUMNS = ("property", "value", "label", "evidence")

_LABEL = """OPTIONAL {{ ?{0} skos:prefLabel ?mine FILTER(LANG(?mine) = ?lang) }}
  OPTIONAL {{ ?{0} skos:prefLabel|rdfs:label ?other FILTER(LANG(?other) IN ("en", "zh")) }}"""
_ANSWER = '(MIN(COALESCE(?mine, ?other)) AS ?label) (GROUP_CONCAT(DISTINCT STR(?g); separator=" ") AS ?evidence)'

_STATED = f"""SELECT ?p ?value {_ANSWER} {{ GRAPH ?g {{ ?node ?p ?value }} ?g a hx:Evidence
  FILTER(?p != hx:participation) {_LABEL.format("value")} }} GROUP BY ?p ?value ORDER BY ?p ?value"""
_UNITS = f"""SELECT ?value {_ANSWER} {{ GRAPH ?g {{ ?value org:unitOf ?node }} {_LABEL.format("value")} }}
  GROUP BY ?value ORDER BY ?value"""
_LINKS = f"""SELECT ?role ?value {_ANSWER} {{ GRAPH ?g {{ ?part hx:participant ?node ; hx:role ?concept }}
  ?concept skos:notation ?role . ?value hx:participation ?part {_LABEL.format("value")} }}
  GROUP BY ?role ?value ORDER BY ?role ?value"""
_ABOUT = f"""SELECT ?value {_ANSWER} {{ GRAPH ?g {{ ?value hx:about ?node }} {_LABEL.format("value")} }}
  GROUP BY ?value ORDER BY ?value"""
_PARTIES = f"""SELECT ?role ?value {_ANSWER} {{ GRAPH ?g {{ ?part hx:participant ?value ; hx:role ?concept }}
  ?concept skos:notation ?role . ?node hx:participation ?part {_LABEL.format("value")} }}
  GROUP BY ?role ?value ORDER BY ?role ?value"""
_NAMED = "SELECT DISTINCT ?s ?name { ?s a hx:Actor ; skos:prefLabel|skos:altLabel ?name } ORDER BY ?s ?name"


def find(view: View, text: str) -> str:
    """The IRI of the node that `text` means: an IRI, a key such as ``huawei``, or a name of exactly one actor.

    Raises:
        InputError: there is none, or several; names the nearest.
    """
    try:
        node = ox.NamedNode(expand(text))
    except ValueError:
        node = None
    if node is not None and view.ask("ASK { GRAPH ?g { ?node ?p ?o } }", {"node": node}):
        return node.value
    names: dict[str, set[str]] = {}
    for row in view.select(_NAMED):
        names.setdefault(row["name"].value.casefold(), set()).add(row["s"].value)
    found = sorted(names.get(text.casefold(), ()))
    if len(found) == 1:
        return found[0]
    if found:
        keys = " and ".join(shorten(iri) for iri in found)
        raise InputError(f"{text!r} is a name of {keys}; say which")
    keys_of = {iri.rpartition("/")[2]: iri for iris in names.values() for iri in iris}
    near = dict.fromkeys(
        shorten(iri)
        for word in get_close_matches(text.casefold(), [*names, *keys_of], n=5, cutoff=0.5)
        for iri in sorted(names.get(word, {keys_of.get(word, "")}))
    )
    hint = f"the nearest are {', '.join(near)}" if near else "kg query --help tells how to look around"
    raise InputError(f"there is no actor {text!r} in this store; {hint}")


def show(view: View, node: str, lang: str) -> Table:
    """Everything that is stated of `node`, and for an actor its units and links: a row a statement.

    Returns:
        Table: `property`, `value`, `label` of the value, and `evidence` (IRIs, separated by spaces).
    """
    bindings: dict[str, Term] = {"node": ox.NamedNode(node), "lang": ox.Literal(lang)}

    def rows(query: str, name: str | None = None) -> Iterator[tuple[Cell, ...]]:
        for row in view.select(query, bindings):
            prop = name.format(role=row["role"].value if "{role}" in name else "") if name else shorten(row["p"].value)
            value, label = row["value"], row["label"]
            yield (
                prop,
                value.value,
                None if label is None else label.value,
                " ".join(sorted(row["evidence"].value.split())),
            )

    return Table(
        COLUMNS,
        (
            *rows(_STATED),
            *rows(_PARTIES, "party ({role})"),
            *rows(_UNITS, "unit"),
            *rows(_LINKS, "link ({role})"),
            *rows(_ABOUT, "link (about)"),
        ),
    )
