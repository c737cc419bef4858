"""Extraction of participation tables: declared sizes, date bounds, sectors of units, stable bytes."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from helpers.turtle import HEAD, iri, merged, unmerged
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network.incidence.extract import extract
from kg.network.incidence.load import load_incidence
from kg.store.view import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network.incidence.tables import Incidence

ONTOLOGY = unmerged("")


def actor(key: str, kind: str = "Firm", more: str = "") -> str:
    return f"<id/{key}> a hx:Actor, hx:Organisation, hx:{kind} {more}.\n"


def part(link: str, key: str, role: str = "party") -> str:
    node = f"<id/link/{link}/party/{key.replace('/', '-')}-{role}>"
    who = f"<id/{key}>"
    return f"<id/link/{link}> hx:participation {node} . {node} hx:participant {who} ; hx:role <scheme/role/{role}> .\n"


def link(key: str, *parts: str) -> str:
    stated = f"<id/link/{key}> a hx:Link, hx:Agreement ; hx:kind <scheme/kind/LetterOfIntent> .\n"
    return stated + "".join(part(key, *words.split()) for words in parts)


class Group(NamedTuple):
    """A party group of the link ``x``."""

    key: str
    many: int
    kind: str = "exact"
    includes: bool | None = None
    members: tuple[str, ...] = ()
    role: str = "party"
    inside: str | None = None

    def text(self) -> str:
        result = "" if self.includes is None else f"; hx:includesNamed {str(self.includes).lower()} "
        named = "".join(f"; hx:namedMember <id/{member}> " for member in self.members)
        whole = f"; hx:partOfGroup <id/g/{self.inside}> " if self.inside else ""
        stated = f"<id/g/{self.key}> a hx:CountedGroup, hx:PartyGroup ; hx:count {self.many} "
        return (
            stated
            + f"; hx:countKind <scheme/count-kind/{self.kind}> {result}{named}{whole}.\n"
            + part("x", f"g/{self.key}", self.role)
        )


def table(text: str) -> Incidence:
    """Return the tables of `text`, stated outside evidence, because the tables ignore who states it."""
    graph = ox.Store()
    graph.extend([ox.Quad(*quad.triple) for quad in ONTOLOGY])
    graph.bulk_load((HEAD + text).encode(), format=ox.RdfFormat.TRIG)
    return extract(graph)


def size(named: tuple[str, ...], *groups: Group) -> tuple[int, bool, int]:
    """Return the declared size of the link ``x``, whether it is a lower bound, and the number of named parties."""
    text = "".join(actor(key) for key in ("a", "b", "c", "d", "e")) + link("x", *named)
    row = table(text + "".join(group.text() for group in groups)).links.to_pylist()[0]
    return row["declared"], row["is_lower_bound"], row["named"]


def test_without_a_count_the_declared_size_is_the_named_one() -> None:
    assert size(("a", "b")) == (2, False, 2)


def test_an_actor_in_two_roles_is_one_party() -> None:
    assert size(("a", "a initiator", "b")) == (2, False, 2)


def test_witnesses_are_not_parties() -> None:
    assert size(("a", "b", "c witness"), Group("w", 12, includes=False, role="witness")) == (2, False, 2)


def test_36_enterprises_and_the_university_are_37_parties() -> None:
    assert size(("a",), Group("g", 36, includes=False)) == (37, False, 1)


def test_36_parties_with_the_university_among_them_are_36() -> None:
    assert size(("a",), Group("g", 36, includes=True, members=("a",))) == (36, False, 1)


def test_a_count_includes_only_its_named_members() -> None:
    assert size(("a host", "b", "c"), Group("g", 10, includes=True, members=("b", "c"))) == (11, False, 3)


def test_named_parties_are_in_the_count_by_default() -> None:
    assert size(("a host", "b"), Group("g", 10)) == (10, True, 2)
    assert size(("a", "b", "c"), Group("g", 2)) == (3, True, 3)


def test_named_parties_are_in_one_of_two_open_counts() -> None:
    assert size(("a", "b"), Group("g", 10), Group("h", 5)) == (15, True, 2)


def test_a_part_of_a_group_is_not_counted_twice() -> None:
    whole = Group("all", 58, includes=True, members=("a", "b"))
    parts = [Group(key, count, includes=True, inside="all") for key, count in (("p", 6), ("q", 21), ("r", 31))]
    assert size(("a", "b"), whole, *parts) == (58, False, 2)


@pytest.mark.parametrize("kind", ["moreThan", "atLeast", "approximate"])
def test_a_count_that_is_not_exact_makes_the_size_a_bound(kind: str) -> None:
    assert size(("a",), Group("g", 70, kind, includes=False)) == (71, True, 1)


def test_the_larger_of_two_counts_of_a_group_applies() -> None:
    text = actor("a") + link("x", "a") + Group("g", 35, includes=False).text() + "<id/g/g> hx:count 100 ."
    assert table(text).links["declared"].to_pylist() == [101]


def test_a_named_member_that_is_not_a_party_is_not_counted() -> None:
    assert size(("a",), Group("g", 3, includes=True, members=("a", "b"))) == (3, False, 1)


ROLES = ("party", "member", "witness")
GROUPS = st.builds(
    Group,
    key=st.just(""),
    many=st.integers(1, 9),
    kind=st.sampled_from(["exact", "exact", "moreThan"]),
    includes=st.sampled_from([True, False, None]),
    members=st.sets(st.sampled_from("abcde"), max_size=3).map(lambda actual: tuple(sorted(actual))),
    role=st.sampled_from(ROLES),
    inside=st.none(),
)


@settings(max_examples=10)
@given(
    st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from(ROLES)), min_size=1),
    st.lists(GROUPS, max_size=3),
    st.booleans(),
)
def test_the_declared_size_follows_the_rule(parts: set[tuple[str, str]], drawn: list[Group], nested: bool) -> None:
    """The rule of docs/model.md, computed with sets."""
    groups = [group._replace(key=f"g{number}") for number, group in enumerate(drawn)]
    if nested and len(groups) > 1:
        groups[1] = groups[1]._replace(inside="g0")
    named = {key for key, role in parts if role != "witness"}
    whole = [group for group in groups if group.role != "witness" and group.inside is None]
    result = sum(max(0, group.many - len(named & {*group.members})) for group in whole if group.includes is not None)
    untold = sum(group.many for group in whole if group.includes is None)
    declared = max(len(named), untold) + result
    bound = any(group.kind != "exact" or group.includes is None for group in whole)
    assert size(tuple(f"{key} {role}" for key, role in sorted(parts)), *groups) == (declared, bound, len(named))


def bounds(*stated: tuple[str, str]) -> tuple[Any, Any]:
    text = link("x") + "".join(
        f'<id/link/x> hx:{"startEarliest" if place == "low" else "startLatest"} "{day}"^^xsd:date .\n'
        for place, day in stated
    )
    row = table(text).links.to_pylist()[0]
    return row["start_earliest"], row["start_latest"]


def test_a_year_and_a_day_in_it_give_the_day() -> None:
    year, day = [("low", "2025-01-01"), ("high", "2025-12-31")], [("low", "2025-11-08"), ("high", "2025-11-08")]
    assert bounds(*year, *day) == (date(2025, 11, 8), date(2025, 11, 8))


def test_two_different_days_give_the_interval_between_them() -> None:
    one, other = [("low", "2025-11-08"), ("high", "2025-11-08")], [("low", "2025-03-12"), ("high", "2025-03-12")]
    assert bounds(*one, *other) == (date(2025, 3, 12), date(2025, 11, 8))


def test_unstated_values_stay_unknown() -> None:
    assert bounds() == (None, None)
    assert bounds(("low", "2025-01-01")) == (date(2025, 1, 1), None)


DAYS = st.integers(0, 30).map(lambda number: date(2025, 1, 1) + timedelta(number))
SPANS = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=10)
@given(st.lists(SPANS, min_size=1, max_size=4))
def test_bounds_are_the_overlap_or_else_the_hull(spans: list[tuple[date, date]]) -> None:
    days = [(place, str(day)) for span in spans for place, day in zip(("low", "high"), span, strict=True)]
    low, high = max(span[0] for span in spans), min(span[1] for span in spans)
    hull = min(span[0] for span in spans), max(span[1] for span in spans)
    assert bounds(*days) == ((low, high) if low <= high else hull)


def sectors(text: str) -> dict[str, str | None]:
    actors = table(text).actors
    return {
        key.removeprefix(iri("id/")): value
        for key, value in zip(*actors.select(["iri", "sector"]), strict=True)
        for key, value in [(key.as_py(), value.as_py())]
    }


def test_an_actor_has_the_sector_of_its_class_unless_it_states_another() -> None:
    text = actor("f") + actor("u", "University") + actor("i", more="; hx:sector <scheme/sector/institute> ")
    assert sectors(text) == {"f": "firm", "u": "university", "i": "institute"}


def test_a_vague_class_yields_to_that_of_an_identical_actor() -> None:
    text = actor("f", "OtherOrganisation") + actor("firm", more="; hx:countsAs <id/f> ")
    assert sectors(text) == {"f": "firm"}


def test_a_unit_has_the_sector_of_its_host_however_deep_it_sits() -> None:
    text = (
        actor("u", "University")
        + actor("college", "Unit", "; org:unitOf <id/u> ")
        + actor("lab", "Unit", "; org:unitOf <id/college> ")
        + actor("spin", "Unit", "; org:unitOf <id/u> ; hx:sector <scheme/sector/firm> ")
        + actor("free", "Unit")
    )
    actual = {"u": "university", "college": "university", "lab": "university", "spin": "firm", "free": None}
    assert sectors(text) == actual


def test_units_that_host_each_other_have_no_sector_and_end() -> None:
    text = actor("a", "Unit", "; org:unitOf <id/b> ") + actor("b", "Unit", "; org:unitOf <id/a> ")
    assert sectors(text) == {"a": None, "b": None}


def test_the_host_is_a_row_of_the_table() -> None:
    tables = table(actor("z", "University") + actor("a", "Unit", "; org:unitOf <id/z> ") + actor("b", "Unit"))
    assert tables.actors["host"].to_pylist() == [2, -1, -1]


def test_names_with_commas_quotes_and_line_breaks_are_kept() -> None:
    name = 'A, "B"\nC；NULL'
    text = actor("a", more=f"; skos:prefLabel {ox.Literal(name, language='zh')}, 'null'@en ")
    row = table(text).actors.to_pylist()[0]
    assert (row["label_zh"], row["label_en"]) == (name, "null")


def test_an_empty_graph_gives_empty_tables_with_layers() -> None:
    tables = table("")
    assert [len(one) for one in (tables.actors, tables.links, tables.parties)] == [0, 0, 0]
    assert tables.layers["coBuilder"] == "co-builds"
    assert "witness" not in tables.layers
    assert tables.default_layers == {"cooperates", "co-builds", "joins", "funds", "supports"}
    assert tables.default_stages == {
        "announced",
        "approved",
        "effective",
        "ended",
        "published",
        "founded",
        "signed",
        "unveiled",
    }


def test_repeated_statements_count_once() -> None:
    stated = actor("a") + link("x", "a")
    text = f"<evidence/1> {{ {stated} }} <evidence/2> {{ {stated} }}"
    tables = extract(merged(text))
    assert tables.links["named"].to_pylist() == [1]
    assert len(tables.parties) == 1


def as_bytes(tables: Incidence) -> list[bytes]:
    actual = []
    for one in (tables.actors, tables.links, tables.parties, tables.sources, tables.money):
        sink = io.BytesIO()
        pq.write_table(one, sink)
        actual.append(sink.getvalue())
    return actual


def test_the_order_of_the_quads_does_not_matter(built: Path) -> None:
    with Snapshot(next((built / "generations").glob("g*"))) as view:
        quads = list(view.graph)
        expected = as_bytes(extract(view.graph))
    random.Random(1).shuffle(quads)  # noqa: S311 - any order except that of the store
    graph = ox.Store()
    graph.extend(quads)
    assert as_bytes(extract(graph)) == expected


def test_sizes_of_shipped_links_match_manual_counts(built: Path) -> None:
    with Snapshot(next((built / "generations").glob("g*"))) as view:
        rows = {row["iri"].removeprefix(iri("id/link/")): row for row in load_incidence(view).links.to_pylist()}
    actual = {key: (rows[key]["declared"], rows[key]["is_lower_bound"], rows[key]["named"]) for key in BY_HAND}
    assert actual == BY_HAND


BY_HAND = {
    "xaut-36": (37, False, 1),  # the university and 36 enterprises
    "xaut-sxiit": (2, False, 2),
    "xaut-huawei-ai": (2, False, 2),
    "xaut-13": (1, False, 1),  # the 13 institutions are counted, but they are not parties
    "nwafu-58": (59, False, 8),  # 58 units sign with the university; 6 + 21 + 31 are these 58
    "baidu-aic": (32, True, 3),  # 32 universities, which may include the three named ones
}


SOURCED = """<source/paper> a hx:Source ; dct:publisher "The Paper" ; hx:quality <scheme/quality/newspaper> .
<source/editors> a hx:Source ; dct:publisher "The editors" .
<evidence/paper/1> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> .
<evidence/editors/1> a hx:Evidence ; hx:source <source/editors> ; hx:reading <scheme/reading/inference> .
<evidence/paper/1> {
  <id/u> a hx:Organisation, hx:University . <id/f> a hx:Organisation, hx:Firm .
  <id/link/a> a hx:Link, hx:Agreement ; hx:placeName "Xi'an"@en ; hx:participation <id/link/a/u>, <id/link/a/f> .
  <id/link/a/u> hx:participant <id/u> ; hx:role <scheme/role/party> ; hx:contribution 12.5 ; hx:currency "EUR" .
  <id/link/a/f> hx:participant <id/f> ; hx:role <scheme/role/party> .
}
<evidence/editors/1> {
  <id/link/a> skos:prefLabel "An agreement"@en .
  <id/link/a/u> hx:contribution 20 ; hx:currency "EUR" .
  <id/link/b> a hx:Link, hx:Agreement ; hx:participation <id/link/b/u> .
  <id/link/b/u> hx:participant <id/u> ; hx:role <scheme/role/party> .
}
"""


def test_sources_places_and_contributions_are_extracted() -> None:
    tables = extract(merged(SOURCED))
    keys = [row["iri"].removeprefix(iri("source/")) for row in tables.sources.to_pylist()]
    assert [(row["publisher"], row["quality"]) for row in tables.sources.to_pylist()] == [
        ("The editors", None),
        ("The Paper", "newspaper"),
    ]
    links = {row["iri"].removeprefix(iri("id/link/")): row for row in tables.links.to_pylist()}
    # A source that only adds a name, or an amount, is not a source of participations.
    assert [keys[source] for source in links["a"]["sources"]] == ["paper"]
    assert [keys[source] for source in links["b"]["sources"]] == ["editors"]
    assert [(links[key]["place"], links[key]["derived"]) for key in "ab"] == [("Xi'an", False), (None, True)]
    # The larger of two amounts of one participation in one currency.
    assert [(row["currency"], row["amount"]) for row in tables.money.to_pylist()] == [("EUR", 20.0)]


def test_a_name_in_another_language_is_used_if_needed() -> None:
    names = {"un": '"EMPA"', "fr": '"Institut"@fr , "Institute"@en', "zh": '"研究院"@zh , "YJY"'}
    texts = (actor(key, more=f"; skos:prefLabel {name} ") for key, name in names.items())
    table = extract(merged("".join(texts))).actors
    assert list(
        zip(table["iri"].to_pylist(), table["label_en"].to_pylist(), table["label_zh"].to_pylist(), strict=True)
    ) == [
        (iri("id/fr"), "Institute", None),
        (iri("id/un"), "EMPA", None),
        (iri("id/zh"), None, "研究院"),
    ]
