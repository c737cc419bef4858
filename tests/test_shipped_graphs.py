"""The shipped graphs: canonical, complete, in our own words, and true to the first source."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from helpers import amendments
from helpers.terms import value_of

from kg.rdf.trig import trig
from kg.terms import BASE, PREFIXES

ROOT = Path(__file__).resolve().parents[1]
GRAPHS = ROOT / "graphs" / "curated"
FILES = sorted(path for path in GRAPHS.iterdir() if path.suffix in {".trig", ".ttl"})
SHARED = ROOT.parent / "shared"
FIRST = BASE + "source/chinadaily-2025-11-11"
# Rows of the tables whose actor is founded by the link: hx:about, not a participation.
FOUNDED = {("xaut-almgmo", "almgmo"), ("xjtu-two", "xjtu-sft"), ("xjtu-two", "xjtu-smi")} | {
    ("xaut-13", f"xaut-{unit}") for unit in ("ug", "stri", "eec", "ftc", "ai")
}


REGISTRIES = {"geonames", "moe-2017", "moe-2025", "nbs-divisions", "ror"}


def iri(curie: str) -> ox.NamedNode:
    prefix, local = curie.split(":", 1)
    return ox.NamedNode(PREFIXES[prefix] + local)


TYPE = iri("rdf:type")


@cache
def quads(path: Path) -> tuple[ox.Quad, ...]:
    kind = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.TURTLE
    return tuple(ox.parse(path=str(path), format=kind))


@cache
def everything() -> tuple[ox.Quad, ...]:
    return tuple({quad for path in FILES if path.suffix == ".trig" for quad in quads(path)})


@cache
def store() -> ox.Store:
    graph = ox.Store()
    graph.extend(everything())
    return graph


def select(query: str) -> list[tuple[str, ...]]:
    actual = store().query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(actual, ox.QuerySolutions)
    return [tuple("" if term is None else term.value for term in row) for row in actual]


def pairs(query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in select(query)}


def value(node: object) -> str:
    assert isinstance(node, ox.NamedNode | ox.Literal)
    return node.value


def typed(statements: tuple[ox.Quad, ...], term: str) -> set[str]:
    return {value(quad.subject) for quad in statements if quad.predicate == TYPE and quad.object == iri(f"hx:{term}")}


def shared(*names: str) -> Path:
    path = SHARED.joinpath(*names)
    if not path.exists():
        pytest.skip(f"the project's reference data are not beside the checkout: no shared/{'/'.join(names)}")
    return path


def rows(name: str) -> list[dict[str, str]]:
    with shared("facts", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_canonical_byte_for_byte(path: Path) -> None:
    assert path.read_bytes() == trig(quads(path)).encode()


def test_the_catalogue_lists_the_files_and_their_yield() -> None:
    catalog = quads(GRAPHS / "catalog.ttl")
    stated: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in catalog:
        if quad.predicate.value.startswith(PREFIXES["hx"]):
            stated[value(quad.subject)][quad.predicate.value.removeprefix(PREFIXES["hx"])] = value(quad.object)
    actual = {}
    for path in FILES:
        if path.name != "catalog.ttl":
            terms = {"Links": "Link", "Actors": "Organisation", "Evidence": "Evidence", "Sources": "Source"}
            counts = {f"expected{name}": str(len(typed(quads(path), term))) for name, term in terms.items()}
            actual[f"{BASE}graphs/{path.stem}"] = {"fileName": path.name, **counts}
    assert dict(stated) == actual


def test_each_dataset_has_a_description_and_a_licence() -> None:
    described: defaultdict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for quad in quads(GRAPHS / "catalog.ttl"):
        language = quad.object.language if isinstance(quad.object, ox.Literal) else None
        described[value(quad.subject)][quad.predicate.value.removeprefix(PREFIXES["dct"]), language] += 1
    for counts in described.values():
        for key in (("title", "en"), ("title", "zh"), ("description", "en"), ("description", "zh"), ("license", None)):
            assert counts[key] == 1, described


def test_the_size_of_the_graphs() -> None:
    assert len(typed(everything(), "Link") - typed(everything(), "Supervision")) == 248
    assert len(typed(everything(), "Supervision")) == 115
    assert len(typed(everything(), "Organisation")) == 506
    assert len(typed(everything(), "Firm")) == 123
    pages, registries = len(amendments.PAGES), len(REGISTRIES)
    assert len(typed(everything(), "Source")) == 195 + pages + registries + 1  # and the editors' own


def test_the_default_graph_only_describes_sources_and_evidence() -> None:
    outside = [quad for quad in everything() if isinstance(quad.graph_name, ox.DefaultGraph)]
    described = typed(tuple(outside), "Source") | typed(tuple(outside), "Evidence")
    assert {value(quad.subject) for quad in outside} == described


def test_each_graph_is_evidence_of_a_source_and_each_evidence_a_graph() -> None:
    graphs = {quad.graph_name.value for quad in everything() if isinstance(quad.graph_name, ox.NamedNode)}
    assert graphs == typed(everything(), "Evidence")
    sources = pairs("SELECT ?e ?s { ?e a hx:Evidence ; hx:source ?s }")
    assert sources.keys() == graphs
    assert set(sources.values()) == typed(everything(), "Source")
    assert all(name.startswith(source.replace("/source/", "/evidence/") + "/") for name, source in sources.items())


def test_no_confidence_is_low() -> None:
    actual = Counter(value for _, value in select("SELECT ?e ?c { ?e a hx:Evidence ; hx:confidence ?c }"))
    assert set(actual) == {BASE + "scheme/confidence/high", BASE + "scheme/confidence/medium"}
    assert actual.total() == len(typed(everything(), "Evidence"))


def test_referenced_nodes_exist() -> None:
    described = [*FILES, ROOT / "ontology" / "concepts.ttl"]
    subjects = {value(quad.subject) for path in described for quad in quads(path)}
    missing = {
        quad.object.value
        for quad in everything()
        if isinstance(quad.object, ox.NamedNode)
        and quad.predicate not in {TYPE, iri("dct:license")}
        and quad.object.value not in subjects
    }
    assert missing == set()


def test_each_thing_has_at_most_one_preferred_name_in_a_language_and_each_unit_one_host() -> None:
    names = select("SELECT ?s ?l (COUNT(DISTINCT ?n) AS ?k) { ?s skos:prefLabel ?n } GROUP BY ?s (LANG(?n) AS ?l)")
    assert [row for row in names if row[2] != "1"] == []
    hosts = select("SELECT ?s (COUNT(DISTINCT ?h) AS ?k) { ?s org:unitOf ?h } GROUP BY ?s")
    assert [row for row in hosts if row[1] != "1"] == []
    nameless = select(
        "SELECT ?s { ?s a ?c VALUES ?c { hx:Actor hx:Link hx:PolicyPlan hx:Event } "
        "FILTER NOT EXISTS { ?s skos:prefLabel ?n FILTER(LANG(?n) = 'en') } }"
    )
    assert nameless == []


def test_links_and_evidence_are_described_in_both_languages() -> None:
    for pattern in ("?s a hx:Evidence", "GRAPH ?g { ?s a hx:Link }", "?s a hx:CountedGroup", "?s a org:Post"):
        for word in ("dct:description", "skos:prefLabel"):
            languages: defaultdict[str, set[str]] = defaultdict(set)
            for node, language in select(f"SELECT DISTINCT ?s (LANG(?t) AS ?l) {{ {pattern} . ?s {word} ?t }}"):
                languages[node].add(language)
            assert {node for node, known in languages.items() if not known >= {"en", "zh"}} == set()


def test_an_unstated_year_is_never_filled_in() -> None:
    """The year of such a date is another piece of evidence, inferred from the day of the page."""
    bounds = "VALUES ?bound { hx:startEarliest hx:startLatest hx:attestedEarliest hx:attestedLatest }"
    stated = "?s hx:statedAs ?d FILTER(STRSTARTS(?d, '--'))"
    assert select(f"SELECT DISTINCT ?s {{ GRAPH ?g {{ {stated} ?s ?bound ?b {bounds} }} }}") == []
    alone = f"{stated} FILTER NOT EXISTS {{ ?s hx:statedAs ?year FILTER(!STRSTARTS(?year, '--')) }}"
    inferred = select(f"SELECT DISTINCT ?how {{ {alone} GRAPH ?g {{ ?s ?bound ?b {bounds} }} ?g hx:reading ?how }}")
    assert inferred == [(BASE + "scheme/reading/inference",)]


def test_bounds_are_in_order() -> None:
    for low, high in (("hx:startEarliest", "hx:startLatest"), ("hx:endEarliest", "hx:endLatest")):
        assert select(f"SELECT ?s {{ GRAPH ?g {{ ?s {low} ?a ; {high} ?b }} FILTER(?a > ?b) }}") == []


def test_the_links_are_those_of_the_tables_with_their_parties() -> None:
    links = {row["link_key"] for row in rows("links.csv") if row["confidence"] in {"high", "medium"}}
    kept = (links | amendments.ADDED_LINKS) - amendments.REMOVED_LINKS
    departments = typed(everything(), "Supervision")
    assert typed(everything(), "Link") - departments == {f"{BASE}id/link/{key}" for key in kept}
    stated = {
        (row["link_key"], row["org_key"], row["role"])
        for row in rows("parties.csv")
        if row["link_key"] in kept and row["org_key"] and (row["link_key"], row["org_key"]) not in FOUNDED
    }
    actual = {
        (link.rpartition("/")[2], actor.rpartition("/")[2], role.rpartition("/")[2])
        for link, actor, role in select(
            "SELECT ?l ?a ?r { ?l a hx:Link ; hx:participation ?p . ?p hx:participant ?a ; hx:role ?r . ?a a hx:Actor }"
        )
        if link not in departments
    }
    recognitions = {link.rpartition("/")[2] for link in typed(everything(), "Recognition")}
    wanted = {
        (link, actor, "recipient" if link in recognitions and role in {"host", "member"} else role)
        for link, actor, role in (stated | amendments.ADDED_PARTIES) - amendments.REMOVED_PARTIES
    }
    assert actual == wanted  # a list recognises its members and hosts; they do not join each other
    about = {
        (link.rpartition("/")[2], unit.rpartition("/")[2]) for link, unit in select("SELECT ?l ?u { ?l hx:about ?u }")
    }
    listed = {(row["link_key"], row["unit_key"]) for row in rows("links.csv") if row["unit_key"]}
    assert about == listed | FOUNDED | amendments.ADDED_ABOUT


def test_the_counts_are_those_of_the_tables() -> None:
    stated = Counter(
        (row["link_key"], row["declared_count"], row["count_kind"], row["counted_thing"] == "organisations")
        for row in rows("parties.csv")
        if not row["org_key"]
    )
    actual = Counter(
        (group.split("/")[-3], count, kind.rpartition("/")[2], party == "true")
        for group, count, kind, party in select(
            "SELECT DISTINCT ?g ?n ?k (EXISTS { ?g a hx:PartyGroup } AS ?p) { ?g hx:count ?n ; hx:countKind ?k }"
        )
    )
    assert actual == stated + Counter(amendments.ADDED_COUNTS)


def test_the_sources_are_those_of_the_table() -> None:
    stated = {row["url"]: row["publisher"] for row in rows("sources.csv")}
    added = {BASE + "source/" + key for key in REGISTRIES | amendments.PAGES}
    actual = select("SELECT ?s ?u ?p { ?s hx:address ?u ; dct:publisher ?p }")
    assert {address: publisher for source, address, publisher in actual if source not in added} == stated
    assert {source for source, _, _ in actual} >= added


def test_places_and_digests_agree_with_the_first_source() -> None:
    text = shared("corpus", "first-source.txt").read_text(encoding="utf-8")
    actual = select(
        "SELECT ?e ?a ?z ?d { ?e hx:start ?a ; hx:end ?z ; hx:digest ?d ; hx:reading ?r ; hx:source ?s "
        f"FILTER(?s = <{FIRST}>) }}"
    )
    assert len(actual) == 10
    for name, start, end, digest in actual:
        sentence = " ".join(unicodedata.normalize("NFC", text[int(start) : int(end)]).split())
        assert digest == "sha256:" + hashlib.sha256(sentence.encode()).hexdigest()
        assert name.endswith(f"/s{start}-{end}")
    gold = [json.loads(line) for line in shared("corpus", "first-source.gold.jsonl").read_text("utf-8").splitlines()]
    places = {(row["ev_start"], row["ev_end"]) for row in gold if row["kind"] == "entity"}
    assert {(int(start), int(end)) for _, start, end, _ in actual} >= places


def test_no_sentence_of_the_first_source_is_kept() -> None:
    text = shared("corpus", "first-source.txt").read_text(encoding="utf-8")
    names = {iri(f"skos:{term}") for term in ("prefLabel", "altLabel")} | {iri("dct:title")}
    ours = {
        quad.object.value
        for quad in everything()
        if isinstance(quad.object, ox.Literal) and quad.predicate not in names
    }
    theirs = _shingles(text)
    assert {shingle for words in ours for shingle in _shingles(words) & theirs} == set()


def _shingles(text: str, size: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w']+", text.lower())
    return {tuple(words[place : place + size]) for place in range(len(words) - size + 1)}


def test_each_school_with_a_code_has_the_department_the_level_and_the_founder_of_the_list() -> None:
    with shared("data", "cn_moe_heis", "moe_2025-06-20.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["code"]: row for row in csv.DictReader(file)}
    actual = select(
        "SELECT ?code ?d (STRAFTER(STR(?l), 'education-level/') AS ?level) (STRAFTER(STR(?o), 'ownership/') AS ?own) { "
        "?link a hx:Supervision ; hx:participation/hx:participant ?school, ?department . "
        "?school org:identifier ?code ; hx:educationLevel ?l ; hx:ownership ?o . FILTER(DATATYPE(?code) = hx:moeCode) "
        "?department skos:prefLabel|skos:altLabel ?d FILTER(?department != ?school && LANG(?d) = 'zh') }"
    )
    levels = {"本科": {"bachelor", "vocationalBachelor"}, "专科": {"higherVocational"}}
    founders = {"": {"public"}, "民办": {"private", "independentCollege"}}
    assert len({code for code, *_ in actual}) == 115
    governments: defaultdict[str, set[str]] = defaultdict(set)
    for code, department, level, founder in actual:
        governments[code].add(department)
        assert level in levels[listed[code]["level"]]
        assert founder in founders[listed[code]["note"]]
    for code, names in governments.items():
        assert {listed[code]["dept"], listed[code]["dept"] + "人民政府"} & names


def test_the_97_divisions_of_gbt_4754_are_in_20_sections() -> None:
    codes = Counter(
        value_of(quad.object).isalpha()
        for quad in quads(GRAPHS / "industries.trig")
        if quad.predicate == iri("skos:notation")
    )
    within = {quad.object for quad in quads(GRAPHS / "industries.trig") if quad.predicate == iri("skos:broader")}
    assert (codes[False], codes[True], len(within)) == (97, 20, 20)
