"""Lookup in the ontology: notations of its schemes, subclasses of our classes, and their Chinese labels."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.rdf import files as graph_files
from kg.terms import HX, PREFIXES, SCHEME
from kg.texts import Text

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
    """Return the notations of a scheme of the ontology."""
    members = (quad.subject for quad in _ontology().quads_for_pattern(None, _IN_SCHEME, ox.NamedNode(SCHEME + scheme)))
    values = (quad.object for member in members for quad in _ontology().quads_for_pattern(member, _NOTATION, None))
    return frozenset(term.value for term in values if isinstance(term, ox.Literal))


@cache
def classes(of: str) -> frozenset[str]:
    """Return the local names of the direct subclasses of one of our classes."""
    values = _ontology().quads_for_pattern(None, _BELOW, ox.NamedNode(str(getattr(HX, of))))
    return frozenset(
        quad.subject.value.removeprefix(PREFIXES["hx"]) for quad in values if isinstance(quad.subject, ox.NamedNode)
    )


class Concept(Text):
    """A concept of a scheme: its notation in English, its label in Chinese, which is looked up when it is read.

    Args:
        scheme: the local name of the scheme, such as "sector"; ``""`` for a class of the ontology.
        notation: the notation; an unknown one is its own label.
    """

    __slots__ = ("notation", "scheme")
    scheme: str
    notation: str

    def __init__(self, scheme: str, notation: str) -> None:
        """Keep the notation; nothing is looked up."""
        object.__setattr__(self, "scheme", scheme)
        object.__setattr__(self, "notation", notation)

    @property
    def en(self) -> str:
        """The notation."""
        return self.notation

    @property
    def zh(self) -> str:
        """The Chinese label."""
        start = f"{SCHEME}{self.scheme}/" if self.scheme else PREFIXES["hx"]
        return _labels("zh").get(start + self.notation, self.notation)

    def __reduce__(self) -> tuple[object, ...]:
        """Return the parts of which `pickle` makes the concept again."""
        return Concept, (self.scheme, self.notation)


def label(scheme: str, notation: str, lang: str) -> str:
    """Return the label of a concept in a language, otherwise in English; an unknown notation is returned unchanged."""
    concept = ox.NamedNode(f"{SCHEME}{scheme}/{notation}")
    values = [quad.object for quad in _ontology().quads_for_pattern(concept, _CALLED[0], None)]
    by_language = {value.language: value.value for value in values if isinstance(value, ox.Literal)}
    return by_language.get(lang[:2]) or by_language.get("en") or notation


@cache
def words(lang: str) -> dict[str, str]:
    """Return the label in `lang` of each notation of a scheme and of each class of ours, by its local name."""
    found = {}
    for quad in _ontology().quads_for_pattern(None, _NOTATION, None):
        if isinstance(quad.object, ox.Literal) and (word := _labels(lang).get(str(quad.subject)[1:-1])):
            found[quad.object.value] = word
    hx = PREFIXES["hx"]
    classes = {iri.removeprefix(hx): word for iri, word in _labels(lang).items() if iri.startswith(hx)}
    return {**found, **{name: word for name, word in classes.items() if name[:1].isupper()}}


@cache
def _labels(lang: str) -> dict[str, str]:
    """Return the label of each term in a language, by its IRI."""
    values = {}
    for called in _CALLED:
        for quad in _ontology().quads_for_pattern(None, called, None):
            if isinstance(quad.object, ox.Literal) and quad.object.language == lang:
                values[str(quad.subject)[1:-1]] = quad.object.value
    return values
