"""From the quads of a store to its incidence table.

Columns leave the store as CSV bytes and go straight into arrays; no row becomes a Python object, but for the few
counted groups. What several sources say differently is settled for the table only, the same way each time, and stays
side by side in the store:

* of two names or places in one language the first in code-point order;
* bounds of a date are narrowed to where all of them overlap, and widened to hold them all where they do not;
* of two counts of one group the larger.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
from pyarrow import csv

from kg.incidence import ACTORS, LINKS, PARTIES, Incidence
from kg.sparql import select
from kg.terms import HX, SCHEME

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_NAME = "SELECT ?s ?v {{ ?s a hx:{0} ; skos:prefLabel ?v FILTER(lang(?v) {1}) }}"
_VALUE = "SELECT ?s ?v {{ ?s a hx:{0} ; hx:{1} ?v }}"
_NOTATION = "SELECT ?s ?v {{ ?s a hx:{0} ; hx:{1}/skos:notation ?v }}"
_CLASS = "SELECT ?s ?v {{ ?s a hx:{0}, ?v . ?v rdfs:subClassOf hx:{0} }}"

# Everybody who takes part in anything: which are organisations in links is told faster by the tables than by the store.
_PARTIES = "SELECT ?link ?actor ?role { ?link hx:participation ?part . ?part hx:participant ?actor ; hx:role ?role }"

_GROUPS = """SELECT DISTINCT ?link ?group ?count ?kind ?includes {
  ?group a hx:PartyGroup ; hx:count ?count ; hx:countKind/skos:notation ?kind .
  ?part hx:participant ?group ; hx:role/hx:layer ?tie . ?link hx:participation ?part ; a hx:Link
  OPTIONAL { ?group hx:includesNamed ?includes }
  FILTER NOT EXISTS { ?group hx:partOfGroup ?whole } }"""

_MEMBERS = """SELECT ?link ?group (COUNT(DISTINCT ?member) AS ?n) {
  ?link hx:participation/hx:participant ?group ; hx:participation ?part . ?group a hx:PartyGroup .
  ?part hx:participant ?member ; hx:role/hx:layer ?tie . ?member a hx:Organisation .
  ?group hx:namedMember ?member } GROUP BY ?link ?group"""


def extract(graph: ox.Store) -> Incidence:
    """The incidence table of what the default graph of `graph` holds, the ontology included."""
    layers = _pairs(graph, "SELECT ?s ?v { ?role hx:layer/skos:notation ?v ; skos:notation ?s }")
    actors = _actors(graph)
    links = _links(graph)
    parties = _parties(graph, actors, links)
    ties = dict(zip(layers["s"].to_pylist(), layers["v"].to_pylist(), strict=True))
    return Incidence(
        actors=actors,
        links=_with_sizes(graph, links, parties, ties),
        parties=parties,
        layers=ties,
        default_layers=_defaults(graph, "layer"),
        default_stages=_defaults(graph, "stage"),
    )


def _parties(graph: ox.Store, actors: pa.Table, links: pa.Table) -> pa.Table:
    found = _query(graph, _PARTIES, {"link": pa.string(), "actor": pa.string(), "role": pa.string()})
    roles = _pairs(graph, f"SELECT ?s ?v {{ ?s skos:inScheme <{SCHEME}role> ; skos:notation ?v }}")
    columns = {
        "link": pc.index_in(found["link"], links["iri"]),
        "actor": pc.index_in(found["actor"], actors["iri"]),
        "role": roles["v"].combine_chunks().take(pc.index_in(found["role"], roles["s"].combine_chunks())),
    }
    parties = pa.table(columns).drop_null().group_by(list(columns)).aggregate([])
    parties = parties.sort_by([(name, "ascending") for name in columns])
    encoded = parties.set_column(2, "role", parties["role"].dictionary_encode())
    return encoded.cast(PARTIES)


def _actors(graph: ox.Store) -> pa.Table:
    iris = _subjects(graph, "Organisation")
    kinds = _pairs(graph, _CLASS.format("Organisation"))
    host = pc.index_in(
        _value(iris, _pairs(graph, "SELECT ?s ?v { ?s a hx:Organisation ; org:unitOf ?v }")), iris
    ).fill_null(-1)
    columns = [
        iris,
        *_names(lambda query: _value(iris, _pairs(graph, query)), "Organisation"),
        pc.replace_substring(_value(iris, kinds), str(HX), ""),
        _sectors(graph, iris, kinds, host.to_numpy()),
        host.cast(pa.int32()),
        _value(iris, _pairs(graph, _VALUE.format("Organisation", "region"))),
        _value(iris, _pairs(graph, _VALUE.format("Organisation", "city"))),
    ]
    return pa.table(columns, schema=ACTORS)


def _names(value: Callable[[str], pa.Array], kind: str) -> tuple[pa.Array, pa.Array]:
    """The English and the Chinese names; what has neither has its own in place of the English one."""
    english, chinese = (value(_NAME.format(kind, f"= '{lang}'")) for lang in ("en", "zh"))
    own = value(_NAME.format(kind, "NOT IN ('en', 'zh')"))
    return pc.if_else(pc.and_(english.is_null(), chinese.is_null()), own, english), chinese


def _sectors(graph: ox.Store, iris: pa.Array, kinds: pa.Table, host: NDArray[np.int32]) -> pa.Array:
    """Each actor's own sector, else that of its class, else that of the host that it sits in."""
    own = _value(iris, _pairs(graph, _NOTATION.format("Organisation", "sector")))
    of_class = _pairs(graph, "SELECT ?s ?v { ?s hx:sectorOfClass/skos:notation ?v }")
    by_class = of_class["v"].combine_chunks().take(pc.index_in(_value(iris, kinds), of_class["s"].combine_chunks()))
    sectors = pc.coalesce(own, by_class)
    while True:
        inherited = pc.coalesce(sectors, sectors.take(pa.array(host, mask=host < 0)))
        if inherited.null_count == sectors.null_count:
            return sectors
        sectors = inherited


