"""The shipped collections: their descriptions, contents, judgements, and places in the default lens."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.stores import kg

from kg.errors import InputError
from kg.findings.ranks import MODE
from kg.ingest import build, collection_load, collections
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network import Lens
from kg.network import build as build_network
from kg.network.incidence.load import load_incidence
from kg.rdf import files as graph_files
from kg.rdf.files import FileCounts
from kg.store.local import LocalStore
from kg.terms import SOURCE, TYPE
from kg.texts import localise

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = """SELECT ?address { ?x hx:address|hx:page ?address
  FILTER(!STRSTARTS(STR(?address), "https://") && !STRSTARTS(STR(?address), "http://")) }"""
WITHOUT_PAGE = """SELECT DISTINCT ?e ?source { ?e a hx:Evidence ; hx:source ?source
  FILTER NOT EXISTS { ?source hx:address ?address } FILTER NOT EXISTS { ?e hx:page ?page } %s }"""
TABLES = [one for one in collections.shipped() if one.tables]
DESCRIBED = """title: {en: T, zh: T}
kind: Membership
publisher: P
licence: facts-only
date: 2020-01-01
default: true
frame: {en: F, zh: F}
missing: {en: M, zh: M}
read: R
faults: F
expected: {links: 1, organisations: 2, evidence: 3, sources: 1}
"""


def test_the_list_begins_with_what_a_reader_chooses_by() -> None:
    rows = json.loads(kg("collections", "--format", "json").out)
    columns = ["collection", "kind", "links", "organisations", "sources", "licence", "frame"]
    assert [list(row)[:7] for row in rows] == [columns] * len(rows)
    assert sum(row["links"] for row in rows) > 5900


def test_facts_without_a_licence_require_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / collections.FILE).write_text(DESCRIBED, encoding="utf-8")
    monkeypatch.setattr("kg.rdf.resources.graphs", lambda: tmp_path)
    with pytest.raises(InputError, match="add the reason"):
        collections.shipped()


def test_the_curated_collection_contains_what_it_declares() -> None:
    (curated,) = collections.shipped(["curated"])
    seen: dict[str, set[str]] = {name: set() for name in ("Link", "Organisation", "Evidence", "Source")}
    for file in curated.graph_files:
        for quad in graph_files.parse(file):
            name = str(quad.object).rpartition("#")[2].rstrip(">")
            if quad.predicate.value == TYPE and name in seen:
                seen[name].add(str(quad.subject))
    assert [len(one) for one in seen.values()] == list(curated.expected.values())


def test_contents_other_than_declared_are_a_finding() -> None:
    one = replace(TABLES[0], expected=TABLES[0].expected | {"links": 1})
    counts = FileCounts(2, *list(one.expected.values())[1:])
    (finding,) = collection_load.unexpected([(one, counts)])
    assert (finding.node, localise(finding.message, "en")) == (one.iri, "it contains 2 links, but declares 1")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two small collections, one of which is beside the default lens."""
    store = tmp_path_factory.mktemp("few") / "store"
    chosen = ("competent-departments-moe", "projects-techport", "joint-ai-models")
    assert build.build((), LocalStore(store), lambda _: None, names=chosen).report.conforms
    return store


def test_links_of_collections_beside_the_default_lens_are_left_out(few: Path) -> None:
    with LocalStore(few).view() as view:
        incidence = load_incidence(view)
    assert incidence.beside_lens == {"projects-techport"}
    assert len(build_network(incidence, Lens()).links) == 0
    assert len(build_network(incidence, Lens(collections="projects-techport")).links) == 21


def test_joint_models_tie_in_a_layer_of_their_own(few: Path) -> None:
    with LocalStore(few).view() as view:
        incidence = load_incidence(view)
    assert len(build_network(incidence, Lens(layers="publishes")).links) == 184
    assert len(build_network(incidence, Lens(layers="administers")).links) == 86


