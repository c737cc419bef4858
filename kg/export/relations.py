"""The graph as relational tables (docs/reference/database.md).

Actors are canonical: one that counts as another (`hx:countsAs`) is replaced by it. Contradictions between sources are
resolved as in networks (`kg.network.incidence.extract`); `participations` contains each statement with its evidence.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.network.incidence.load import load_incidence
from kg.rdf.publishers import publisher
from kg.terms import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.network.incidence.tables import Incidence
    from kg.store.view import View

    Rows = list[tuple[Any, ...]]

TABLES: Mapping[str, tuple[str, ...]] = {
    "sources": (
        "source TEXT PRIMARY KEY",
        "title TEXT",
        "publisher TEXT",
        "address TEXT",
        "issued TEXT",
        "quality TEXT",
        "licence TEXT",
    ),
    "evidence": (
        "evidence TEXT PRIMARY KEY",
        "source TEXT NOT NULL REFERENCES sources (source)",
        "reading TEXT",
        "confidence TEXT",
        "start_position INTEGER",
        "end_position INTEGER",
        "digest TEXT",
        "note_en TEXT",
        "note_zh TEXT",
    ),
    "actors": (
        "actor TEXT PRIMARY KEY",
        "name TEXT",
        "name_en TEXT",
        "name_zh TEXT",
        "class TEXT NOT NULL",
        "sector TEXT",
        "region TEXT",
        "city TEXT",
        "host TEXT REFERENCES actors (actor)",
    ),
    "names": (
        "actor TEXT NOT NULL REFERENCES actors (actor)",
        "name TEXT NOT NULL",
        "language TEXT",
        "kind TEXT NOT NULL",
        "PRIMARY KEY (actor, name, language, kind)",
    ),
    "links": (
        "link TEXT PRIMARY KEY",
        "name TEXT",
        "name_en TEXT",
        "name_zh TEXT",
        "class TEXT",
        "kind TEXT",
        "stage TEXT",
        "start_earliest DATE",
        "start_latest DATE",
        "end_earliest DATE",
        "end_latest DATE",
        "named INTEGER NOT NULL",
        "declared INTEGER NOT NULL",
        "declared_is_lower_bound BOOLEAN NOT NULL",
        "place TEXT",
        "is_inferred BOOLEAN NOT NULL",
    ),
    "participations": (
        "link TEXT NOT NULL REFERENCES links (link)",
        "actor TEXT NOT NULL REFERENCES actors (actor)",
        "role TEXT NOT NULL",
        "layer TEXT",
        "evidence TEXT NOT NULL REFERENCES evidence (evidence)",
        "PRIMARY KEY (link, actor, role, evidence)",
    ),
}
"""The columns and keys of each table, in an order in which foreign keys refer to earlier tables."""

_SOURCES = """SELECT ?s ?p ?v { ?s a hx:Source ; ?p ?v
  FILTER(?p IN (dct:title, dct:publisher, hx:address, dct:issued, dct:license, dct:rights)) }"""
_QUALITY = "SELECT ?s ?v { ?s a hx:Source ; hx:quality/skos:notation ?v }"
_EVIDENCE = """SELECT ?s ?source ?reading ?confidence ?start ?end ?digest { ?s a hx:Evidence ; hx:source ?source
  OPTIONAL { ?s hx:reading/skos:notation ?reading } OPTIONAL { ?s hx:confidence/skos:notation ?confidence }
  OPTIONAL { ?s hx:start ?start } OPTIONAL { ?s hx:end ?end } OPTIONAL { ?s hx:digest ?digest } }"""
_NOTES = "SELECT ?s ?v { ?s a hx:Evidence ; dct:description ?v }"
_NAMES = """SELECT ?s ?v ?kind { VALUES (?p ?kind) { (skos:prefLabel "preferred") (skos:altLabel "other") }
  ?s a hx:Organisation ; ?p ?v }"""
_SAME = "SELECT ?s ?v { ?s hx:countsAs ?v }"
_PARTICIPATIONS = """SELECT DISTINCT ?link ?actor ?role ?evidence {
  GRAPH ?evidence { ?part hx:participant ?actor ; hx:role ?which }
  ?evidence hx:source ?source . ?link hx:participation ?part ; a hx:Link . ?which skos:notation ?role }"""


def tables(view: View, lang: str) -> dict[str, Rows]:
    """Return the sorted rows of each table of `TABLES`."""
    incidence = load_incidence(view)
    same = {row["s"].value: row["v"].value for row in view.select(_SAME)}
    actors = _actors(incidence, lang)
    known = {row[0] for row in actors}
    rows = {
        "sources": _sources(view, lang),
        "evidence": _evidence(view),
        "actors": [row for batch in by_depth(actors) for row in batch],
        "names": sorted(one for one in set(_names(view, same)) if one[0] in known),
        "links": _links(incidence, lang),
        "participations": sorted(_participations(view, same, incidence, known)),
    }
    return {name: rows[name] for name in TABLES}


def _sources(view: View, lang: str) -> Rows:
    values: dict[str, dict[str, str]] = {row["s"].value: {} for row in view.select("SELECT ?s { ?s a hx:Source }")}
    stated = ((row["s"].value, shorten(row["p"].value), row["v"]) for row in view.select(_SOURCES))
    for iri, name, value in sorted(stated, key=lambda one: (_language(one[2]) != lang, _text(one[2]))):
        values[iri].setdefault(name, _text(value))
    for row in view.select(_QUALITY):
        values[row["s"].value]["quality"] = row["v"].value
    for one in values.values():
        if "dct:publisher" in one:
            one["dct:publisher"] = publisher(one["dct:publisher"]).localise(lang) or one["dct:publisher"]
    columns = ("dct:title", "dct:publisher", "hx:address", "dct:issued", "quality")
    return [
        (shorten(iri), *map(one.get, columns), one.get("dct:license") or one.get("dct:rights"))
        for iri, one in sorted(values.items())
    ]


def _evidence(view: View) -> Rows:
    notes: dict[tuple[str, str], str] = {}
    for row in view.select(_NOTES):
        notes[row["s"].value, row["v"].language or ""] = row["v"].value
    found: dict[str, tuple[Any, ...]] = {}
    for row in view.select(_EVIDENCE):
        iri = row["s"].value
        reading, confidence, start, end, digest = (
            None if (cell := row[name]) is None else cell.value
            for name in ("reading", "confidence", "start", "end", "digest")
        )
        numbers = (None if one is None else int(one) for one in (start, end))
        note = (notes.get((iri, lang)) for lang in ("en", "zh"))
        found[iri] = (shorten(iri), shorten(row["source"].value), reading, confidence, *numbers, digest, *note)
    return [found[iri] for iri in sorted(found)]


def _actors(incidence: Incidence, lang: str) -> Rows:
    rows = incidence.actors.to_pylist()
    iris = [shorten(row["iri"]) for row in rows]
    return [
        (
            iri,
            *_called(row, lang),
            row["kind"],
            row["sector"],
            row["region"],
            row["city"],
            iris[row["host"]] if row["host"] is not None and row["host"] >= 0 else None,
        )
        for iri, row in zip(iris, rows, strict=True)
    ]


def _links(incidence: Incidence, lang: str) -> Rows:
    bounds = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    rest = (*bounds, "named", "declared", "is_lower_bound", "place", "derived")
    return [
        (
            shorten(row["iri"]),
            *_called(row, lang),
            row["link_type"],
            row["kind"],
            row["stage"],
            *(row[name] for name in rest),
        )
        for row in incidence.links.to_pylist()
    ]


def _called(row: Mapping[str, Any], lang: str) -> tuple[str | None, str | None, str | None]:
    """Return the name in `lang`, else in the other language, then both."""
    en, zh = row["label_en"], row["label_zh"]
    return (zh or en if lang == "zh" else en or zh), en, zh


def _names(view: View, same: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for row in view.select(_NAMES):
        iri = same.get(row["s"].value, row["s"].value)
        yield shorten(iri), row["v"].value, row["v"].language or "", row["kind"].value


def _participations(
    view: View, same: Mapping[str, str], incidence: Incidence, known: set[str]
) -> Iterator[tuple[str, str, str, str | None, str]]:
    """Yield each participation of an organisation with its layer and its evidence; counted groups are left out."""
    seen = set()
    for row in view.select(_PARTICIPATIONS):
        actor, role = shorten(same.get(row["actor"].value, row["actor"].value)), row["role"].value
        cells = (shorten(row["link"].value), actor, role, incidence.layers.get(role), shorten(row["evidence"].value))
        if actor in known and cells not in seen:
            seen.add(cells)
            yield cells


def _language(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str | None:
    return term.language if isinstance(term, ox.Literal) else None


def _text(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def by_depth(rows: Rows) -> list[Rows]:
    """Return the rows of `actors` in batches, each host in an earlier batch than its units.

    Foreign keys to the same table are checked row by row, so hosts precede units.
    """
    host = {row[0]: row[-1] for row in rows}

    def depth(row: tuple[Any, ...]) -> int:
        above = row[-1]
        return 0 if above is None else 1 + depth((above, host[above]))

    return [list(batch) for _, batch in groupby(sorted(rows, key=lambda row: (depth(row), row[0])), key=depth)]
