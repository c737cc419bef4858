"""From the quads of a store to its incidence table.

Columns leave the store as CSV bytes and go straight into arrays; no row becomes a Python object, but for the few
counted groups. What several sources say differently is settled for the table only, the same way each time, and stays
side by side in the store:

* of two names or places in one language the first in code-point order;
* bounds of a date are narrowed to where all of them overlap, and widened to hold them all where they do not;
* of two counts of one group, and of two contributions of one actor in one currency, the larger;
* whoever counts as another (`hx:countsAs`) is that other, whose own name, kind and place come first.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.columns import answer_of, first_of, pairs_of, subjects_of
from kg.incidence import ACTORS, LINKS, MONEY, PARTIES, SOURCES, Incidence
from kg.terms import HX, SCHEME

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from kg.sparql import Endpoint

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

# Who says who takes part: a source that only adds a name or a place to a link is not one of its sources.
_EVIDENCE = """SELECT ?link ?evidence { GRAPH ?evidence { ?link hx:participation ?part }
  FILTER NOT EXISTS { ?evidence hx:lastSeen ?day } }"""

_MONEY = """SELECT ?link ?actor ?currency ?amount { ?part hx:contribution ?amount ; hx:currency ?currency ;
  hx:participant ?actor . ?link hx:participation ?part }"""

_MEMBERS = """SELECT ?link ?group (COUNT(DISTINCT ?one) AS ?n) {
  ?link hx:participation/hx:participant ?group ; hx:participation ?part . ?group a hx:PartyGroup .
  ?part hx:participant ?member ; hx:role/hx:layer ?tie . ?member a hx:Organisation .
  ?group hx:namedMember ?member OPTIONAL { ?member hx:countsAs ?other } BIND(COALESCE(?other, ?member) AS ?one)
} GROUP BY ?link ?group"""


def extract(graph: Endpoint) -> Incidence:
    """The incidence table of what the default graph of `graph` holds, the ontology included."""
    layers = pairs_of(graph, "SELECT ?s ?v { ?role hx:layer/skos:notation ?v ; skos:notation ?s }")
    same = pairs_of(graph, "SELECT ?s ?v { ?s hx:countsAs ?v }")
    with ThreadPoolExecutor(1) as beside:  # the store answers outside the interpreter's lock, so a second core helps
        asked = beside.submit(_actors, graph, same), beside.submit(_takings, graph, same)
        sources = _sources(graph)
        links = _links(graph, sources)
    actors, takings = (answer.result() for answer in asked)
    parties = _parties(graph, takings, actors, links)
    ties = dict(zip(layers["s"].to_pylist(), layers["v"].to_pylist(), strict=True))
    return Incidence(
        actors=actors,
        links=_with_sizes(graph, links, parties, ties),
        parties=parties,
        layers=ties,
        default_layers=_defaults(graph, "layer"),
        default_stages=_defaults(graph, "stage"),
        sources=sources,
        money=_money(graph, same, actors, links),
    )


def _sources(graph: Endpoint) -> pa.Table:
    iris = subjects_of(graph, "Source")
    publishers = first_of(iris, pairs_of(graph, "SELECT ?s ?v { ?s a hx:Source ; dct:publisher ?v }"))
    return pa.table([iris, publishers, first_of(iris, pairs_of(graph, _NOTATION.format("Source", "quality")))], SOURCES)


def _money(graph: Endpoint, same: pa.Table, actors: pa.Table, links: pa.Table) -> pa.Table:
    types = {name: pa.string() for name in ("link", "actor", "currency")} | {"amount": pa.float64()}
    found = answer_of(graph, _MONEY, types)
    columns = {
        "link": pc.index_in(found["link"], links["iri"]),
        "actor": pc.index_in(_counted(found["actor"], same), actors["iri"]),
        "currency": found["currency"],
        "amount": found["amount"],
    }
    keys = list(MONEY.names[:3])
    largest = pa.table(columns).drop_null().group_by(keys).aggregate([("amount", "max")])
    return largest.rename_columns(MONEY.names).sort_by([(key, "ascending") for key in keys]).cast(MONEY)


def _said(graph: Endpoint, iris: pa.Array, sources: pa.Table) -> tuple[pa.Array, pa.Array]:
    """For each link the rows of its sources, and whether all that says who takes part in it is inference."""
    found = answer_of(graph, _EVIDENCE, {"link": pa.string(), "evidence": pa.string()})
    encoded = found["evidence"].combine_chunks().dictionary_encode()
    known, place = encoded.dictionary, encoded.indices.to_numpy()
    of = pc.index_in(
        first_of(known, pairs_of(graph, "SELECT ?s ?v { ?s hx:source ?v }")), sources["iri"].combine_chunks()
    )
    readings = first_of(known, pairs_of(graph, "SELECT ?s ?v { ?s hx:reading/skos:notation ?v }"))
    inferred = pc.equal(readings, "inference").fill_null(fill_value=False).to_numpy(zero_copy_only=False)
    link = pc.index_in(found["link"].combine_chunks(), iris).fill_null(-1).to_numpy()
    source = of.fill_null(-1).to_numpy()[place]
    stated = np.bincount(link[(link >= 0) & ~inferred[place]], minlength=len(iris)) > 0
    told = np.bincount(link[link >= 0], minlength=len(iris)) > 0
    both = (link >= 0) & (source >= 0)
    rows, listed = np.divmod(np.unique(link[both].astype(np.int64) * len(sources) + source[both]), max(len(sources), 1))
    offsets = np.searchsorted(rows, np.arange(len(iris) + 1))
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(listed, pa.int32()))
    return lists, pa.array(told & ~stated)


def _takings(graph: Endpoint, same: pa.Table) -> pa.Table:
    """Who takes part in what, by IRIs; whoever counts as another stands under that one's."""
    found = answer_of(graph, _PARTIES, {"link": pa.string(), "actor": pa.string(), "role": pa.string()})
    return found.set_column(1, "actor", _counted(found["actor"], same))