def _links(graph: ox.Store) -> pa.Table:
    iris = _subjects(graph, "Link")
    unknown = pa.nulls(len(iris), pa.int32())
    columns = [
        iris,
        *_names(lambda query: _value(iris, _pairs(graph, query)), "Link"),
        pc.replace_substring(_value(iris, _pairs(graph, _CLASS.format("Link"))), str(HX), ""),
        _value(iris, _pairs(graph, _NOTATION.format("Link", "kind"))),
        _value(iris, _pairs(graph, _NOTATION.format("Link", "stage"))),
        *_bounds(graph, iris, "startEarliest", "startLatest"),
        *_bounds(graph, iris, "endEarliest", "endLatest"),
        unknown,
        pa.nulls(len(iris), pa.bool_()),
        unknown,
    ]
    return pa.table(columns, schema=LINKS)


def _bounds(graph: ox.Store, iris: pa.Array, low: str, high: str) -> tuple[pa.Array, pa.Array]:
    """The overlap of all stated bounds, or their hull where they do not overlap."""
    lows, highs = (_pairs(graph, _VALUE.format("Link", name), pa.date32()) for name in (low, high))
    inner = _value(iris, lows, last=True), _value(iris, highs)
    outer = _value(iris, lows), _value(iris, highs, last=True)
    overlap = pc.fill_null(pc.less_equal(*inner), fill_value=True)
    return pc.if_else(overlap, inner[0], outer[0]), pc.if_else(overlap, inner[1], outer[1])


