"""Coverage: how many of the facts that could be known about a graph are known.

Each row counts things (``of``), those with a value (``have``) and the rest (``missing``). ``coverage`` is have / of,
and undefined if ``of`` is 0. `cases` lists the missing ones of a row, one thing per line. A graph with gaps can
conform, because unknown values are not violations (`kg.validate` finds those).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import names
from kg.model import Table, Text
from kg.network.incidence.extract import extract
from kg.rdf.sparql import select
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from kg.rdf.sparql import Endpoint

COLUMNS = ("what", "label", "of", "have", "missing", "coverage", "question")
"""Columns of the report: a stable key, its label, numbers, and the question that lists the missing cases."""

CASES = ("node", "label", "evidence")
"""Columns of a list of cases: the thing, its name, and the evidence that describes it."""


class _Row(NamedTuple):
    """One row: things ``?x`` that match each pattern of `of`, and those among them that also match `have`.

    A pattern is a query of its own, because several rows share one, and because joins of them can take minutes.
    """

    what: str
    label: Text
    of: tuple[str, ...]
    have: str
    question: str | None = None


_DATED = "?x hx:statedAs|hx:startEarliest|hx:startLatest|hx:endEarliest|hx:endLatest ?date"
_BOUND = "?x hx:startEarliest|hx:startLatest|hx:endEarliest|hx:endLatest ?bound"
_LINK = "?x a hx:Link MINUS { ?x a hx:Supervision }"
_START = "?x hx:startEarliest|hx:startLatest ?bound"
_TWO = """{ SELECT ?x { GRAPH ?g { ?x a hx:Link } ?g hx:source ?source } GROUP BY ?x
  HAVING(COUNT(DISTINCT ?source) > 1) }"""
_NAME = "?x skos:prefLabel|skos:altLabel ?name FILTER(LANG(?name) = '{}')"
_PINYIN = "?x skos:prefLabel|skos:altLabel ?name FILTER(LANGMATCHES(LANG(?name), 'zh-Latn'))"
_READ = """{ SELECT ?how { ?how skos:notation ?code FILTER(?code NOT IN ("editorial", "inference", "address")) } }
  ?x hx:reading ?how ; a hx:Evidence FILTER NOT EXISTS { ?x hx:lastSeen ?day }"""
"""The readings are chosen first: a filter for each piece of evidence would take three times as long."""
_SEATED = "?x a hx:Organisation FILTER NOT EXISTS { ?x a hx:Unit }"

_LINKS = (
    _Row("link-date", Message("links with a date"), (_LINK,), _DATED),
    _Row("link-year", Message("dated links with a year"), (_LINK, _DATED), _BOUND),
    _Row(
        "link-month",
        Message("links of a known year with a month"),
        (_LINK, _START),
        "?x hx:startEarliest ?a ; hx:startLatest ?b FILTER(YEAR(?a) = YEAR(?b) && MONTH(?a) = MONTH(?b))",
    ),
    _Row(
        "link-day",
        Message("links of a known year with a day"),
        (_LINK, _START),
        "?x hx:startEarliest ?day ; hx:startLatest ?day",
    ),
    _Row("link-end", Message("links with an end"), (_LINK,), "?x hx:endEarliest|hx:endLatest ?end"),
    _Row("link-stage", Message("links with a stage"), (_LINK,), "?x hx:stage ?stage"),
    _Row("link-sources", Message("links with two sources or more"), (_LINK,), _TWO, "single-source"),
    _Row(
        "link-sentence",
        Message("links with a sentence that supports them"),
        (_LINK,),
        "GRAPH ?g { ?x a hx:Link } ?g hx:start ?start ; hx:end ?end",
    ),
)
_ACTORS = (
    _Row("name-en", Message("organisations with an English name"), ("?x a hx:Organisation",), _NAME.format("en")),
    _Row("name-zh", Message("organisations with a Chinese name"), ("?x a hx:Organisation",), _NAME.format("zh")),
    _Row(
        "name-pinyin",
        Message("organisations with a Chinese name that have it in pinyin"),
        ("?x a hx:Organisation", _NAME.format("zh")),
        _PINYIN,
    ),
    _Row(
        "identifier",
        Message("organisations with an identifier"),
        ("?x a hx:Organisation",),
        "?x org:identifier ?id",
        "missing-identifiers",
    ),
    _Row("seat", Message("organisations (units apart) with a seat"), (_SEATED,), "?x hx:seat ?p"),
    _Row(
        "coordinates",
        Message("places with coordinates"),
        ("?x a hx:Place",),
        "?x hx:latitude ?north ; hx:longitude ?east",
    ),
    _Row("host", Message("units with a host"), ("?x a hx:Unit",), "?x org:unitOf ?host"),
)
_REST = (
    _Row("event-date", Message("events with a date"), ("?x a hx:Event",), _DATED),
    _Row("plan-start", Message("plans with a start"), ("?x a hx:PolicyPlan",), _START),
    _Row("plan-end", Message("plans with an end"), ("?x a hx:PolicyPlan",), "?x hx:endEarliest|hx:endLatest ?end"),
    _Row("plan-issuer", Message("plans with an issuer"), ("?x a hx:PolicyPlan",), "?x hx:issuer ?by"),
    _Row("plan-issued", Message("plans with a date of issue"), ("?x a hx:PolicyPlan",), "?x hx:issuedAs ?day"),
    _Row("position", Message("evidence with a position in its source"), (_READ,), "?x hx:start ?start ; hx:end ?end"),
    _Row("source-address", Message("sources with an address"), ("?x a hx:Source",), "?x hx:address ?at"),
    _Row("source-date", Message("sources with a date"), ("?x a hx:Source",), "?x hx:publishedAs ?day"),
)
_ROWS = (*_LINKS, *_ACTORS, *_REST)

_PARTIES = Message("parties of links with a name (of those declared, at least)")
_PARTY_ROWS = ("parties", "link-parties")
_COMPLETE = Message("links with all parties named")

_MORE = Message("kg validate --show-missing NAME lists the missing cases of a row; kg query NAME answers its question.")

# Registries are the datatypes of identifiers. A registry concerns the kinds of thing that have some of its identifiers,
# except in countries without any: the codes of a national ministry apply to one country.
_SCHEMES = """SELECT ?scheme (MIN(COALESCE(?mine, ?other)) AS ?label) { ?scheme a rdfs:Datatype
  OPTIONAL { ?scheme rdfs:label ?mine FILTER(LANG(?mine) = ?lang) } OPTIONAL { ?scheme rdfs:label ?other }
} GROUP BY ?scheme ORDER BY ?scheme"""
_IDENTIFIED = """SELECT DISTINCT ?x ?class (DATATYPE(?id) AS ?scheme) { ?x org:identifier ?id ; a ?class
  FILTER(?class NOT IN (hx:Actor, hx:Organisation)) }"""
_OF_CLASSES = "SELECT ?x ?class {{ VALUES ?class {{ {0} }} ?x a ?class }}"
_COUNTRIES = """SELECT DISTINCT ?x ?country {{ {{ SELECT DISTINCT ?x {{ VALUES ?class {{ {0} }} ?x a ?class }} }}
  ?x hx:seat?/hx:within* ?country . ?country a hx:Place FILTER NOT EXISTS {{ ?country hx:within ?larger }} }}"""

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
    rows = [_line(row, len(of), len(have), lang) for row, of, have in _counts(graph, lang)]
    links = extract(graph).reported() if links is None else links
    named, declared = (sum(links[column].to_pylist()) for column in ("named", "declared"))
    parties = [
        _line(_Row("parties", _PARTIES, (), "", "declared-parties"), declared, named, lang),
        _line(
            _Row("link-parties", _COMPLETE, (), "", "declared-parties"),
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
    missing = _missing(graph, what, lang)
    if missing is None:
        raise names.unknown(Message("row"), what, (*(row.what for row, _, _ in _counts(graph, lang)), *_PARTY_ROWS))
    solutions = select(graph, _CASES.format(" ".join(f"<{iri}>" for iri in missing)), {"lang": ox.Literal(lang)})
    return Table(CASES, tuple((row["x"].value, _text(row["label"]), _sorted(row["in"])) for row in solutions))


_Counts = tuple[_Row, set[str], set[str]]
"""A row, the things that it counts, and those among them with a value."""


def _missing(graph: Endpoint, what: str, lang: str) -> set[str] | None:
    """Return the things that the row `what` counts as missing; ``None`` if there is no such row."""
    if what in _PARTY_ROWS:
        return set(_short(extract(graph).reported()))
    own = [row for row in _ROWS if row.what == what]
    counts = _counts_of(graph, own) if own else _schemes(graph, lang)
    return next((of - have for row, of, have in counts if row.what == what), None)


def _counts(graph: Endpoint, lang: str) -> Iterator[_Counts]:
    """Yield the counts of each row; those of the registries follow the identifiers."""
    for counts in _counts_of(graph, _ROWS):
        yield counts
        if counts[0].what == "identifier":
            yield from _schemes(graph, lang)


def _counts_of(graph: Endpoint, rows: Iterable[_Row]) -> Iterator[_Counts]:
    """Yield the counts of `rows`; each pattern is a query once."""
    known: dict[str, set[str]] = {}
    for row in rows:
        for pattern in (*row.of, row.have):
            if pattern not in known:
                known[pattern] = _named(row["x"] for row in select(graph, _NODES.format(pattern)))
        of = set.intersection(*(known[pattern] for pattern in row.of))
        yield row, of, of & known[row.have]


def _schemes(graph: Endpoint, lang: str) -> Iterator[_Counts]:
    """Yield the counts of each registry with identifiers in the graph."""
    identified: defaultdict[str, set[str]] = defaultdict(set)
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for row in select(graph, _IDENTIFIED):
        identified[row["scheme"].value] |= _named([row["x"]])
        classes[row["scheme"].value].add(row["class"].value)
    listed = " ".join(f"<{iri}>" for iri in sorted(set().union(*classes.values())))
    members = _grouped(select(graph, _OF_CLASSES.format(listed)), "class", "x")
    countries = _grouped(select(graph, _COUNTRIES.format(listed)), "x", "country")
    for row in select(graph, _SCHEMES, {"lang": ox.Literal(lang)}):
        iri = row["scheme"].value
        if iri not in identified:
            continue
        label = Message("with a {label} (of the kinds that have any)", label=row["label"].value)
        served = set().union(*(countries[thing] for thing in identified[iri]))
        kinds = set().union(*(members[kind] for kind in classes[iri]))
        of = {thing for thing in kinds if not countries[thing] or not served.isdisjoint(countries[thing])}
        yield _Row(iri.rpartition("#")[2], label, (), ""), of, of & identified[iri]


def _grouped(solutions: ox.QuerySolutions, key: str, value: str) -> defaultdict[str, set[str]]:
    """Return the named nodes `value` of each `key`."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for row in solutions:
        groups[row[key].value] |= _named([row[value]])
    return groups


def _line(row: _Row, of: int, have: int, lang: str) -> tuple[str | int | float | None, ...]:
    return row.what, row.label.localise(lang), of, have, of - have, have / of if of else None, row.question


def _named(nodes: Iterable[object]) -> set[str]:
    """Return the IRIs among `nodes`."""
    return {node.value for node in nodes if isinstance(node, ox.NamedNode)}


def _short(links: pa.Table) -> list[str]:
    """Return the links that name fewer parties than they declare, or that may declare more."""
    rows = links.select(["iri", "named", "declared", "is_lower_bound"]).to_pylist()
    return [row["iri"] for row in rows if row["is_lower_bound"] or row["named"] < row["declared"]]


def _sorted(iris: ox.Literal | None) -> str | None:
    return None if iris is None else " ".join(sorted(iris.value.split())) or None


def _text(term: ox.Literal | None) -> str | None:
    return None if term is None else term.value or None
