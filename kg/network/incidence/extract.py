"""Extraction of participation tables from the quads of a store.

Columns leave the store as CSV and become arrays; no row becomes a Python object, except for the few counted groups.
Most of the time goes into writing IRIs, so each query asks for one property of all subjects, and the arrays are
joined. For joins of many rows, a sub-select makes the store use a hash table instead of single look-ups.

Contradictions between sources are resolved for the table only, deterministically, and remain in the store:

* of two names or places in one language, the first in code-point order;
* bounds of a date are narrowed to the overlap of all, or widened to their hull if they do not overlap;
* of two counts of one group, and of two contributions of one actor in one currency, the larger;
* an actor that counts as another (`hx:countsAs`) is replaced by it; the other's name, kind and place come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.network.incidence.arrow_columns import answer_of, first_of, in_language, pairs_of, subjects_of
from kg.network.incidence.sources import collections_of, sources_of, sources_table
from kg.network.incidence.tables import ACTORS, LINKS, MONEY, PARTIES, Incidence
from kg.terms import PREFIXES, SCHEME

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from kg.rdf.sparql import Endpoint

_VALUE = "SELECT ?s ?v {{ ?s {} ?v }}"
_NOTATION = "SELECT ?s ?v {{ ?which skos:notation ?v {{ SELECT ?s ?which {{ ?s {} ?which }} }} }}"
_CLASS = "SELECT ?s ?v {{ ?v rdfs:subClassOf {} . ?s a ?v }}"
_NAMES = "SELECT ?s ?v (LANG(?v) AS ?lang) { ?s skos:prefLabel ?v }"

# All participants: the tables select the organisations in links faster than the store.
_PARTIES = f"""SELECT ?link ?actor ?role {{ ?link hx:participation ?part
  {{ SELECT ?part ?actor {{ ?part hx:participant ?actor }} }}
  {{ SELECT ?part ?role {{ ?part hx:role ?which . ?which skos:inScheme <{SCHEME}role> ; skos:notation ?role }} }} }}"""

# Groups that are not part of another group.
_GROUPS = """SELECT ?group ?count ?kind ?includes {
  ?group a hx:PartyGroup ; hx:count ?count ; hx:countKind/skos:notation ?kind
  OPTIONAL { ?group hx:includesNamed ?includes } MINUS { ?group hx:partOfGroup ?whole } }"""

_MONEY = """SELECT ?link ?actor ?currency ?amount { ?part hx:contribution ?amount ; hx:currency ?currency ;
  hx:participant ?actor . ?link hx:participation ?part }"""


def extract(graph: Endpoint) -> Incidence:
    """Return the participation tables of the default graph of `graph`, which includes the ontology."""
    layers = pairs_of(graph, "SELECT ?s ?v { ?role hx:layer/skos:notation ?v ; skos:notation ?s }")
    same = pairs_of(graph, _VALUE.format("hx:countsAs"))
    names = answer_of(graph, _NAMES, {name: pa.string() for name in ("s", "v", "lang")})
    sources = sources_table(graph)
    actors = _actors(graph, names, same)
    links = _links(graph, names, sources, lambda iris: pc.index_in(_canonical(iris, same), actors["iri"]))
    participations = _participations(graph, same)
    parties = party_rows(participations, actors, links)
    ties = dict(zip(layers["s"].to_pylist(), layers["v"].to_pylist(), strict=True))
    return Incidence(
        actors=actors,
        links=with_sizes(
            links, in_tying_roles(parties, ties), _groups(graph, in_tying_roles(participations, ties), same)
        ),
        parties=parties,
        layers=ties,
        default_layers=_defaults(graph, "layer"),
        default_stages=_defaults(graph, "stage"),
        sources=sources,
        collections=collections_of(graph),
        money=_money(graph, same, actors, links),
    )


def _money(graph: Endpoint, same: pa.Table, actors: pa.Table, links: pa.Table) -> pa.Table:
    types = {name: pa.string() for name in ("link", "actor", "currency")} | {"amount": pa.float64()}
    amounts = answer_of(graph, _MONEY, types)
    columns = {
        "link": pc.index_in(amounts["link"], links["iri"]),
        "actor": pc.index_in(_canonical(amounts["actor"], same), actors["iri"]),
        "currency": amounts["currency"],
        "amount": amounts["amount"],
    }
    keys = list(MONEY.names[:3])
    largest = pa.table(columns).drop_null().group_by(keys).aggregate([("amount", "max")])
    return largest.rename_columns(MONEY.names).sort_by([(key, "ascending") for key in keys]).cast(MONEY)


def _participations(graph: Endpoint, same: pa.Table) -> pa.Table:
    """Return the participations by IRIs; an actor that counts as another is replaced by it."""
    rows = answer_of(graph, _PARTIES, {"link": pa.string(), "actor": pa.string(), "role": pa.string()})
    return rows.set_column(1, "actor", _canonical(rows["actor"], same))


def party_rows(rows: pa.Table, actors: pa.Table, links: pa.Table) -> pa.Table:
    """Return the participations `rows` by IRIs as rows of the tables; those of counted groups are left out."""
    columns = {
        "link": pc.index_in(rows["link"], links["iri"]),
        "actor": pc.index_in(rows["actor"], actors["iri"]),
        "role": rows["role"],
    }
    parties = pa.table(columns).drop_null().group_by(list(columns)).aggregate([])
    parties = parties.sort_by([(name, "ascending") for name in columns])
    encoded = parties.set_column(2, "role", parties["role"].dictionary_encode())
    return encoded.cast(PARTIES)


def _actors(graph: Endpoint, names: pa.Table, same: pa.Table) -> pa.Table:
    """Return the organisations; one that counts as another is left out, and its unique values go to the other."""
    iris = subjects_of(graph, "Organisation")
    iris = iris.filter(pc.invert(pc.is_in(iris, same["s"].combine_chunks())))

    def value(pairs: pa.Table) -> pa.Array:
        own = first_of(iris, pairs)
        return (
            pc.coalesce(own, first_of(iris, pairs.set_column(0, "s", _canonical(pairs["s"], same))))
            if len(same)
            else own
        )

    classes = pairs_of(graph, _CLASS.format("hx:Organisation"))
    vague = pc.equal(classes["v"], PREFIXES["hx"] + "OtherOrganisation")
    kinds = pc.coalesce(value(classes.filter(pc.invert(vague))), value(classes))
    host, parent = (
        pc.index_in(_canonical(value(pairs_of(graph, _VALUE.format(path))), same), iris).fill_null(-1).to_numpy()
        for path in ("org:unitOf", "org:subOrganizationOf")
    )
    public = np.array([kind == PREFIXES["hx"] + "GovernmentDepartment" for kind in kinds.to_pylist()], np.bool_)
    own = value(pairs_of(graph, _NOTATION.format("hx:sector")))
    columns = [
        iris,
        *called(value, names),
        pc.replace_substring(kinds, PREFIXES["hx"], ""),
        sectors_of_actors(graph, own, kinds, host),
        host,
        # A department is a body of its own, not a part of its government.
        np.where(public | ((parent >= 0) & public[parent]), -1, parent),
        value(pairs_of(graph, _VALUE.format("hx:region"))),
        value(pairs_of(graph, _VALUE.format("hx:city"))),
    ]
    return pa.table(columns, schema=ACTORS)


def _canonical(actors: pa.Array, same: pa.Table) -> pa.Array:
    """Return the actor that each of `actors` counts as: the `v` of its row in `same`, else itself."""
    place = pc.index_in(actors, same["s"].combine_chunks())
    return pc.coalesce(same["v"].combine_chunks().take(place), actors)


def called(value: Callable[[pa.Table], pa.Array], names: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Return the English and the Chinese names; a name in another language replaces a missing English one."""
    english, chinese = (in_language(value, names, lang) for lang in ("en", "zh"))
    own = value(names.filter(pc.invert(pc.is_in(names["lang"], pa.array(["en", "zh"])))))
    return pc.if_else(pc.and_(english.is_null(), chinese.is_null()), own, english), chinese