def _with_sizes(graph: ox.Store, links: pa.Table, parties: pa.Table, layers: dict[str, str]) -> pa.Table:
    """Fill in how many parties are named, and of how many declared (docs/model.md, "Counts")."""
    ties = parties.filter(pc.is_in(parties["role"].cast(pa.string()), pa.array(layers, pa.string())))
    pairs = np.unique(np.stack([ties["link"].to_numpy(), ties["actor"].to_numpy()]), axis=1)
    named = np.bincount(pairs[0], minlength=len(links))
    missing, bound = np.zeros(len(links), np.int64), np.zeros(len(links), bool)
    position = {iri: row for row, iri in enumerate(links["iri"].to_pylist())}
    for link, groups in _groups(graph).items():
        row = position[link]
        told = [group for group in groups if group.told]
        untold = sum(group.size for group in groups if not group.told)
        missing[row] = max(0, untold - named[row]) + sum(max(0, group.size - group.named) for group in told)
        bound[row] = len(told) < len(groups) or any(group.bound for group in groups)
    sizes = {"declared": named + missing, "bound": bound, "named": named}
    for name, column in sizes.items():
        field = LINKS.field(name)
        links = links.set_column(LINKS.get_field_index(name), field, pa.array(column).cast(field.type))
    return links


class _Group(NamedTuple):
    """A party group that is not part of another: its largest count, and how many in it are named parties.

    Attributes:
        told: whether a source says if named parties are in the count at all, be it yes or no.
    """

    size: int
    bound: bool
    told: bool
    named: int


def _groups(graph: ox.Store) -> dict[str, list[_Group]]:
    """The party groups of each link that play a role which makes a tie."""
    members = _query(graph, _MEMBERS, {"link": pa.string(), "group": pa.string(), "n": pa.int64()})
    named = {(row["link"], row["group"]): row["n"] for row in members.to_pylist()}
    types = {name: pa.string() for name in ("link", "group", "kind", "includes")} | {"count": pa.int64()}
    found: dict[tuple[str, str], _Group] = {}
    for row in _query(graph, _GROUPS, types).to_pylist():
        key = row["link"], row["group"]
        group = _Group(row["count"], row["kind"] != "exact", bool(row["includes"]), named.get(key, 0))
        found[key] = max(found.get(key, group), group)
    listed: dict[str, list[_Group]] = {}
    for (link, _), group in found.items():
        listed.setdefault(link, []).append(group)
    return listed


def _defaults(graph: ox.Store, scheme: str) -> frozenset[str]:
    query = f"SELECT ?s ?v {{ ?s hx:inDefaultLens true ; skos:inScheme <{SCHEME}{scheme}> ; skos:notation ?v }}"
    return frozenset(_pairs(graph, query)["v"].to_pylist())


def _subjects(graph: ox.Store, term: str) -> pa.Array:
    found = _query(graph, f"SELECT DISTINCT ?s {{ ?s a hx:{term} }}", {"s": pa.string()})["s"].combine_chunks()
    return found.take(pc.sort_indices(found))


def _pairs(graph: ox.Store, query: str, kind: pa.DataType | None = None) -> pa.Table:
    return _query(graph, query, {"s": pa.string(), "v": kind or pa.string()})


def _value(subjects: pa.Array, pairs: pa.Table, *, last: bool = False) -> pa.Array:
    """For each subject the first of its values in order, or the last; null where it has none."""
    order = "descending" if last else "ascending"
    pairs = pairs.sort_by([("s", "ascending"), ("v", order)])
    rows = pc.index_in(pairs["s"].combine_chunks(), subjects).fill_null(-1).to_numpy()
    known, first = np.unique(rows, return_index=True)
    wanted = np.full(len(subjects), -1, np.int64)
    wanted[known[known >= 0]] = first[known >= 0]
    return pairs["v"].combine_chunks().take(pa.array(wanted, mask=wanted < 0))


def _query(graph: ox.Store, query: str, types: dict[str, pa.DataType]) -> pa.Table:
    """The solutions of `query` as a table of the columns in `types`."""
    content = select(graph, query).serialize(format=ox.QueryResultsFormat.CSV) or b""
    return csv.read_csv(
        io.BytesIO(content),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(column_types=types, include_columns=list(types)),
    )
