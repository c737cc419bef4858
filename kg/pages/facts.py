"""Statements with their evidence and cards of links, read for all nodes in one pass."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.network.incidence.load import load_incidence
from kg.query import cards
from kg.query.shared import Shared
from kg.terms import PREFIXES, TYPE
from kg.texts import Text, tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.network.incidence.tables import Incidence
    from kg.query.cards import EvidenceCard, LinkCard
    from kg.store.view import View

NAME, ALIAS = PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel"
TITLE, DESCRIPTION = PREFIXES["dct"] + "title", PREFIXES["dct"] + "description"

_STATED = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } ?g a hx:Evidence }"
_DESCRIBED = "SELECT ?s ?p ?o { { ?s a hx:Source } UNION { ?s a dcat:Dataset ; hx:inDefaultLens ?any } ?s ?p ?o }"
_COUNTS_AS = "SELECT DISTINCT ?s ?o { ?s hx:countsAs ?o }"
_WORDS = """SELECT ?s ?label { ?s rdfs:label|skos:prefLabel ?label
  FILTER(STRSTARTS(STR(?s), "https://w3id.org/helix-kg/ontology#") || STRSTARTS(STR(?s), STR(sch:))) }"""


class Statement(NamedTuple):
    """A statement about a node.

    Attributes:
        predicate: IRI of the property.
        value: the value.
        evidence: IRIs of the pieces of evidence, sorted.
    """

    predicate: str
    value: ox.NamedNode | ox.Literal
    evidence: tuple[str, ...]


class Pointer(NamedTuple):
    """A statement whose value is the node: its subject, its property and its evidence."""

    subject: str
    predicate: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """The statements about some nodes, and everything that pages of these nodes display.

    Attributes:
        about: the statements about each node, sorted.
        pointing: the statements that point to each node, sorted.
        described: statements about sources and collections, which are not in evidence.
        counts_as: the actor as which each merged actor counts.
        words: the labels of properties, classes and concepts by IRI.
        incidence: the participation tables.
        links: the cards of links.
        evidence: the cards of evidence.
    """

    about: Mapping[str, tuple[Statement, ...]]
    pointing: Mapping[str, tuple[Pointer, ...]]
    described: Mapping[str, tuple[Statement, ...]]
    counts_as: Mapping[str, str]
    words: Mapping[str, Text]
    incidence: Incidence
    links: Mapping[str, LinkCard]
    evidence: Mapping[str, EvidenceCard] = field(default_factory=dict)

    def values(self, node: str, *predicates: str) -> Iterator[Statement]:
        """Yield the statements about `node` with one of the properties."""
        return (
            one for one in (*self.about.get(node, ()), *self.described.get(node, ())) if one.predicate in predicates
        )

    def label(self, node: str) -> Text:
        """Return the name of a node: its own, that of its concept, else none."""
        known = self._labels.get(node)
        if known is None:
            known = self._labels[node] = self._label(node)
        return known

    def _label(self, node: str) -> Text:
        if node in self.words:
            return self.words[node]
        texts: dict[str, str] = {}
        for one in self.values(node, NAME, TITLE):
            if isinstance(one.value, ox.Literal):
                texts.setdefault(one.value.language or "", one.value.value)
        return text_of(texts)

    @cached_property
    def _labels(self) -> dict[str, Text]:
        return {}

    def classes(self, node: str) -> frozenset[str]:
        """Return the local names of the classes of a node."""
        start = PREFIXES["hx"]
        return frozenset(
            one.value.value.removeprefix(start)
            for one in self.values(node, TYPE)
            if isinstance(one.value, ox.NamedNode) and one.value.value.startswith(start)
        )

    @cached_property
    def merged(self) -> Mapping[str, tuple[str, ...]]:
        """The actors that count as each actor."""
        others: dict[str, list[str]] = defaultdict(list)
        for other, first in self.counts_as.items():
            others[first].append(other)
        return {first: tuple(sorted(listed)) for first, listed in others.items()}

    @cached_property
    def actor_rows(self) -> Mapping[str, int]:
        """The row of each organisation in the participation tables."""
        return {iri: row for row, iri in enumerate(self.incidence.actors["iri"].to_pylist())}

    @cached_property
    def link_rows(self) -> Mapping[str, int]:
        """The row of each link in the participation tables."""
        return {iri: row for row, iri in enumerate(self.incidence.links["iri"].to_pylist())}


def text_of(texts: Mapping[str, str]) -> Text:
    """Return names by language as one text; a name in another language serves as the English one."""
    known = Text(tags.best(texts, "en"), tags.best(texts, "zh"))
    return known if known != Text() or not texts else Text(texts[min(texts)])


def read(view: View) -> Facts:
    """Return the facts about all nodes of a view."""
    incidence = load_incidence(view)
    about = _by_subject(view.select(_STATED))
    iris = incidence.links["iri"].to_pylist()
    links: dict[str, LinkCard] = {}
    for start in range(0, len(iris), _AT_A_TIME):
        links |= cards.links(view, iris[start : start + _AT_A_TIME])
    known = {piece.iri: piece for card in links.values() for piece in card.evidence}
    cited = {graph for several in about.values() for one in several for graph in one.evidence}
    return Facts(
        about=about,
        pointing=_pointing(about),
        described=_by_subject(view.select(_DESCRIBED)),
        counts_as={row["s"].value: row["o"].value for row in view.select(_COUNTS_AS)},
        words=_words(view),
        incidence=incidence,
        links=links,
        evidence=known | cards.evidence(view, cited - known.keys()),
    )


_AT_A_TIME = 1000
"""Links whose rows are in memory at a time; a card takes less than its rows."""


def _by_subject(rows: Iterable[ox.QuerySolution]) -> dict[str, tuple[Statement, ...]]:
    """Return statements by subject. Equal texts, values and evidence are one object each: there are few of them."""
    same: Shared = Shared()
    found: dict[str, list[tuple[str, ox.NamedNode | ox.Literal, str | None]]] = defaultdict(list)
    for row in rows:
        value = row["o"]
        if isinstance(value, ox.NamedNode | ox.Literal):
            graph = same(row["g"].value) if len(row) > _TRIPLE else None
            found[same(row["s"].value)].append((same(row["p"].value), same(value), graph))
    return {subject: _stated(found.pop(subject), same) for subject in tuple(found)}


def _stated(rows: Iterable[tuple[str, ox.NamedNode | ox.Literal, str | None]], same: Shared) -> tuple[Statement, ...]:
    """Return the statements about one subject, each once with its evidence, in order."""
    evidence: dict[tuple[str, ox.NamedNode | ox.Literal], set[str]] = defaultdict(set)
    for predicate, value, graph in rows:
        evidence[predicate, value].update(() if graph is None else (graph,))
    stated = (Statement(*key, same(tuple(sorted(graphs)))) for key, graphs in evidence.items())
    return tuple(sorted(stated, key=_order))


_TRIPLE = 3


def _order(one: Statement) -> tuple[str, str, str]:
    language = one.value.language or "" if isinstance(one.value, ox.Literal) else ""
    return one.predicate, language, one.value.value


def _pointing(about: Mapping[str, tuple[Statement, ...]]) -> dict[str, tuple[Pointer, ...]]:
    same: Shared = Shared()
    found: dict[str, list[Pointer]] = defaultdict(list)
    for subject in sorted(about):
        for one in about[subject]:
            if isinstance(one.value, ox.NamedNode) and one.predicate != TYPE:
                found[same(one.value.value)].append(Pointer(subject, one.predicate, one.evidence))
    return {node: tuple(several) for node, several in found.items()}


def _words(view: View) -> dict[str, Text]:
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in view.select(_WORDS):
        texts[row["s"].value].setdefault(row["label"].language or "", row["label"].value)
    return {iri: text_of(by_language) for iri, by_language in texts.items()}
