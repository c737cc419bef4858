"""What the ontology itself names: the notations of its schemes, the classes under one of ours, and both in Chinese."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.rdf import files as graph_files
from kg.terms import HX, PREFIXES, SCHEME

_IN_SCHEME, _NOTATION = (ox.NamedNode(PREFIXES["skos"] + name) for name in ("inScheme", "notation"))
_BELOW = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_CALLED = (ox.NamedNode(PREFIXES["skos"] + "prefLabel"), ox.NamedNode(PREFIXES["rdfs"] + "label"))


@cache
def _ontology() -> ox.Store:
    terms = ox.Store()
    graph_files.load_all(terms, graph_files.ontology_files())
    return terms


@cache
def notations(scheme: str) -> frozenset[str]:
    """The notations of a scheme of the ontology."""
    members = (quad.subject for quad in _ontology().quads_for_pattern(None, _IN_SCHEME, ox.NamedNode(SCHEME + scheme)))
    found = (quad.object for member in members for quad in _ontology().quads_for_pattern(member, _NOTATION, None))
    return frozenset(term.value for term in found if isinstance(term, ox.Literal))


@cache
def classes(of: str) -> frozenset[str]:
    """The local names of the classes right under one of ours."""
    found = _ontology().quads_for_pattern(None, _BELOW, ox.NamedNode(str(HX[of])))
    return frozenset(
        quad.subject.value.removeprefix(str(HX)) for quad in found if isinstance(quad.subject, ox.NamedNode)
    )


def in_chinese(scheme: str, *names: str) -> str:
    """What concepts of a scheme (or, where it is ``""``, classes) are called, in the order of their notations.

    What the ontology does not know has the name that it was given.
    """
    start = f"{SCHEME}{scheme}/" if scheme else str(HX)
    return "、".join(_chinese().get(start + name, name) for name in sorted(names))


@cache
def _chinese() -> dict[str, str]:
    """The Chinese label of each term, by its IRI."""
    found = {}
    for called in _CALLED:
        for quad in _ontology().quads_for_pattern(None, called, None):
            if isinstance(quad.object, ox.Literal) and quad.object.language == "zh":
                found[str(quad.subject)[1:-1]] = quad.object.value
    return found
