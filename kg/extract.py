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
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
from pyarrow import csv

from kg.incidence import ACTORS, LINKS, PARTIES, Incidence
from kg.sparql import select
from kg.terms import HX, SCHEME

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAME = "SELECT ?s ?v {{ ?s a hx:{0} ; skos:prefLabel ?v FILTER(lang(?v) = '{1}') }}"
_VALUE = "SELECT ?s ?v {{ ?s a hx:{0} ; hx:{1} ?v }}"
_NOTATION = "SELECT ?s ?v {{ ?s a hx:{0} ; hx:{1}/skos:notation ?v }}"
_CLASS = "SELECT ?s ?v {{ ?s a hx:{0}, ?v . ?v rdfs:subClassOf hx:{0} }}"

_PARTIES = """SELECT DISTINCT ?link ?actor ?role {
  ?link a hx:Link ; hx:participation ?part . ?part hx:participant ?actor ; hx:role/skos:notation ?role .
  ?actor a hx:Organisation }"""

_GROUPS = """SELECT ?link ?group ?role ?count ?kind ?includes {
  ?link a hx:Link ; hx:participation ?part . ?part hx:participant ?group ; hx:role/skos:notation ?role .
  ?group a hx:PartyGroup ; hx:count ?count ; hx:countKind/skos:notation ?kind
  OPTIONAL { ?group hx:includesNamed ?includes }
  FILTER NOT EXISTS { ?group hx:partOfGroup ?whole } }"""

_MEMBERS = "SELECT ?group (COUNT(DISTINCT ?member) AS ?n) { ?group hx:namedMember ?member } GROUP BY ?group"


def extract(graph: ox.Store) -> Incidence:
    """The incidence table of what the default graph of `graph` holds, the ontology included."""
    layers = _pairs(graph, "SELECT ?s ?v { ?role hx:layer/skos:notation ?v ; skos:notation ?s }")
    actors = _actors(graph)
    links = _links(graph)
    found = _query(graph, _PARTIES, {"link": pa.string(), "actor": pa.string(), "role": pa.string()})
    parties = pa.table(
        {
            "link": pc.index_in(found["link"], links["iri"]).cast(pa.int32()),
            "actor": pc.index_in(found["actor"], actors["iri"]).cast(pa.int32()),
            "role": found["role"],
        }
    ).sort_by([("link", "ascending"), ("actor", "ascending"), ("role", "ascending")])
    parties = parties.set_column(2, PARTIES.field("role"), parties["role"].dictionary_encode())
    ties = dict(zip(layers["s"].to_pylist(), layers["v"].to_pylist(), strict=True))
    return Incidence(
        actors=actors,
        links=_with_sizes(graph, links, parties, ties),
        parties=parties,
        layers=ties,
        default_layers=_defaults(graph, "layer"),
        default_stages=_defaults(graph, "stage"),
    )


def _actors(graph: ox.Store) -> pa.Table:
    iris = _subjects(graph, "Organisation")
    kinds = _pairs(graph, _CLASS.format("Organisation"))
    host = pc.index_in(
        _value(iris, _pairs(graph, "SELECT ?s ?v { ?s a hx:Organisation ; org:unitOf ?v }")), iris
    ).fill_null(-1)
    columns = [
        iris,
        _value(iris, _pairs(graph, _NAME.format("Organisation", "en"))),
        _value(iris, _pairs(graph, _NAME.format("Organisation", "zh"))),
        pc.replace_substring(_value(iris, kinds), str(HX), ""),
        _sectors(graph, iris, kinds, host.to_numpy()),
        host.cast(pa.int32()),
        _value(iris, _pairs(graph, _VALUE.format("Organisation", "region"))),
        _value(iris, _pairs(graph, _VALUE.format("Organisation", "city"))),
    ]
    return pa.table(columns, schema=ACTORS)


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
        _value(iris, _pairs(graph, _NAME.format("Link", "en"))),
        _value(iris, _pairs(graph, _NAME.format("Link", "zh"))),
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
    named = np.bincount(pairs[0], minlength=len(links)) if pairs.size else np.zeros(len(links), np.int64)
    missing = np.zeros(len(links), np.int64)
    bound = np.zeros(len(links), bool)
    position = {iri: row for row, iri in enumerate(links["iri"].to_pylist())}
    by_role = _named_by_role(parties)
    members = _query(graph, _MEMBERS, {"group": pa.string(), "n": pa.int64()})
    included = dict(zip(members["group"].to_pylist(), members["n"].to_pylist(), strict=True))
    types = {name: pa.string() for name in ("link", "group", "role", "kind", "includes")} | {"count": pa.int64()}
    largest: dict[tuple[int, str], int] = {}
    for row in _query(graph, _GROUPS, types).to_pylist():
        link = position[row["link"]]
        inside = included.get(row["group"], 0)
        if row["includes"] != "false" and row["includes"] != "true":
            inside = max(inside, by_role.get((link, row["role"]), 0))
        key = (link, row["group"])
        largest[key] = max(largest.get(key, 0), row["count"] - inside)
        bound[link] |= row["kind"] != "exact" or row["includes"] not in {"true", "false"}
    for (link, _), shortfall in largest.items():
        missing[link] += shortfall
    sizes = {"declared": named + missing, "bound": bound, "named": named}
    for name, column in sizes.items():
        field = LINKS.field(name)
        links = links.set_column(LINKS.get_field_index(name), field, pa.array(column).cast(field.type))
    return links


def _named_by_role(parties: pa.Table) -> dict[tuple[int, str], int]:
    counts = parties.group_by(["link", "role"]).aggregate([("actor", "count")]).to_pylist()
    return {(row["link"], row["role"]): row["actor_count"] for row in counts}


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
