"""Identity and location in the shipped graphs: identifiers, seats, places, names and judgements.

The values are compared with the registries, independently of the programs that wrote the graphs.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from test_shipped_graphs import GRAPHS, everything, iri, pairs, quads, rows, select, shared, typed, value

from kg.terms import BASE, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

FLOORS = {"rorId": 72, "wikidataId": 60, "moeCode": 103, "geonamesId": 80, "divisionCode": 92}
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
UNPLACED = {"aeee-aic", "jslc", "neu-baidu", "prem", "xinrui", "xinyuan", "yingde"}
"""Organisations whose location is in none of the sources."""
TOPS = {"taiwan"}
"""Places below a country without a containing place in the graphs."""


def key(node: str) -> str:
    return node.rpartition("/")[2]


@cache
def identifiers() -> dict[str, dict[str, set[str]]]:
    """Return the identifiers by scheme and node."""
    actual: dict[str, dict[str, set[str]]] = {}
    for quad in everything():
        if quad.predicate == iri("org:identifier"):
            assert isinstance(quad.object, ox.Literal)
            scheme = quad.object.datatype.value.removeprefix(PREFIXES["hx"])
            actual.setdefault(scheme, {}).setdefault(key(value(quad.subject)), set()).add(quad.object.value)
    return actual


@cache
def names() -> dict[str, set[str]]:
    """Return the normalised names of each organisation and place."""
    actual: defaultdict[str, set[str]] = defaultdict(set)
    for node, name in select("SELECT ?s ?n { ?s skos:prefLabel|skos:altLabel ?n }"):
        actual[node].add(normal(name))
    return actual


def normal(name: str) -> str:
    """Normalise a name: NFKC, one case, one apostrophe, no accents, simplified characters where they occur."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold().replace("’", "'"))
    bare = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", bare).strip().translate(str.maketrans("學東師範華", "学东师范华"))


@cache
def containers() -> dict[str, str]:
    return pairs("SELECT ?s ?o { ?s hx:within ?o }")


def chain(place: str) -> list[str]:
    """Return `place` and the places that contain it, up to a country."""
    places = [place]
    while places[-1] in containers():
        assert containers()[places[-1]] not in places
        places.append(containers()[places[-1]])
    return places


def seats() -> dict[str, set[str]]:
    actual: defaultdict[str, set[str]] = defaultdict(set)
    for node, place in select("SELECT ?s ?p { ?s hx:seat ?p }"):
        actual[key(node)].add(place)
    return actual