def test_a_judgement_on_an_actor_that_is_not_built_is_left_out(few: Path) -> None:
    with LocalStore(few).view() as view:
        judged = view.select("SELECT ?j { ?j a hx:Judgement ; dct:date ?day }")
        ends = view.select("SELECT ?j { ?j hx:left ?l ; hx:right ?r . ?l a hx:Actor . ?r a hx:Actor }")
        built = {row["j"].value for row in judged}
        assert built
        assert built <= {row["j"].value for row in ends}


def test_the_lens_names_the_collections(few: Path) -> None:
    done = kg("rank", "--collection", "joint-ai-models", "--layer", "publishes", "--limit", "1", "-v", store=few)
    assert "collections AI models developed together;" in done.err


@pytest.mark.scale
def test_the_default_lens_shows_the_network_of_the_curated_links(built: Path, complete: Path) -> None:
    networks = []
    for store in (built, complete):
        with LocalStore(store).view() as view:
            networks.append(build_network(load_incidence(view), Lens()))
    assert len(networks[0].links) == len(networks[1].links)


@pytest.mark.scale
def test_all_collections_build_with_their_contents(complete: Path) -> None:
    with LocalStore(complete).view() as view:
        size = view.size()
        built = [one for one in collections.shipped() if one.is_built]
        assert size.links == sum(one.expected["links"] for one in built)
        assert size.evidence == sum(one.expected["evidence"] for one in built)


@pytest.mark.scale
def test_the_evidence_of_each_party_leads_to_a_web_page(complete: Path) -> None:
    """Notes of the editors have no page: those on parties are inferences from evidence that has one."""
    with LocalStore(complete).view() as view:
        assert not list(view.select(ADDRESSES))
        without = {row["source"].value for row in view.select(WITHOUT_PAGE % "")}
        parties = {row["e"].value for row in view.select(WITHOUT_PAGE % "GRAPH ?e { ?link hx:participation ?party }")}
        inferred = {
            row["e"].value for row in view.select("SELECT ?e { ?e a hx:Evidence ; prov:wasDerivedFrom ?basis }")
        }
    assert without == {SOURCE + "editors"}
    assert parties <= inferred


@pytest.mark.scale
def test_the_first_ten_firms_by_joint_papers_keep_their_ranks_in_samples(complete: Path) -> None:
    with LocalStore(complete).view() as view:
        papers = build_network(load_incidence(view), Lens(layers="publishes"))
    intervals = rank_intervals(papers, "betweenness", MODE, "firm", SamplingOptions(samples=20))
    best, worst = intervals.rank_interval(0.9)
    assert max(worst[:10] - best[:10]) < 5


def test_a_network_credits_the_collections_that_its_links_come_from(few: Path) -> None:
    with LocalStore(few).view() as view:
        network = build_network(load_incidence(view), Lens(layers="publishes"))
    assert [note.localise("en") for note in network.notes if (note.localise("en") or "").startswith("Data:")] == [
        (
            "Data: AI models developed together (184 links; Epoch AI, Notable AI models, "
            "https://epoch.ai/data/notable-ai-models, CC BY 4.0)."
        )
    ]


@pytest.mark.parametrize("measure", ["nestedness", "backbone", "specialisation", "communities"])
def test_a_measure_states_the_frames_of_its_collections(few: Path, measure: str) -> None:
    done = kg("structure", measure, "--collection", "projects-techport", "-v", store=few)
    assert "Technology projects of NASA. Frame: 21 projects with at least two organisations, of 35 at hand." in done.err
    assert "Missing: All other projects; the list is a small sample." in done.err
    assert "each complete in a frame of its own" not in done.err
    assert "Technology projects of NASA" not in kg("structure", measure, "--layer", "publishes", "-v", store=few).err


@pytest.mark.scale
@pytest.mark.parametrize("command", ["structure nestedness", "structure backbone", "structure specialisation", "helix"])
def test_a_measure_of_absent_links_states_that_collections_share_no_frame(complete: Path, command: str) -> None:
    note = kg(*command.split(), "--layer", "publishes", store=complete).err
    assert "each complete in a frame of its own and none in all" in note