def sectors_of_actors(graph: Endpoint, own: pa.Array, kinds: pa.Array, host: NDArray[np.int32]) -> pa.Array:
    """Return the sector of each actor: its own, else that of its class, else that of its host."""
    of_class = pairs_of(graph, "SELECT ?s ?v { ?s hx:sectorOfClass/skos:notation ?v }")
    by_class = of_class["v"].combine_chunks().take(pc.index_in(kinds, of_class["s"].combine_chunks()))
    sectors = pc.coalesce(own, by_class)
    while True:
        inherited = pc.coalesce(sectors, sectors.take(pa.array(host, mask=host < 0)))
        if inherited.null_count == sectors.null_count:
            return sectors
        sectors = inherited


def _links(graph: Endpoint, names: pa.Table, sources: pa.Table, actor_rows: Callable[[pa.Array], pa.Array]) -> pa.Table:
    iris = subjects_of(graph, "Link")

    def value(query: str) -> pa.Array:
        return first_of(iris, pairs_of(graph, query))

    unknown = pa.nulls(len(iris), pa.int32())
    columns = [
        iris,
        *called(lambda pairs: first_of(iris, pairs), names),
        pc.replace_substring(value(_CLASS.format("hx:Link")), PREFIXES["hx"], ""),
        value(_NOTATION.format("hx:kind")),
        value(_NOTATION.format("hx:stage")),
        value(_NOTATION.format("hx:arity")),
        actor_rows(value(_VALUE.format("hx:commonParty"))),
        *_bounds(graph, iris, "hx:startEarliest", "hx:startLatest"),
        *_bounds(graph, iris, "hx:endEarliest", "hx:endLatest"),
        unknown,
        pa.nulls(len(iris), pa.bool_()),
        unknown,
        value(_VALUE.format("hx:placeName")),
        *sources_of(graph, iris, sources),
    ]
    return pa.table(columns, schema=LINKS)


