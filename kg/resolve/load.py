"""What a store or its files say of who is who, read from the graphs; merged or not yet makes no difference.

What evidence says that is retired is no fact any longer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.rdf.sparql import select
from kg.resolve import judgements
from kg.resolve.model import Facts

if TYPE_CHECKING:
    from kg.rdf.sparql import Endpoint
    from kg.resolve.model import Key

_STANDS = "FILTER NOT EXISTS { ?g hx:lastSeen ?day }"
_IDENTIFIERS = f"""SELECT ?s ?number (DATATYPE(?number) AS ?scheme) ?g {{
  GRAPH ?g {{ ?s org:identifier ?number }} FILTER EXISTS {{ GRAPH ?any {{ ?s a hx:Actor }} }} {_STANDS} }}"""
_WHOLES = f"SELECT ?s ?o ?g {{ GRAPH ?g {{ ?s org:unitOf|org:subOrganizationOf ?o }} {_STANDS} }}"

_Wholes = dict[str, dict[str, tuple[str, ...]]]


def read(graph: Endpoint, more: tuple[judgements.Judgement, ...] = ()) -> Facts:
    """The facts of `graph`, with `more` judgements than are in it."""
    known = {judgement.iri: judgement for judgement in (*more, *judgements.read(graph))}
    return Facts(tuple(known[iri] for iri in sorted(known)), _identifiers(graph), _wholes(graph))


def plus(known: Facts, *more: judgements.Judgement) -> Facts:
    """`known` with `more` judgements."""
    return replace(known, judgements=(*known.judgements, *more))


def _identifiers(graph: Endpoint) -> dict[str, dict[Key, tuple[str, ...]]]:
    """The identifiers of each actor with their evidence."""
    found: defaultdict[str, defaultdict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select(graph, _IDENTIFIERS):
        found[row["s"].value][row["scheme"].value, row["number"].value].add(row["g"].value)
    return {
        actor: {key: tuple(sorted(numbers[key])) for key in sorted(numbers)} for actor, numbers in sorted(found.items())
    }


def _wholes(graph: Endpoint) -> _Wholes:
    """What each actor is part of, step by step up, with the evidence of the first step."""
    direct: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select(graph, _WHOLES):
        direct[row["s"].value][row["o"].value].add(row["g"].value)
    found: _Wholes = {}
    for part, above in sorted(direct.items()):
        found[part] = {}
        for whole, evidence in sorted(above.items()):
            queue = [whole]
            while queue:
                reached = queue.pop()
                if reached != part and reached not in found[part]:
                    found[part][reached] = tuple(sorted(evidence))
                    queue.extend(direct.get(reached, ()))
    return found
