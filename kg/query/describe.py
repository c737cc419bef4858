"""The description of a node: every statement about it, with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model import Table, Text
from kg.terms import PREFIXES, shorten
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Cell
    from kg.store.view import View

COLUMNS = ("property", "value", "label", "evidence")

_LABEL = """OPTIONAL {{ ?{0} skos:prefLabel|rdfs:label|hx:post/skos:prefLabel ?text }}
  BIND(IF(LANGMATCHES(LANG(?text), "zh-Latn"), "2", IF(LANGMATCHES(LANG(?text), ?lang), "0",
    IF(LANG(?text) IN ("en", "zh"), "1", "2"))) AS ?order)"""
"""A text of a value behind its place in the order of preference; the smallest one is the label.

One pattern takes a third of the time of one for each preference, whose solutions would multiply.
"""
_NODES = "VALUES ?node { NODES }"
"""The nodes that a query describes: one query for all takes half the time of one for each."""
_ANSWER = '(MIN(CONCAT(?order, STR(?text))) AS ?label) (GROUP_CONCAT(DISTINCT STR(?g); separator=" ") AS ?evidence)'

_REPEATED = """{ ?node ?p ?repeated FILTER(LANG(?repeated) = ?lang) }
    UNION { ?node hx:seat ?at FILTER(?p IN (hx:city, hx:region, hx:placeName)) }"""
"""Statements that repeat a text of the other language: one in this language, or a place."""

_STATED = f"""SELECT ?p (MIN(COALESCE(?own, "")) AS ?word) ?value {_ANSWER} ?node {{ {_NODES}
  GRAPH ?g {{ ?node ?p ?value }} ?g a hx:Evidence
  FILTER(?p != hx:participation && ?value NOT IN (hx:Actor, hx:Organisation, hx:Link))
  FILTER(LANG(?value) != ?foreign || ?p IN (skos:prefLabel, skos:altLabel) || NOT EXISTS {{ {_REPEATED} }})
  {_LABEL.format("value")}
  BIND(IF(?p = org:identifier, DATATYPE(?value), ?p) AS ?called)
  OPTIONAL {{ ?called rdfs:label ?own FILTER(LANG(?own) = ?lang) }} }}
  GROUP BY ?p ?value ?node"""
_LINKS = f"""SELECT ?role ?value {_ANSWER} ?node {{ {_NODES}
  GRAPH ?g {{ ?part hx:participant ?node ; hx:role ?concept }}
  ?concept skos:prefLabel ?role FILTER(LANG(?role) = ?lang) ?value hx:participation ?part {_LABEL.format("value")} }}
  GROUP BY ?role ?value ?node"""
_POINTING = f"""SELECT ?p (MIN(COALESCE(?own, "")) AS ?word) ?value {_ANSWER} ?node {{ {_NODES}
  GRAPH ?g {{ ?value ?p ?node }} ?g a hx:Evidence
  FILTER(?p NOT IN (hx:participation, hx:participant)) {_LABEL.format("value")}
  OPTIONAL {{ ?p rdfs:label ?own FILTER(LANG(?own) = ?lang) }} }}
  GROUP BY ?p ?value ?node"""
_PARTIES = f"""SELECT ?role ?value {_ANSWER} ?node {{ {_NODES}
  GRAPH ?g {{ ?part hx:participant ?value ; hx:role ?concept }}
  ?concept skos:prefLabel ?role FILTER(LANG(?role) = ?lang) ?node hx:participation ?part {_LABEL.format("value")} }}
  GROUP BY ?role ?value ?node"""

_SAME_AS = """SELECT DISTINCT ?other { ?node hx:countsAs? ?first . ?other hx:countsAs? ?first
  FILTER(?other != ?node && NOT EXISTS { ?first hx:countsAs ?more }) } ORDER BY ?other"""

LABELS = {
    "rdf:type": Message("kind"),
    "skos:prefLabel": Message("name"),
    "skos:altLabel": Message("other name"),
    "org:unitOf": Message("host"),
    "org:subOrganizationOf": Message("part of"),
    "org:member": Message("person"),
    "org:organization": Message("organisation"),
    "org:identifier": Message("identifier"),
    "org:classification": Message("category"),
    "dct:description": Message("description"),
    "dct:title": Message("title"),
    "dct:isPartOf": Message("collection"),
    "dct:language": Message("language"),
    "dct:publisher": Message("publisher"),
    "dct:issued": Message("issued"),
    "dct:date": Message("date"),
    "dct:license": Message("licence"),
    "dct:rights": Message("rights"),
    "dct:bibliographicCitation": Message("citation"),
    "dct:source": Message("source"),
    "dct:spatial": Message("place"),
    "dct:temporal": Message("period"),
    "dct:format": Message("format"),
    "dct:creator": Message("recorded by"),
    "skos:inScheme": Message("list"),
    "skos:notation": Message("code"),
    "skos:scopeNote": Message("scope note"),
    "skos:broader": Message("broader term"),
    "skos:definition": Message("definition"),
    "org:originalOrganization": Message("former organisation"),
    "org:resultingOrganization": Message("new organisation"),
    "prov:wasDerivedFrom": Message("source"),
    "rdfs:label": Message("name"),
    "rdfs:seeAlso": Message("see also"),
}
"""Labels of properties from other vocabularies; our own properties have labels in the ontology."""

POINTING_LABELS = {
    "org:unitOf": Message("unit"),
    "org:subOrganizationOf": Message("body under it"),
    "org:member": Message("office held"),
    "org:postIn": Message("post in it"),
    "org:organization": Message("office in it"),
    "hx:commonParty": Message("common party of"),
    "hx:about": Message("link about it"),
    "hx:atEvent": Message("link made there"),
    "hx:underPlan": Message("link under it"),
    "hx:issuer": Message("plan issued"),
    "hx:plan": Message("claim on it"),
    "hx:claimAbout": Message("claim about it"),
    "hx:namedMember": Message("named in"),
}
"""Labels of statements that point to the node."""

_NAME = f"{PREFIXES['skos']}prefLabel"

_SAME = Message("same as")


def describe(view: View, node: str, lang: str) -> Table:
    """Return every statement about `node`, and for an actor its units and links: one row per statement.

    Actors that count as the same follow: first the chain of reasons, then their statements, with their key behind the
    property.

    Returns:
        Table: `property`, `value`, `label` of the value, and `evidence` (IRIs, separated by spaces).
    """
    others = [row["other"].value for row in view.select(_SAME_AS, {"node": ox.NamedNode(node)})]
    about = _about(view, (node, *others), lang)
    rows = about[node]
    if others:
        from kg import resolve  # noqa: PLC0415 - takes 10 ms, and few actors have another description
        from kg.resolve import explain  # noqa: PLC0415

        clusters = resolve.identity_of(view.graph, (node, *others))
        for other in others:
            chain = clusters.chain(node, other)
            reasons = explain.steps(chain).localise(lang)
            rows.append((_SAME.localise(lang), other, reasons, explain.evidence(chain)))
        for other in others:
            rows += [(f"{row[0]} | {shorten(other)}", *row[1:]) for row in about[other]]
    return Table(COLUMNS, tuple(rows))


def _about(view: View, nodes: Sequence[str], lang: str) -> dict[str, list[tuple[Cell, ...]]]:
    """Return the statements about each of `nodes` alone."""
    named = " ".join(str(ox.NamedNode(node)) for node in nodes)
    language, foreign = ox.Literal(lang), ox.Literal("en" if lang == "zh" else "zh")
    rows: dict[str, list[tuple[Cell, ...]]] = {node: [] for node in nodes}
    for query, word in ((_STATED, _stated), (_PARTIES, _party), (_POINTING, _pointing), (_LINKS, _link)):
        values = {"lang": language, "foreign": foreign} if "?foreign" in query else {"lang": language}
        for row in sorted(view.select(query.replace("NODES", named), values), key=_position):
            label = row["label"]
            evidence = " ".join(sorted(row["evidence"].value.split()))
            cells = word(row, lang), row["value"].value, None if label is None else label.value[1:], evidence
            rows[row["node"].value].append(cells)
    return rows


def _position(row: ox.QuerySolution) -> tuple[bool, str, str, str]:
    """Return the place of a row: names first, then by property or role, language and value.

    ORDER BY would double the time of a query.
    """
    term, value = row[0].value, row["value"]
    return term != _NAME, term, getattr(value, "language", None) or "", value.value


def _stated(row: ox.QuerySolution, lang: str) -> str:
    """Return the label of the property of a row, with the language if its value is a text."""
    term = shorten(row["p"].value)
    word = row["word"].value or LABELS.get(term, Text(term)).localise(lang) or term
    value = row["value"]
    if isinstance(value, ox.Literal) and value.language:
        return Message("{word} ({language})", word=word, language=Message(value.language, "code")).localise(lang)
    return word


def _pointing(row: ox.QuerySolution, lang: str) -> str:
    term = shorten(row["p"].value)
    return POINTING_LABELS.get(term, Message("{term} of", term=row["word"].value or term)).localise(lang) or term


def _party(row: ox.QuerySolution, lang: str) -> str:
    return Message("party: {role}", role=row["role"].value).localise(lang)


def _link(row: ox.QuerySolution, lang: str) -> str:
    return Message("link as {role}", role=row["role"].value).localise(lang)