def _parties(graph: Endpoint, found: pa.Table, actors: pa.Table, links: pa.Table) -> pa.Table:
    roles = pairs_of(graph, f"SELECT ?s ?v {{ ?s skos:inScheme <{SCHEME}role> ; skos:notation ?v }}")
    columns = {
        "link": pc.index_in(found["link"], links["iri"]),
        "actor": pc.index_in(found["actor"], actors["iri"]),
        "role": roles["v"].combine_chunks().take(pc.index_in(found["role"], roles["s"].combine_chunks())),
    }
    parties = pa.table(columns).drop_null().group_by(list(columns)).aggregate([])
    parties = parties.sort_by([(name, "ascending") for name in columns])
    encoded = parties.set_column(2, "role", parties["role"].dictionary_encode())
    return encoded.cast(PARTIES)


def _actors(graph: Endpoint, same: pa.Table) -> pa.Table:
    """Organisations, but for those that count as another, which takes their part and tells what they alone have."""
    iris = subjects_of(graph, "Organisation")
    iris = iris.filter(pc.invert(pc.is_in(iris, same["s"].combine_chunks())))

    def value(query: str) -> pa.Array:
        pairs = pairs_of(graph, query)
        own = first_of(iris, pairs)
        return (
            pc.coalesce(own, first_of(iris, pairs.set_column(0, "s", _counted(pairs["s"], same)))) if len(same) else own
        )

    kinds = value(_CLASS.format("Organisation"))
    hosts = value("SELECT ?s ?v { ?s a hx:Organisation ; org:unitOf ?v }")
    host = pc.index_in(_counted(hosts, same), iris).fill_null(-1)
    columns = [
        iris,
        *_names(value, "Organisation"),
        pc.replace_substring(kinds, str(HX), ""),
        _sectors(graph, value(_NOTATION.format("Organisation", "sector")), kinds, host.to_numpy()),
        host.cast(pa.int32()),
        value(_VALUE.format("Organisation", "region")),
        value(_VALUE.format("Organisation", "city")),
    ]
    return pa.table(columns, schema=ACTORS)


def _counted(actors: pa.Array, same: pa.Table) -> pa.Array:
    """Whom each of `actors` counts as: the `v` of the row of `same` with it as `s`, else itself."""
    place = pc.index_in(actors, same["s"].combine_chunks())
    return pc.coalesce(same["v"].combine_chunks().take(place), actors)


