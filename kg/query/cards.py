"""Summaries of links and evidence for display in `kg show`, `kg evidence` and the panels of the map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.network.incidence.load import load_incidence
from kg.query.actor_filter import only
from kg.query.shared import Shared
from kg.terms import PREFIXES, SCHEME
from kg.texts import Text, tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kg.store.view import View


@dataclass(frozen=True, slots=True)
class Seat:
    """The seat of an organisation, in degrees of WGS 84; without coordinates if the place has none."""

    iri: str
    label: Text
    latitude: float | None = None
    longitude: float | None = None


_NO_TEXT = Text()
_PATH = "path"
"""Key of a field's metadata: subject and property of its value in SPARQL, and those that replace a missing value."""


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """The description of one piece of evidence.

    Queries, tables and pages derive their lists of fields from this class (`EVIDENCE_FIELDS`, `EVIDENCE_TEXTS`).

    Attributes:
        iri: the evidence graph.
        source: IRI of the source; for inferred statements, IRI of the rule.
        publisher, title, published, quality: description of the source.
        address: the page of the record if the evidence has one, else the address of the source.
        reading: notation of the reading: sentence, record, address, editorial, inference, or rule.
        start, end: position of the sentence in the plain text (characters, end exclusive).
        digest: ``sha256:<hex>`` of the normalised sentence.
        note: the content in our own words.
        derived_from: IRIs of the evidence that it combines.
    """

    iri: str
    source: str
    publisher: str | None = field(default=None, metadata={_PATH: ("?source dct:publisher",)})
    title: Text = _NO_TEXT
    published: str | None = field(default=None, metadata={_PATH: ("?source hx:publishedAs",)})
    address: str | None = field(default=None, metadata={_PATH: ("?e hx:page", "?source hx:address")})
    quality: str | None = field(default=None, metadata={_PATH: ("?source hx:quality/skos:notation",)})
    reading: str | None = field(default=None, metadata={_PATH: ("?e hx:reading/skos:notation",)})
    start: int | None = field(default=None, metadata={_PATH: ("?e hx:start",)})
    end: int | None = field(default=None, metadata={_PATH: ("?e hx:end",)})
    digest: str | None = field(default=None, metadata={_PATH: ("?e hx:digest",)})
    note: Text = _NO_TEXT
    derived_from: tuple[str, ...] = ()


EVIDENCE_FIELDS = tuple(one.name for one in fields(EvidenceCard) if _PATH in one.metadata)
"""Names of the fields that are queried, in order."""
EVIDENCE_TEXTS = tuple(
    one.name for one in fields(EvidenceCard) if one.name in EVIDENCE_FIELDS and "str" in str(one.type)
)
"""Names of those that are texts."""