def table(path: Path) -> list[dict[str, str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(content.decode("utf-8").splitlines()))


def test_identifiers_are_unique_by_node_and_scheme() -> None:
    assert identifiers().keys() == FLOORS.keys()
    for scheme, nodes in identifiers().items():
        counted = Counter(number for numbers in nodes.values() for number in numbers)
        assert set(counted.values()) == {1}, scheme
        assert {len(numbers) for numbers in nodes.values()} == {1}, scheme


@pytest.mark.parametrize(("scheme", "floor"), FLOORS.items())
def test_confirmed_identifiers_are_not_lost(scheme: str, floor: int) -> None:
    assert len(identifiers()[scheme]) >= floor


def test_ror_numbers_have_valid_checksums() -> None:
    """ISO/IEC 7064 MOD 97-10 over the first seven characters as a number to the base 32 of Crockford."""
    for (number,) in identifiers()["rorId"].values():
        count = 0
        for char in number[:7]:
            count = count * 32 + CROCKFORD.index(char)
        assert int(number[7:]) == 98 - count * 100 % 97, number


def test_codes_have_ten_digits_and_contain_the_province_of_the_seat() -> None:
    provinces = {row["name"]: row["code"] for row in table(shared("data", "cn_admdiv", "provinces.csv"))}
    titles = pairs("SELECT ?s ?n { ?s a hx:Place ; skos:prefLabel ?n FILTER(LANG(?n) = 'zh') }")
    for node, (code,) in identifiers()["moeCode"].items():
        assert re.fullmatch(r"4[0-9]{9}", code)
        assert code[2:4] in {provinces.get(titles[place]) for seat in seats()[node] for place in chain(seat)}, node


@cache
def registry() -> dict[str, tuple[set[str], set[str], set[str]]]:
    """Return names, places and Wikidata numbers by ROR number, from the available part of the registry."""
    actual: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for row in table(shared("data", "ror", "cn_zh_en_names.csv")):
        titles, where, known = actual.setdefault(row["ror"], (set(), set(), set()))
        titles.update((normal(row["zh"]), normal(row["en"])))
        where.add(normal(row["city"]))
        known.add(row["wikidata"])
    with gzip.open(shared("data", "ror", "ror_v2_sample.jsonl.gz"), "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            details = [place["geonames_details"] for place in record["locations"]]
            actual[key(record["id"])] = (
                {normal(name["value"]) for name in record["names"] if "acronym" not in name["types"]},
                {normal(detail[part]) for detail in details for part in ("name", "country_name")},
                {number for other in record["external_ids"] if other["type"] == "wikidata" for number in other["all"]},
            )
    return actual


def test_each_ror_record_has_a_name_and_a_place_of_its_organisation() -> None:
    for node, (number,) in identifiers()["rorId"].items():
        titles, where, known = registry()[number]
        assert titles & names()[BASE + "id/" + node], node
        assert where & {name for seat in seats()[node] for place in chain(seat) for name in names()[place]}, node
        assert identifiers()["wikidataId"].get(node, set()) <= known, node


def test_chinese_names_of_record_and_organisation_agree() -> None:
    for node, (number,) in identifiers()["rorId"].items():
        ours, theirs = (
            {name for name in listed if re.search(r"[\u4e00-\u9fff]", name)}
            for listed in (names()[BASE + "id/" + node], registry()[number][0])
        )
        assert not ours or not theirs or ours & theirs, node


def test_each_code_has_a_name_of_the_institution_in_the_list() -> None:
    listed = {row["code"]: row["name"] for row in table(shared("data", "cn_moe_heis", "moe_2025-06-20.csv"))}
    for node, (code,) in identifiers()["moeCode"].items():
        assert normal(listed[code]) in names()[BASE + "id/" + node], node


def test_the_code_of_a_renamed_school_belongs_to_its_successor() -> None:
    renamed = select(
        "SELECT ?a ?b ?c { ?e org:originalOrganization ?a ; org:resultingOrganization ?b ; hx:changeKind ?c }"
    )
    kinds = {(key(old), key(new)): kind.rpartition("/")[2] for old, new, kind in renamed}
    assert kinds == {
        ("cslg", "cslg-2025"): "renaming",
        ("fjut", "fjut-2025"): "renaming",
        ("fosu", "fosu-2025"): "renaming",
        ("sziit", "sziit-2025"): "upgrade",
    }
    coded = identifiers()["moeCode"]
    assert all(new in coded and old not in coded for old, new in kinds)


def test_each_organisation_has_a_seat_if_a_source_gives_one() -> None:
    places = typed(everything(), "Place")
    assert {place for listed in seats().values() for place in listed} <= places
    assert {key(node) for node in typed(everything(), "Organisation")} - seats().keys() == UNPLACED
    towns = pairs("SELECT ?s ?n { ?s hx:city ?n }")
    for node, city in towns.items():
        assert normal(city) in {name for seat in seats()[key(node)] for name in names()[seat]}, node
    for node, region in pairs("SELECT ?s ?n { ?s hx:region ?n FILTER(?n != 'European Union'@en) }").items():
        around = {name for seat in seats()[key(node)] for place in chain(seat) for name in names()[place]}
        assert normal(region) in around, node


def test_every_place_has_both_names_and_is_in_a_country() -> None:
    actual = Counter(node for node, _ in select("SELECT DISTINCT ?s ?n { ?s a hx:Place ; skos:prefLabel ?n }"))
    assert actual.keys() == typed(everything(), "Place")
    assert set(actual.values()) == {2}
    tops = {key(chain(place)[-1]) for place in actual}
    countries = {row["province_or_country"] for row in rows("organisations.csv")} | {"China"}
    assert tops - TOPS <= {re.sub(r"[^a-z]+", "-", normal(name)) for name in countries}
    assert "hong-kong" not in tops


def test_coordinates_equal_those_of_geonames_or_ror() -> None:
    coordinates = {
        row["geonameid"]: (row["lat"], row["lng"]) for row in table(shared("data", "geonames_cn", "places.csv.gz"))
    }
    with gzip.open(shared("data", "ror", "ror_v2_sample.jsonl.gz"), "rt", encoding="utf-8") as file:
        seen = {
            (str(place["geonames_id"]), str(place["geonames_details"]["lat"]), str(place["geonames_details"]["lng"]))
            for record in map(json.loads, file)
            for place in record["locations"]
        }
    actual = select(
        "SELECT ?source ?n ?lat ?lon { GRAPH ?g { ?p hx:latitude ?lat ; hx:longitude ?lon ; org:identifier ?n } "
        "?g hx:source ?source }"
    )
    assert len(actual) == len(select("SELECT ?g ?p { GRAPH ?g { ?p hx:latitude|hx:longitude ?x } }")) / 2
    for source, number, lat, lon in actual:
        assert key(source) in {"geonames", "ror"}
        assert coordinates[number] == (lat, lon) if key(source) == "geonames" else (number, lat, lon) in seen


def test_geonames_is_credited_for_its_coordinates() -> None:
    credited = {
        value(quad.subject)
        for quad in quads(GRAPHS / "catalog.ttl")
        if quad.predicate == iri("dct:rights")
        and "GeoNames" in value(quad.object)
        and "CC BY 4.0" in value(quad.object)
    }
    with_coordinates = {
        f"{BASE}graphs/{path.stem}"
        for path in GRAPHS.glob("*.trig")
        if any(quad.predicate == iri("hx:latitude") for quad in quads(path))
    }
    assert with_coordinates
    assert credited == with_coordinates | {BASE + "graphs/catalog"}


def test_pinyin_names_are_valid_pinyin() -> None:
    actual = select("SELECT ?s ?n { ?s skos:prefLabel ?n FILTER(LANG(?n) = 'zh-latn-pinyin') }")
    assert len(actual) >= 220
    for _, name in actual:
        assert re.fullmatch(r"\(?[A-Za-zü']+\)?( \(?[A-Za-zü']+\)?)*", name), name
        assert all(word[:1].isupper() or word in {"yu", "he"} for word in name.replace("(", "").split()), name


def test_a_machine_made_name_is_marked() -> None:
    notes = select(
        "SELECT ?d { ?g dct:description ?d ; hx:reading ?r FILTER(CONTAINS(STR(?g), '/editors/pinyin/')) "
        f"FILTER(?r = <{BASE}scheme/reading/editorial> && LANG(?d) = 'en') }}"
    )
    assert len(notes) == sum(
        quad.predicate == iri("hx:reading") for path in GRAPHS.glob("names-*") for quad in quads(path)
    )
    assert all("by machine (pypinyin" in note for (note,) in notes)


def test_judgements_compare_described_actors_and_leave_the_huawei_college_open() -> None:
    judged: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads(GRAPHS / "judgements.ttl"):
        judged[value(quad.subject)][key(quad.predicate.value.replace("#", "/"))] = value(quad.object)
    actors = typed(everything(), "Actor")
    for name, values in judged.items():
        assert {values["left"], values["right"]} <= actors
        assert values["left"] < values["right"]
        assert name == f"{BASE}judgement/{key(values['left'])}--{key(values['right'])}"
    verdicts = {key(name): key(values["verdict"]) for name, values in judged.items()}
    assert verdicts["xaut-ai--xaut-hwc"] == "unsure"
    assert verdicts["ii-gtt-23--ii-gtt-sh"] == "different"


def test_different_statements_of_sources_are_kept() -> None:
    funded = select(
        "SELECT ?source ?n { GRAPH ?g { ?group hx:count ?n } ?g hx:source ?source "
        f"FILTER(STRSTARTS(STR(?group), '{BASE}id/link/byd-100/')) }}"
    )
    assert sorted((key(source), count) for source, count in funded) == [
        ("en.sisu.edu.cn-f15770cb9db0441e8e9179286666e7a0", "100"),
        ("kepu.neamco.com-37769254", "100"),
        ("kepu.neamco.com-37769254", "35"),
    ]
    assert {node for node, listed in seats().items() if len(listed) > 1} == {"hbys"}
    seats_of_hbys = select("SELECT ?p ?source { GRAPH ?g { id:hbys hx:seat ?p } ?g hx:source ?source }")
    assert sorted((key(place), key(source)) for place, source in seats_of_hbys) == [
        ("ezhou", "editors"),
        ("wuhan", "moe-2025"),
    ]
