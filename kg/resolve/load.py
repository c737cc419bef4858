"""Facts about the identity of actors, read from the graphs of a store or of files, merged or not.

Retired evidence is ignored.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf.sparql import select
from kg.resolve import judgements
from kg.resolve.model import Facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rdf.sparql import Endpoint
    from kg.resolve.model import Key

_CURRENT = "FILTER NOT EXISTS { ?g hx:lastSeen ?day }"
_IDENTIFIERS = f"""SELECT ?s ?number (DATATYPE(?number) AS ?scheme) ?g {{ %s
  GRAPH ?g {{ ?s org:identifier ?number }} FILTER EXISTS {{ GRAPH ?any {{ ?s a hx:Actor }} }} {_CURRENT} }}"""
_WHOLES = f"SELECT ?s ?o ?g {{ %s GRAPH ?g {{ ?s org:unitOf|org:subOrganizationOf ?o }} {_CURRENT} }}"

_Direct = dict[str, dict[str, set[str]]]
_Wholes = dict[str, dict[str, tuple[str, ...]]]


def read(graph: Endpoint, more: tuple[judgements.Judgement, ...] = ()) -> Facts:
    """Return the facts in `graph`, with `more` judgements."""
    known = {judgement.iri: judgement for judgement in (*more, *judgements.read(graph))}
    return Facts(tuple(known[iri] for iri in sorted(known)), _identifiers(graph), _wholes(_direct(graph)))


def read_of(graph: Endpoint, actors: Iterable[str]) -> Facts:
    """Return the facts in `graph` about `actors` (IRIs): their identifiers, and the judgements on two of them."""
    chosen = sorted(set(actors))
    above: _Direct = {}
    new = set(chosen)
    while new:
        above |= (found := _direct(graph, _only(new)))
        new = {whole for wholes in found.values() for whole in wholes} - above.keys()
    return Facts(judgements.read(graph, chosen), _identifiers(graph, _only(chosen)), _wholes(above))


def _only(actors: Iterable[str]) -> str:
    """Return the values that limit a query to `actors`."""
    return f"VALUES ?s {{ {' '.join(str(ox.NamedNode(iri)) for iri in sorted(actors))} }}"


def plus(known: Facts, *more: judgements.Judgement) -> Facts:
    """Return `known` with `more` judgements."""
    return replace(known, judgements=(*known.judgements, *more))


def _identifiers(graph: Endpoint, only: str = "") -> dict[str, dict[Key, tuple[str, ...]]]:
    """Return the identifiers of each actor with their evidence; `only` limits the actors."""
    values: defaultdict[str, defaultdict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select(graph, _IDENTIFIERS % only):
        values[row["s"].value][row["scheme"].value, row["number"].value].add(row["g"].value)
    return {
        actor: {key: tuple(sorted(numbers[key])) for key in sorted(numbers)}
        for actor, numbers in sorted(values.items())
    }


def _direct(graph: Endpoint, only: str = "") -> _Direct:
    """Return of what each actor is directly a part, with the evidence; `only` limits the actors."""
    direct: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select(graph, _WHOLES % only):
        direct[row["s"].value][row["o"].value].add(row["g"].value)
    return {part: dict(above) for part, above in direct.items()}


def _wholes(direct: _Direct) -> _Wholes:
    """Return everything of which each actor is a part, with the evidence of the first step."""
    wholes: _Wholes = {}
    for part, above in sorted(direct.items()):
        wholes[part] = {}
        for whole, evidence in sorted(above.items()):
            queue = [whole]
            while queue:
                reached = queue.pop()
                if reached != part and reached not in wholes[part]:
                    wholes[part][reached] = tuple(sorted(evidence))
                    queue.extend(direct.get(reached, ()))
    return wholes
