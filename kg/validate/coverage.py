"""Coverage: how many of the facts that could be known about a graph are known.

Each row counts things (``of``), those with a value (``have``) and the rest (``missing``). ``coverage`` is have / of,
and undefined if ``of`` is 0. `cases` lists the missing ones of a row, one thing per line. A graph with gaps can
conform, because unknown values are not violations (`kg.validate` finds those).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import names
from kg.model import Table, Text
from kg.network.incidence.extract import extract
from kg.rdf.sparql import select
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from kg.rdf.sparql import Endpoint

COLUMNS = ("what", "label", "of", "have", "missing", "coverage", "question")
"""Columns of the report: a stable key, its label, numbers, and the question that lists the missing cases."""

CASES = ("node", "label", "evidence")
"""Columns of a list of cases: the thing, its name, and the evidence that describes it."""


class _Row(NamedTuple):
    """One row: things ``?x`` that match `of`, and those among them that also match `have`.

    `is_apart` is true if `have` is quicker without `of`.
    """

    what: str
    label: Text
    of: str
    have: str
    question: str | None = None
    is_apart: bool = False


_DATED = "?x hx:statedAs|hx:startEarliest|hx:startLatest|hx:endEarliest|hx:endLatest ?date"
_BOUND = "?x hx:startEarliest|hx:startLatest|hx:endEarliest|hx:endLatest ?bound"
_LINK = "?x a hx:Link MINUS { ?x a hx:Supervision }"
_START = "?x hx:startEarliest|hx:startLatest ?bound"
_TWO = """GRAPH ?a { ?x a hx:Link } GRAPH ?b { ?x a hx:Link } ?a hx:source ?first . ?b hx:source ?second
  FILTER(?first != ?second)"""
_NAME = "?x skos:prefLabel|skos:altLabel ?name FILTER(LANG(?name) = '{}')"
_CHINESE = "?x a hx:Organisation ; skos:prefLabel|skos:altLabel ?chinese FILTER(LANG(?chinese) = 'zh')"
_PINYIN = "?x skos:prefLabel|skos:altLabel ?name FILTER(LANGMATCHES(LANG(?name), 'zh-Latn'))"
_READ = """?x a hx:Evidence ; hx:reading/skos:notation ?how FILTER(?how NOT IN ("editorial", "inference", "address"))
  FILTER NOT EXISTS { ?x hx:lastSeen ?day }"""
_SEATED = "?x a hx:Organisation FILTER NOT EXISTS { ?x a hx:Unit }"

_LINKS = (
    _Row("link-date", Message("links with a date"), _LINK, _DATED),
    _Row("link-year", Message("dated links with a year"), f"{_LINK} {_DATED}", _BOUND),
    _Row(
        "link-month",
        Message("links of a known year with a month"),
        f"{_LINK} {_START}",
        "?x hx:startEarliest ?a ; hx:startLatest ?b FILTER(YEAR(?a) = YEAR(?b) && MONTH(?a) = MONTH(?b))",
    ),
    _Row(
        "link-day",
        Message("links of a known year with a day"),
        f"{_LINK} {_START}",
        "?x hx:startEarliest ?day ; hx:startLatest ?day",
    ),
    _Row(
        "link-end",
        Message("links with an end"),
        _LINK,
        "?x hx:endEarliest|hx:endLatest ?end",
    ),
    _Row("link-stage", Message("links with a stage"), _LINK, "?x hx:stage ?stage"),
    _Row(
        "link-sources",
        Message("links with two sources or more"),
        _LINK,
        _TWO,
        "single-source",
    ),
    _Row(
        "link-sentence",
        Message("links with a sentence that supports them"),
        _LINK,
        "GRAPH ?g { ?x a hx:Link } ?g hx:start ?start ; hx:end ?end",
    ),
)
_ACTORS = (
    _Row(
        "name-en",
        Message("organisations with an English name"),
        "?x a hx:Organisation",
        _NAME.format("en"),
    ),
    _Row(
        "name-zh",
        Message("organisations with a Chinese name"),
        "?x a hx:Organisation",
        _NAME.format("zh"),
    ),
    _Row(
        "name-pinyin",
        Message("organisations with a Chinese name that have it in pinyin"),
        _CHINESE,
        _PINYIN,
    ),
    _Row(
        "identifier",
        Message("organisations with an identifier"),
        "?x a hx:Organisation",
        "?x org:identifier ?id",
        "missing-identifiers",
    ),
    _Row(
        "seat",
        Message("organisations (units apart) with a seat"),
        _SEATED,
        "?x hx:seat ?p",
    ),
    _Row(
        "coordinates",
        Message("places with coordinates"),
        "?x a hx:Place",
        "?x hx:latitude ?north ; hx:longitude ?east",
    ),
    _Row("host", Message("units with a host"), "?x a hx:Unit", "?x org:unitOf ?host"),
)
_REST = (
    _Row("event-date", Message("events with a date"), "?x a hx:Event", _DATED),
    _Row("plan-start", Message("plans with a start"), "?x a hx:PolicyPlan", _START),
    _Row(
        "plan-end",
        Message("plans with an end"),
        "?x a hx:PolicyPlan",
        "?x hx:endEarliest|hx:endLatest ?end",
    ),
    _Row("plan-issuer", Message("plans with an issuer"), "?x a hx:PolicyPlan", "?x hx:issuer ?by"),
    _Row(
        "plan-issued",
        Message("plans with a date of issue"),
        "?x a hx:PolicyPlan",
        "?x hx:issuedAs ?day",
    ),
    _Row(
        "position",
        Message("evidence with a position in its source"),
        _READ,
        "?x hx:start ?start ; hx:end ?end",
    ),
    _Row("source-address", Message("sources with an address"), "?x a hx:Source", "?x hx:address ?at"),
    _Row("source-date", Message("sources with a date"), "?x a hx:Source", "?x hx:publishedAs ?day"),
)
_PARTIES = Message("parties of links with a name (of those declared, at least)")
_PARTY_ROWS = ("parties", "link-parties")
_COMPLETE = Message("links with all parties named")

_MORE = Message("kg validate --show-missing NAME lists the missing cases of a row; kg query NAME answers its question.")

# Registries are the datatypes of identifiers. A registry concerns the kinds of thing that have some of its identifiers,
# except in countries without any: the codes of a national ministry apply to one country.
_SCHEMES = """SELECT ?scheme (MIN(COALESCE(?mine, ?other)) AS ?label) { ?scheme a rdfs:Datatype
  OPTIONAL { ?scheme rdfs:label ?mine FILTER(LANG(?mine) = ?lang) } OPTIONAL { ?scheme rdfs:label ?other }
  FILTER EXISTS { ?any org:identifier ?id FILTER(DATATYPE(?id) = ?scheme) } } GROUP BY ?scheme ORDER BY ?scheme"""
_COUNTRY = "hx:seat?/hx:within* ?country . ?country a hx:Place FILTER NOT EXISTS { ?country hx:within ?larger }"
_OF_SCHEME = """{{ SELECT DISTINCT ?class {{ ?any a ?class ; org:identifier ?id FILTER(DATATYPE(?id) = <{0}>)
    FILTER(?class NOT IN (hx:Actor, hx:Organisation)) }} }} ?x a ?class
  OPTIONAL {{ ?x {1} }}
  OPTIONAL {{ {{ SELECT DISTINCT ?country (true AS ?served) {{
    ?any org:identifier ?id FILTER(DATATYPE(?id) = <{0}>) ?any {1} }} }} }}
  FILTER(!BOUND(?country) || BOUND(?served))"""
_IN_SCHEME = "?x org:identifier ?id FILTER(DATATYPE(?id) = <{0}>)"

_NODES = "SELECT DISTINCT ?x {{ {0} }}"
_CASES = """SELECT ?x (MIN(COALESCE(?mine, ?other)) AS ?label) (GROUP_CONCAT(DISTINCT STR(?g); separator=" ") AS ?in) {{
  VALUES ?x {{ {0} }}
  OPTIONAL {{ ?x skos:prefLabel|dct:title|dct:description ?mine FILTER(LANG(?mine) = ?lang) }}
  OPTIONAL {{ ?x skos:prefLabel|dct:title|dct:description ?other }}
  OPTIONAL {{ {{ GRAPH ?g {{ ?x a ?class }} }} UNION {{ ?x a hx:Evidence BIND(?x AS ?g) }} }}
}} GROUP BY ?x ORDER BY ?x"""


def coverage(graph: Endpoint, lang: str, links: pa.Table | None = None) -> Table:
    """Return the coverage of `graph`, whose default graph is the merge of all others without retired evidence.

    `links` are its links without competent departments (`Incidence.reported`), if they are loaded already.

    Returns:
        Columns of `COLUMNS`, with labels in `lang`. For declared parties ``of`` is a lower bound.
    """
    rows = []
    known: dict[str, set[str]] = {}
    for row in _rows(graph, lang):
        of, have = _counted(graph, row, known)
        rows.append(_line(row, len(of), len(have), lang))
    links = extract(graph).reported() if links is None else links
    named, declared = (sum(links[column].to_pylist()) for column in ("named", "declared"))
    parties = [
        _line(_Row("parties", _PARTIES, "", "", "declared-parties"), declared, named, lang),
        _line(
            _Row("link-parties", _COMPLETE, "", "", "declared-parties"),
            len(links),
            len(links) - len(_short(links)),
            lang,
        ),
    ]
    return Table(COLUMNS, (*rows[: len(_LINKS)], *parties, *rows[len(_LINKS) :]), (str(_MORE.localise(lang)),))


def table(graph: Endpoint, lang: str, row: str | None = None) -> Table:
    """Return the coverage of `graph`, or with `row` the missing cases of that row.

    Raises:
        UsageError: `row` is unknown.
    """
    return coverage(graph, lang) if row is None else cases(graph, row, lang)


def cases(graph: Endpoint, what: str, lang: str) -> Table:
    """Return the things that the row `what` of the report counts as missing, one per line.

    Raises:
        UsageError: the report has no such row; the message lists the rows.
    """
    rows = {row.what: row for row in _rows(graph, lang)}
    if what in _PARTY_ROWS:
        missing = set(_short(extract(graph).reported()))
    elif what in rows:
        of, have = _counted(graph, rows[what], {})
        missing = of - have
    else:
        raise names.unknown(Message("row"), what, (*rows, *_PARTY_ROWS))
    solutions = select(graph, _CASES.format(" ".join(f"<{iri}>" for iri in missing)), {"lang": ox.Literal(lang)})
    return Table(CASES, tuple((row["x"].value, _text(row["label"]), _sorted(row["in"])) for row in solutions))


def _rows(graph: Endpoint, lang: str) -> Iterator[_Row]:
    yield from _LINKS
    for row in _ACTORS:
        yield row
        if row.what == "identifier":
            yield from _schemes(graph, lang)
    yield from _REST


def _schemes(graph: Endpoint, lang: str) -> Iterator[_Row]:
    """Return a row for each registry with identifiers in the graph."""
    for row in select(graph, _SCHEMES, {"lang": ox.Literal(lang)}):
        iri, label = row["scheme"].value, row["label"].value
        label = Message("with a {label} (of the kinds that have any)", label=label)
        yield _Row(
            iri.rpartition("#")[2], label, _OF_SCHEME.format(iri, _COUNTRY), _IN_SCHEME.format(iri), is_apart=True
        )


def _line(row: _Row, of: int, have: int, lang: str) -> tuple[str | int | float | None, ...]:
    return row.what, row.label.localise(lang), of, have, of - have, have / of if of else None, row.question


def _counted(graph: Endpoint, row: _Row, known: dict[str, set[str]]) -> tuple[set[str], set[str]]:
    """Return the things of a row and those with a value, by two queries, because NOT EXISTS can take minutes.

    `known` contains the answers so far by pattern, because many rows are about the same things.
    """
    if row.of not in known:
        known[row.of] = _named(select(graph, _NODES.format(row.of)))
    if row.is_apart:
        return known[row.of], known[row.of] & _named(select(graph, _NODES.format(row.have)))
    return known[row.of], _named(select(graph, _NODES.format(f"{row.of} . {row.have}")))


def _named(solutions: ox.QuerySolutions) -> set[str]:
    nodes = (row["x"] for row in solutions)
    return {node.value for node in nodes if isinstance(node, ox.NamedNode)}


def _short(links: pa.Table) -> list[str]:
    """Return the links that name fewer parties than they declare, or that may declare more."""
    rows = links.select(["iri", "named", "declared", "is_lower_bound"]).to_pylist()
    return [row["iri"] for row in rows if row["is_lower_bound"] or row["named"] < row["declared"]]


def _sorted(iris: ox.Literal | None) -> str | None:
    return None if iris is None else " ".join(sorted(iris.value.split())) or None


def _text(term: ox.Literal | None) -> str | None:
    return None if term is None else term.value or None
