"""The vocabulary: classes, properties and concepts with their definitions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import pyoxigraph as ox

from kg.pages.address import path
from kg.pages.words import WORDS
from kg.terms import ONTOLOGY_GRAPH, PREFIXES, SCHEME, shorten
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.store.view import View

_HX, _SKOS, _RDFS = (PREFIXES[name] for name in ("hx", "skos", "rdfs"))
_LABELS, _DEFINITION, _SCHEME = (_RDFS + "label", _SKOS + "prefLabel"), _SKOS + "definition", _SKOS + "inScheme"
_DESCRIPTION, _TYPE, _TITLE = (PREFIXES["dct"] + "description", PREFIXES["rdf"] + "type", PREFIXES["dct"] + "title")
_OWL = "http://www.w3.org/2002/07/owl#"
_STATED = f"""SELECT ?s ?p ?o {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o
  FILTER(STRSTARTS(STR(?s), STR(hx:)) || STRSTARTS(STR(?s), STR(sch:))) }} }}"""
_KINDS = {
    _OWL + "Class": "classes",
    _OWL + "ObjectProperty": "propertyTerms",
    _OWL + "DatatypeProperty": "propertyTerms",
    _RDFS + "Datatype": "identifierTypes",
}


class Term(NamedTuple):
    """A term: its IRI, its code, its name, its definition, and the key or the IRI of its group."""

    iri: str
    code: str
    label: Text
    definition: Text
    group: str

    @property
    def anchor(self) -> str:
        """Fragment of the term in the page: that of the IRI of a class or a property."""
        return self.iri.removeprefix(_HX).removeprefix(SCHEME)


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """Terms by group, each with its anchor; the page of one scheme or of one concept has only these."""

    path: str
    title: Text
    groups: tuple[tuple[Text, tuple[Term, ...]], ...]
    template: ClassVar[str] = "vocabulary.html"


def terms(view: View) -> Mapping[str, Term]:
    """Return the terms of the ontology of a view by IRI: classes, properties, then concepts by scheme."""
    stated: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for row in view.select(_STATED):
        if isinstance(row["o"], ox.NamedNode | ox.Literal):
            stated[row["s"].value][row["p"].value].append(row["o"])
    found = [
        Term(iri, shorten(iri), _text(about, *_LABELS, _TITLE), _text(about, _DEFINITION, _DESCRIPTION), group)
        for iri, about in stated.items()
        if (group := _group(about))
    ]
    order = list(dict.fromkeys(_KINDS.values()))
    found.sort(key=lambda one: (order.index(one.group) if one.group in order else len(order), one.group, one.iri))
    return {one.iri: one for one in found}


def _group(about: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> str:
    schemes = [one.value for one in about.get(_SCHEME, ())]
    kinds = (_KINDS.get(one.value) for one in about.get(_TYPE, ()))
    return schemes[0] if schemes else next(filter(None, kinds), "")


def _text(about: Mapping[str, list[ox.NamedNode | ox.Literal]], *predicates: str) -> Text:
    """Return the first text of the properties in each language."""
    own: dict[str, str] = {}
    for one in (value for predicate in predicates for value in about.get(predicate, ())):
        if isinstance(one, ox.Literal):
            own.setdefault((one.language or "en")[:2], one.value)
    return Text(own.get("en"), own.get("zh"))


def page(known: Mapping[str, Term], names: Mapping[str, Text]) -> VocabularyPage:
    """Return the page of all terms; `names` are the names of schemes by IRI."""
    return VocabularyPage("vocabulary", WORDS["vocabulary"], tuple(_grouped(known, names)))


def part(known: Mapping[str, Term], names: Mapping[str, Text], iri: str) -> VocabularyPage:
    """Return the page of a scheme or a concept."""
    own = {name: one for name, one in known.items() if iri in {name, one.group}}
    title = known[iri].label if iri in known else _name(names, iri)
    return VocabularyPage(path(iri), title, tuple(_grouped(own, names)))


def _grouped(known: Mapping[str, Term], names: Mapping[str, Text]) -> Iterator[tuple[Text, tuple[Term, ...]]]:
    groups: dict[str, list[Term]] = defaultdict(list)
    for one in known.values():
        groups[one.group].append(one)
    for group, several in groups.items():
        yield WORDS[group] if group in WORDS else _name(names, group), tuple(several)


def _name(names: Mapping[str, Text], scheme: str) -> Text:
    return names.get(scheme) or Text(shorten(scheme), shorten(scheme))