@dataclass(frozen=True, slots=True)
class PartyCard:
    """A participation in a link: an actor, or a counted group without names (`actor` is ``None``)."""

    role: str
    actor: str | None
    label: Text
    count: int | None = None
    count_kind: str | None = None
    named: int = 0


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A link with everything that a panel of the map or `kg show` displays.

    Attributes:
        kind, stage: notations of the concepts.
        stated_as: the date in the words of the source.
        start, latest: the first and the last possible day of its beginning, if known.
        named, declared: numbers of named and of declared parties (a lower bound if `is_lower_bound`).
    """

    iri: str
    label: Text
    kind: str
    stage: str | None
    stated_as: str | None
    start: date | None
    description: Text
    parties: tuple[PartyCard, ...]
    named: int
    declared: int
    is_lower_bound: bool
    evidence: tuple[EvidenceCard, ...] = ()
    latest: date | None = None


_PATHS = tuple((one.name, path) for one in fields(EvidenceCard) for path in one.metadata.get(_PATH, ()))
_EVIDENCE = f"""SELECT ?e ?source {" ".join(f"?{name}" for name in EVIDENCE_FIELDS)} {{{{
  VALUES ?e {{{{ {{0}} }}}} {{{{ ?e a hx:Evidence ; hx:source ?source }}}}
  UNION {{{{ ?e a hx:Derivation ; hx:rule ?source BIND("rule" AS ?reading) }}}}
  {" ".join(f"OPTIONAL {{{{ {path} ?{name} }}}}" for name, path in _PATHS)}
  }}}} ORDER BY ?e {" ".join(f"?{name}" for name in EVIDENCE_TEXTS)}"""
_DERIVED = "SELECT ?e ?from {{ VALUES ?e {{ {0} }} ?e prov:wasDerivedFrom ?from }} ORDER BY ?e ?from"
# The path starts at the link, its participations and its counted groups; a UNION would scan all of them. The sub-select
# keeps Oxigraph from a join with all evidence.
_SUPPORT = """SELECT DISTINCT ?link ?g {{ {{ SELECT DISTINCT ?link ?g {{ VALUES ?link {{ {0} }}
  ?link (hx:participation|hx:participation/hx:participant|hx:counts)? ?node .
  GRAPH ?g {{ ?node ?p ?o }} FILTER NOT EXISTS {{ ?node a hx:Actor }} }} }}
  ?g a hx:Evidence }} ORDER BY ?link ?g"""
_PARTIES = """SELECT ?link ?role ?who ?count ?kind (COUNT(DISTINCT ?member) AS ?named) {{ VALUES ?link {{ {0} }}
  {{ ?link hx:participation ?part . ?part hx:participant ?who ; hx:role/skos:notation ?role }}
  UNION {{ ?link hx:counts ?who BIND("counts" AS ?role) }}
  OPTIONAL {{ ?who hx:count ?count ; hx:countKind/skos:notation ?kind }} OPTIONAL {{ ?who hx:namedMember ?member }}
  }} GROUP BY ?link ?role ?who ?count ?kind ORDER BY ?link ?role ?who"""
_TEXTS = """SELECT ?s ?p (MIN(?text) AS ?value) ?lang {{ VALUES ?s {{ {0} }} ?s ?p ?text
  FILTER(?p IN (skos:prefLabel, dct:description, dct:title, rdfs:label)) }} GROUP BY ?s ?p (LANG(?text) AS ?lang)"""
_STATED = "SELECT ?link (MIN(?text) AS ?stated) {{ VALUES ?link {{ {0} }} ?link hx:statedAs ?text }} GROUP BY ?link"


def evidence(view: View, iris: Iterable[str]) -> dict[str, EvidenceCard]:
    """Return cards of those `iris` that are evidence, by IRI; of several texts of one kind the first in order."""
    listed = _listed(iris)
    derived: dict[str, list[str]] = defaultdict(list)
    for row in view.select(_DERIVED.format(listed)):
        derived[row["e"].value].append(row["from"].value)
    rows = list(view.select(_EVIDENCE.format(listed)))
    words = _texts(view, {row[name].value for row in rows for name in ("e", "source")})
    cards: dict[str, EvidenceCard] = {}
    same = Shared()
    for row in rows:
        iri = row["e"].value
        texts = {name: same(_value(row[name])) for name in EVIDENCE_TEXTS}
        start, end = (None if row[name] is None else int(row[name].value) for name in ("start", "end"))
        source = same(row["source"].value)
        title, note = same(words[source, "title"]), same(words[iri, "description"])
        if texts["reading"] == "rule":
            note = words[source, "label"]
        rest = tuple(derived.get(iri, ()))
        card = EvidenceCard(iri, source, title=title, note=note, start=start, end=end, derived_from=rest, **texts)
        cards.setdefault(iri, card)
    return cards


def links(view: View, iris: Sequence[str]) -> dict[str, LinkCard]:
    """Return cards of the links `iris`, by IRI, each with its parties and all evidence about it."""
    listed = _listed(iris)
    support: dict[str, list[str]] = defaultdict(list)
    for row in view.select(_SUPPORT.format(listed)):
        support[row["link"].value].append(row["g"].value)
    cited = evidence(view, {graph for graphs in support.values() for graph in graphs})
    rows_of_parties = list(view.select(_PARTIES.format(listed)))
    texts = _texts(view, {*iris, *(row["who"].value for row in rows_of_parties)})
    parties: dict[str, list[PartyCard]] = defaultdict(list)
    for row in rows_of_parties:
        parties[row["link"].value].append(_party(row, texts))
    stated = {row["link"].value: row["stated"].value for row in view.select(_STATED.format(listed))}
    facts = load_incidence(view).links
    rows = {iri: row for row, iri in enumerate(facts["iri"].to_pylist())}
    return {
        iri: LinkCard(
            iri=iri,
            label=texts[iri, "prefLabel"],
            stated_as=stated.get(iri),
            description=texts[iri, "description"],
            parties=tuple(parties[iri]),
            evidence=tuple(cited[graph] for graph in support[iri]),
            **{name: facts[column][rows[iri]].as_py() for name, column in _FACTS.items()},
        )
        for iri in iris
    }


_FACTS = {
    "kind": "kind",
    "stage": "stage",
    "start": "start_earliest",
    "latest": "start_latest",
    "named": "named",
    "declared": "declared",
    "is_lower_bound": "is_lower_bound",
}


def _party(row: ox.QuerySolution, texts: Mapping[tuple[str, str], Text]) -> PartyCard:
    who, counted = row["who"].value, row["count"] is not None
    return PartyCard(
        role=row["role"].value,
        actor=None if counted else who,
        label=texts[who, "prefLabel"] if texts[who, "prefLabel"] != Text() else texts[who, "description"],
        count=int(row["count"].value) if counted else None,
        count_kind=_value(row["kind"]),
        named=int(row["named"].value),
    )


def _texts(view: View, iris: Iterable[str]) -> dict[tuple[str, str], Text]:
    """Return labels and descriptions by (IRI, local name of the property)."""
    texts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in view.select(_TEXTS.format(_listed(iris))):
        name = row["p"].value.rpartition("/")[2].rpartition("#")[2]
        texts[row["s"].value, name][row["lang"].value] = row["value"].value
    labels: dict[tuple[str, str], Text] = defaultdict(Text)
    labels.update({key: _label(by_language) for key, by_language in texts.items()})
    return labels


def _label(texts: Mapping[str, str]) -> Text:
    """Return the texts by language as one text; a text in another language serves as the English one."""
    known = Text(tags.best(texts, "en"), tags.best(texts, "zh"))
    return known if known != Text() else Text(min(texts.values()))


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str | None:
    return None if term is None or isinstance(term, ox.Triple) else term.value


def _listed(iris: Iterable[str]) -> str:
    """Return the IRIs as rows of a VALUES clause; they are parsed IRIs, so they cannot end the clause."""
    return " ".join(f"<{iri}>" for iri in sorted(set(iris)))


_NAMES = """SELECT DISTINCT ?s ?name (LANG(?name) AS ?lang) ?rank { %s ?s a hx:Organisation .
  { ?s skos:prefLabel ?name BIND(0 AS ?rank) } UNION { ?s skos:altLabel ?name BIND(1 AS ?rank) }
} ORDER BY ?s ?rank ?lang ?name"""
_TERMS = """SELECT ?term ?en ?zh {
  { ?term a skos:Concept ; skos:prefLabel ?en, ?zh }
  UNION { ?term rdfs:subClassOf ?actor ; rdfs:label ?en, ?zh FILTER(?actor IN (hx:Actor, hx:Organisation)) }
  FILTER(LANG(?en) = "en" && LANG(?zh) = "zh") } ORDER BY ?term"""


def names(view: View, actors: Sequence[str] = ()) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the names of organisations, at least of `actors`, as (language tag, text), preferred names first."""
    by_iri: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in view.select(_NAMES % only(actors)):
        by_iri[row["s"].value].append((row["lang"].value, row["name"].value))
    return {iri: tuple(texts) for iri, texts in by_iri.items()}