def _names(value: Callable[[str], pa.Array], kind: str) -> tuple[pa.Array, pa.Array]:
    """The English and the Chinese names; what has neither has its own in place of the English one."""
    english, chinese = (value(_NAME.format(kind, f"= '{lang}'")) for lang in ("en", "zh"))
    own = value(_NAME.format(kind, "NOT IN ('en', 'zh')"))
    return pc.if_else(pc.and_(english.is_null(), chinese.is_null()), own, english), chinese


def _sectors(graph: Endpoint, own: pa.Array, kinds: pa.Array, host: NDArray[np.int32]) -> pa.Array:
    """Each actor's own sector, else that of its class, else that of the host that it sits in."""
    of_class = pairs_of(graph, "SELECT ?s ?v { ?s hx:sectorOfClass/skos:notation ?v }")
    by_class = of_class["v"].combine_chunks().take(pc.index_in(kinds, of_class["s"].combine_chunks()))
    sectors = pc.coalesce(own, by_class)
    while True:
        inherited = pc.coalesce(sectors, sectors.take(pa.array(host, mask=host < 0)))
        if inherited.null_count == sectors.null_count:
            return sectors
        sectors = inherited


def _links(graph: Endpoint, sources: pa.Table) -> pa.Table:
    iris = subjects_of(graph, "Link")
    unknown = pa.nulls(len(iris), pa.int32())
    columns = [
        iris,
        *_names(lambda query: first_of(iris, pairs_of(graph, query)), "Link"),
        pc.replace_substring(first_of(iris, pairs_of(graph, _CLASS.format("Link"))), str(HX), ""),
        first_of(iris, pairs_of(graph, _NOTATION.format("Link", "kind"))),
        first_of(iris, pairs_of(graph, _NOTATION.format("Link", "stage"))),
        *_bounds(graph, iris, "startEarliest", "startLatest"),
        *_bounds(graph, iris, "endEarliest", "endLatest"),
        unknown,
        pa.nulls(len(iris), pa.bool_()),
        unknown,
        first_of(iris, pairs_of(graph, _VALUE.format("Link", "placeName"))),
        *_said(graph, iris, sources),
    ]
    return pa.table(columns, schema=LINKS)


def _bounds(graph: Endpoint, iris: pa.Array, low: str, high: str) -> tuple[pa.Array, pa.Array]:
    """The overlap of all stated bounds, or their hull where they do not overlap."""
    lows, highs = (pairs_of(graph, _VALUE.format("Link", name), pa.date32()) for name in (low, high))
    inner = first_of(iris, lows, last=True), first_of(iris, highs)
    outer = first_of(iris, lows), first_of(iris, highs, last=True)
    overlap = pc.fill_null(pc.less_equal(*inner), fill_value=True)
    return pc.if_else(overlap, inner[0], outer[0]), pc.if_else(overlap, inner[1], outer[1])


def _with_sizes(graph: Endpoint, links: pa.Table, parties: pa.Table, layers: dict[str, str]) -> pa.Table:
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


def _groups(graph: Endpoint) -> dict[str, list[_Group]]:
    """The party groups of each link that play a role which makes a tie."""
    members = answer_of(graph, _MEMBERS, {"link": pa.string(), "group": pa.string(), "n": pa.int64()})
    named = {(row["link"], row["group"]): row["n"] for row in members.to_pylist()}
    types = {name: pa.string() for name in ("link", "group", "kind", "includes")} | {"count": pa.int64()}
    found: dict[tuple[str, str], _Group] = {}
    for row in answer_of(graph, _GROUPS, types).to_pylist():
        key = row["link"], row["group"]
        group = _Group(row["count"], row["kind"] != "exact", bool(row["includes"]), named.get(key, 0))
        found[key] = max(found.get(key, group), group)
    listed: dict[str, list[_Group]] = {}
    for (link, _), group in found.items():
        listed.setdefault(link, []).append(group)
    return listed


def _defaults(graph: Endpoint, scheme: str) -> frozenset[str]:
    query = f"SELECT ?s ?v {{ ?s hx:inDefaultLens true ; skos:inScheme <{SCHEME}{scheme}> ; skos:notation ?v }}"
    return frozenset(pairs_of(graph, query)["v"].to_pylist())