def _bounds(graph: Endpoint, iris: pa.Array, low: str, high: str) -> tuple[pa.Array, pa.Array]:
    """Return the overlap of all stated bounds, or their hull if they do not overlap."""
    return overlap(iris, *(pairs_of(graph, _VALUE.format(name), pa.date32()) for name in (low, high)))


def overlap(iris: pa.Array, lows: pa.Table, highs: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Return for each of `iris` the overlap of all bounds, or their hull if they do not overlap."""
    inner = first_of(iris, lows, last=True), first_of(iris, highs)
    outer = first_of(iris, lows), first_of(iris, highs, last=True)
    common = pc.fill_null(pc.less_equal(*inner), fill_value=True)
    return pc.if_else(common, inner[0], outer[0]), pc.if_else(common, inner[1], outer[1])


def in_tying_roles(participations: pa.Table, layers: dict[str, str]) -> pa.Table:
    """Return the participations in a role that ties."""
    return participations.filter(pc.is_in(participations["role"].cast(pa.string()), pa.array(layers, pa.string())))


def with_sizes(links: pa.Table, parties: pa.Table, groups: dict[str, list[Group]]) -> pa.Table:
    """Add the numbers of named and declared parties (docs/model.md, "Counts")."""
    pairs = parties.group_by(["link", "actor"]).aggregate([])
    named = np.bincount(pairs["link"], minlength=len(links))
    missing, is_lower_bound = np.zeros(len(links), np.int64), np.zeros(len(links), bool)
    rows = pc.index_in(pa.array(groups, pa.string()), links["iri"]).to_pylist()
    for row, listed in zip(rows, groups.values(), strict=True):
        explicit = [group for group in listed if group.is_stated]
        implicit = sum(group.size for group in listed if not group.is_stated)
        missing[row] = max(0, implicit - named[row]) + sum(max(0, group.size - group.named) for group in explicit)
        is_lower_bound[row] = len(explicit) < len(listed) or any(group.is_lower_bound for group in listed)
    sizes = {"declared": named + missing, "is_lower_bound": is_lower_bound, "named": named}
    for name, column in sizes.items():
        field = LINKS.field(name)
        links = links.set_column(LINKS.get_field_index(name), field, pa.array(column).cast(field.type))
    return links


class Group(NamedTuple):
    """A party group that is not part of another: its largest count, and the number of named parties in it.

    Attributes:
        is_stated: whether a source states if named parties are in the count.
    """

    size: int
    is_lower_bound: bool
    is_stated: bool
    named: int


def _groups(graph: Endpoint, participations: pa.Table, same: pa.Table) -> dict[str, list[Group]]:
    """Return the party groups of each link, with those of `participations` that are in roles that tie."""
    types = {name: pa.string() for name in ("group", "kind", "includes")} | {"count": pa.int64()}
    stated = answer_of(graph, _GROUPS, types)
    members = pairs_of(graph, _VALUE.format("hx:namedMember")).rename_columns(["group", "actor"])
    members = members.set_column(1, "actor", _canonical(members["actor"], same))
    seats = participations.filter(pc.is_in(participations["actor"], stated["group"].combine_chunks()))
    seats = seats.rename_columns({"actor": "group"}).group_by(["link", "group"]).aggregate([])
    inside = seats.join(members, "group", join_type="inner")
    beside = participations.filter(
        pc.is_in(participations["link"], inside["link"].combine_chunks())
    )  # keeps the join small
    inside = inside.join(beside, ["link", "actor"], join_type="left semi")
    named = inside.group_by(["link", "group"]).aggregate([("actor", "count_distinct")])
    largest: dict[tuple[str, str], Group] = {}
    for row in seats.join(stated, "group", join_type="inner").join(named, ["link", "group"]).to_pylist():
        key = row["link"], row["group"]
        group = Group(row["count"], row["kind"] != "exact", bool(row["includes"]), row["actor_count_distinct"] or 0)
        largest[key] = max(largest.get(key, group), group)
    listed: dict[str, list[Group]] = {}
    for (link, _), group in largest.items():
        listed.setdefault(link, []).append(group)
    return listed


def _defaults(graph: Endpoint, scheme: str) -> frozenset[str]:
    query = f"SELECT ?s ?v {{ ?s hx:inDefaultLens true ; skos:inScheme <{SCHEME}{scheme}> ; skos:notation ?v }}"
    return frozenset(pairs_of(graph, query)["v"].to_pylist())
