"""The named graphs of a server that belong to its present state, as conditions of SPARQL on `?g`.

A load writes graphs that are not part of the state yet: staging graphs, whose IRIs begin with `NAME`, and **pending**
graphs, which have their final IRIs. A pending graph becomes part of the state when the default graph describes it.
"""

from __future__ import annotations

from kg.terms import BASE, DERIVED, EVIDENCE, HX

NAME = BASE + "staging"
"""Graph of the marker, and prefix of the IRIs of all staging graphs."""

PREFIXES = (EVIDENCE, DERIVED)
"""Prefixes of the IRIs of graphs that can be pending."""

DESCRIBED = f"SELECT ?g {{ ?g a ?class FILTER(?class IN (<{HX.Evidence}>, <{HX.Derivation}>)) }}"
"""The graphs that the default graph describes."""

_DESCRIBED_HERE = f"EXISTS {{ ?g a <{HX.Evidence}> }} || EXISTS {{ ?g a <{HX.Derivation}> }}"

PENDING = "(" + " || ".join(f'STRSTARTS(STR(?g), "{one}")' for one in PREFIXES) + f") && !({_DESCRIBED_HERE})"
"""Condition of the graphs that a load has written under their final IRIs."""

VISIBLE = f'!STRSTARTS(STR(?g), "{NAME}") && !({PENDING})'
"""Condition of the graphs of the present state."""


def statements(condition: str) -> str:
    """Return the pattern of the statements in the graphs that fulfil `condition`, which is computed once a graph."""
    return f"{{ SELECT ?g {{ GRAPH ?g {{ }} FILTER({condition}) }} }} GRAPH ?g {{ ?s ?p ?o }}"