_SHORT_NAMES = """SELECT DISTINCT ?s ?name (LANG(?name) AS ?lang) { ?s hx:shortName ?name } ORDER BY ?s ?lang ?name"""


def short_names(view: View) -> dict[str, Text]:
    """Return the short name of each organisation that has one, by its IRI; a language without one is missing."""
    by_iri: dict[str, dict[str, str]] = defaultdict(dict)
    for row in view.select(_SHORT_NAMES):
        by_iri[row["s"].value].setdefault(row["lang"].value, row["name"].value)
    return {iri: Text(texts.get("en"), texts.get("zh")) for iri, texts in by_iri.items()}


_UNITS = """SELECT DISTINCT ?host ?unit ?name (LANG(?name) AS ?lang) {
  ?unit org:unitOf ?host ; skos:prefLabel ?name } ORDER BY ?host ?unit ?lang ?name"""
_SEATS = """SELECT ?s ?at ?lang (MIN(?name) AS ?text) (MIN(?y) AS ?lat) (MIN(?x) AS ?long) {
  %s ?s a hx:Organisation { ?s hx:seat ?at } UNION { ?record hx:countsAs ?s ; hx:seat ?at } ?at skos:prefLabel ?name
  OPTIONAL { ?at hx:latitude ?y ; hx:longitude ?x } } GROUP BY ?s ?at (LANG(?name) AS ?lang) ORDER BY ?s ?at ?lang"""


def seats(view: View, actors: Sequence[str] = ()) -> dict[str, Seat]:
    """Return the seats of organisations and records of them, at least of `actors`: the first with coordinates."""
    places_of: dict[str, dict[str, tuple[dict[str, str], list[float]]]] = defaultdict(dict)
    for row in view.select(_SEATS % only(actors)):
        names, coordinates = places_of[row["s"].value].setdefault(row["at"].value, ({}, []))
        names[row["lang"].value] = row["text"].value
        coordinates[:] = [] if row["lat"] is None else [float(row["lat"].value), float(row["long"].value)]
    chosen = {s: min(places.items(), key=lambda one: (not one[1][1], one[0])) for s, places in places_of.items()}
    return {s: Seat(iri, _label(names), *coordinates) for s, (iri, (names, coordinates)) in chosen.items()}


def units(view: View) -> dict[str, tuple[Text, ...]]:
    """Return the names of the units of each host, by IRI of the host."""
    units_of: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in view.select(_UNITS):
        units_of[row["host"].value][row["unit"].value][row["lang"].value] = row["name"].value
    return {host: tuple(_label(texts) for texts in inner.values()) for host, inner in units_of.items()}


def terms(view: View) -> dict[str, Text]:
    """Return the labels of concepts, as ``role/party``, and of classes of actors, as ``class/University``."""
    labels = {row["term"].value: Text(row["en"].value, row["zh"].value) for row in view.select(_TERMS)}
    return {iri.removeprefix(SCHEME).replace(PREFIXES["hx"], "class/"): label for iri, label in labels.items()}
