"""Identity in a build: one actor for each cluster, unchanged sources, and findings for contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.stores import SMALL
from helpers.tables import text_of
from helpers.texts import english
from helpers.turtle import HEAD, SOURCE, graph_file, in_evidence, iri, merged

from kg.export.graph import asserted, derived
from kg.ingest import build as ingest_build
from kg.network import Lens, build
from kg.network.incidence.load import load_incidence
from kg.query import describe, evidence
from kg.resolve import identity, identity_of, suggest
from kg.resolve.suggest import SuggestOptions
from kg.store.local import LocalStore
from kg.terms import DERIVED, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View

SECOND = """<evidence/paper/2> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> .
"""
MORE = (
    SOURCE
    + SECOND
    + in_evidence('<id/north> org:identifier "038avdt50"^^hx:rorId .')
    + in_evidence(
        """<id/northern-u> a hx:Actor, hx:Organisation, hx:University ; skos:prefLabel "Northern University"@en ;
      hx:region "Utopia"@en ; org:identifier "038avdt50"^^hx:rorId .
    <id/link/later> a hx:Link, hx:Agreement ; skos:prefLabel "A later pact"@en ; hx:stage <scheme/stage/signed> ;
      hx:kind <scheme/kind/CooperationAgreement> ; hx:arity <scheme/arity/bilateral> ;
      hx:participation <id/link/later/1>, <id/link/later/2> .
    <id/link/later/1> a hx:Participation ; hx:participant <id/northern-u> ; hx:role <scheme/role/party> .
    <id/link/later/2> a hx:Participation ; hx:participant <id/bellows> ; hx:role <scheme/role/party> .""",
        2,
    )
)


def judgement(left: str, right: str, verdict: str) -> str:
    return f"""<judgement/{left}--{right}> a hx:Judgement ; hx:left <id/{left}> ; hx:right <id/{right}> ;
      hx:verdict <scheme/verdict/{verdict}> ; dct:creator "Li" ; dct:date "2026-01-01"^^xsd:date ;
      dct:description "One smithy."@en, "同一铁匠铺。"@zh .
    """


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """The small graphs, a university with the same identifier in another register, and two firms judged the same."""
    folder = tmp_path_factory.mktemp("identity")
    files = (SMALL, graph_file(folder, MORE + judgement("anvil", "bellows", "same")))
    assert ingest_build.build(files, LocalStore(folder / "store"), lambda _: None).report.findings == ()
    with LocalStore(folder / "store").view() as opened:
        yield opened


def actors(view: View) -> dict[str, dict[str, object]]:
    return {row["iri"].rpartition("/")[2]: row for row in load_incidence(view).actors.to_pylist()}


def test_a_cluster_counts_as_one_actor(view: View) -> None:
    assert set(actors(view)) == {"anvil", "crucible", "mines", "north", "north-forge", "south"}
    assert "among 6 organisations" in english(ingest_build.summary(view))
    network = build(load_incidence(view), Lens())
    links = {link.iri.rpartition("/")[2]: link for link in network.links}
    assert (links["pact"].named, links["pact"].declared) == (2, 7)  # two of three names denote one firm
    assert {actor.iri.rpartition("/")[2] for actor in network.actors} == {
        "anvil",
        "crucible",
        "mines",
        "north",
        "south",
    }


def test_the_representative_keeps_its_name_and_gains_missing_values(view: View) -> None:
    north = actors(view)["north"]
    assert (north["label_en"], north["label_zh"], north["region"]) == ("University of the North", "北方大学", "Utopia")


def test_sources_are_not_changed(view: View) -> None:
    alone = ox.Store()
    alone.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    assert set(alone) <= set(asserted(view))


def test_counting_as_another_actor_is_derived_from_evidence(view: View) -> None:
    card = evidence.find(view, f"{DERIVED}counts-as/countsAs/bellows--anvil")
    assert card.derived_from == (iri("judgement/anvil--bellows"),)
    card = evidence.find(view, f"{DERIVED}counts-as/countsAs/northern-u--north")
    assert card.derived_from == (iri("evidence/paper/1"), iri("evidence/paper/2"))


def test_equal_identifiers_are_recorded_as_an_undated_judgement(view: View) -> None:
    name = f"<{DERIVED}judgement/north--northern-u>"
    assert view.ask(f"ASK {{ {name} a hx:Judgement ; hx:verdict/skos:notation 'same' ; prov:wasDerivedFrom ?e }}")
    assert not view.ask(f"ASK {{ {name} dct:date ?day }}")
    assert all(one.left != iri("id/north") for one in identity(view.graph).facts.judgements)


def test_exports_of_asserted_statements_exclude_derived_ones(view: View) -> None:
    quads, inferred = set(asserted(view)), set(derived(view))
    assert not quads & inferred
    for name in ("judgement/north--northern-u", "counts-as/countsAs/bellows--anvil"):
        node = ox.NamedNode(DERIVED + name)
        assert not any(node in (quad.subject, quad.graph_name) for quad in quads)
        assert any(quad.subject == node for quad in inferred)
    assert any(quad.subject == ox.NamedNode(iri("judgement/anvil--bellows")) for quad in quads)


@pytest.mark.parametrize(("who", "other"), [("north", "northern-u"), ("northern-u", "north")])
def test_any_member_shows_names_and_links_of_its_cluster(view: View, who: str, other: str) -> None:
    rows = describe.describe(view, iri(f"id/{who}"), "en").rows
    chain = next(row for row in rows if row[0] == "same as")
    assert chain[1] == iri(f"id/{other}")
    assert text_of(chain[2]).endswith("both are rorId 038avdt50")
    assert set(text_of(chain[3]).split()) == {iri("evidence/paper/1"), iri("evidence/paper/2")}
    values = {row[1]: row[0] for row in rows}
    assert {"University of the North", "Northern University", iri("id/link/pact"), iri("id/link/later")} <= set(values)
    assert text_of(values["Northern University"]).endswith("| id:northern-u") is (who == "north")
    assert all(row[3] for row in rows)


def test_the_facts_about_a_cluster_give_the_chains_of_all_facts(shipped: View) -> None:
    whole = identity(shipped.graph)
    for members in whole.members.values():
        own = identity_of(shipped.graph, members)
        assert [own.chain(members[0], each) for each in members] == [whole.chain(members[0], each) for each in members]


def test_another_actor_that_equates_two_numbers_is_needed_for_the_chain() -> None:
    firm = "<id/{}> a hx:Actor, hx:Organisation, hx:Firm ; org:identifier {} . "
    one, two = '"038avdt50"^^hx:rorId', '"042nb2s44"^^hx:rorId'
    stated = in_evidence(firm.format("a", one) + firm.format("b", two) + firm.format("c", f"{one}, {two}"))
    graph = ox.Store()
    graph.extend(ox.parse(HEAD + SOURCE + stated + judgement("a", "b", "same"), format=ox.RdfFormat.TRIG))
    assert identity_of(graph, (iri("id/a"), iri("id/b"))).chain(iri("id/a"), iri("id/b"))


def test_the_reason_is_shown_in_the_requested_language(view: View) -> None:
    rows = describe.describe(view, iri("id/anvil"), "zh").rows
    reason = next(text_of(row[2]) for row in rows if row[0] == "同一者")
    assert reason.endswith("Li于2026-01-01认定为相同（同一铁匠铺。）")


def test_an_actor_without_a_cluster_shows_no_chain(view: View) -> None:
    assert not [row for row in describe.describe(view, iri("id/south"), "en").rows if row[0] == "same as"]


def test_contradictory_judgements_are_a_finding_and_prevent_a_build(tmp_path: Path) -> None:
    judgements = judgement("anvil", "bellows", "same") + judgement("bellows", "crucible", "same")
    file = graph_file(tmp_path, judgements + judgement("anvil", "crucible", "different"))
    done = ingest_build.build((SMALL, file), LocalStore(tmp_path / "store"), lambda _: None)
    (finding,) = done.report.findings
    assert (finding.rule, finding.file, done.size) == ("identity", str(file), None)
    assert "id:anvil and id:bellows: judged same" in english(finding.message)
    assert "but id:anvil and id:crucible: judged different" in english(finding.message)


def test_disagreeing_judgements_of_one_day_are_a_finding(tmp_path: Path) -> None:
    again = judgement("anvil", "bellows", "different").replace("anvil--bellows", "anvil--bellows/2")
    file = graph_file(tmp_path, judgement("anvil", "bellows", "same") + again)
    (finding,) = ingest_build.check((SMALL, file)).findings
    assert "id:anvil and id:bellows are judged same" in english(finding.message)
    assert "on one day" in english(finding.message)


def test_counting_as_another_actor_must_not_be_stated(tmp_path: Path) -> None:
    file = graph_file(tmp_path, SOURCE + in_evidence("<id/anvil> hx:countsAs <id/bellows> ."))
    (finding,) = ingest_build.check((SMALL, file)).findings
    assert finding.rule == "derived"
    assert "hx:countsAs is inferred" in english(finding.message)


# The shipped graphs.


@pytest.fixture(scope="module")
def shipped(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


def test_the_shipped_graphs_merge_and_contradict_nothing(shipped: View) -> None:
    clusters = identity(shipped.graph)
    assert (clusters.canonical, clusters.contradictions, clusters.rejected) == ({}, (), ())


def test_the_shipped_graphs_give_few_suggestions_and_no_judged_pairs(shipped: View) -> None:
    clusters = identity(shipped.graph)
    rows = suggest.suggest(shipped.graph, clusters, "en", SuggestOptions(threshold=0.5)).rows
    pairs = {
        (text_of(row[1]).removeprefix(PREFIXES["id"]), text_of(row[3]).removeprefix(PREFIXES["id"])) for row in rows
    }
    assert len(pairs) <= 25
    assert not {(iri(f"id/{left}"), iri(f"id/{right}")) for left, right in pairs} & clusters.effective.keys()
    assert not pairs & {("sx-edu", "sxp-edu"), ("xaut-ai", "xaut-hwc")}
    assert sum(float(str(row[0])) >= SuggestOptions().threshold for row in rows) <= 3


def test_a_constraint_of_a_member_applies_to_its_cluster() -> None:
    """A member without a place does not bypass the province of its cluster."""
    firm = '<id/{0}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "Qin Ling Forge"@en {1} .'
    places = {"a": ' ; hx:region "Shaanxi"@en', "b": "", "c": ' ; hx:region "Shanxi"@en', "d": ""}
    text = SOURCE + in_evidence("\n".join(firm.format(*one) for one in places.items()))
    assert _suggested(text) == {("a", "b"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")}
    assert _suggested(text + judgement("a", "b", "same")) == {("a", "d"), ("c", "d")}


def _suggested(text: str) -> set[tuple[str, str]]:
    graph = merged(text)
    rows = suggest.suggest(graph, identity(graph), "en", SuggestOptions()).rows
    return {(str(row[1])[-1], str(row[3])[-1]) for row in rows}


def test_the_planned_college_and_the_opened_college_remain_unsure(shipped: View) -> None:
    clusters = identity(shipped.graph)
    assert clusters.effective[iri("id/xaut-ai"), iri("id/xaut-hwc")].verdict == "unsure"
    assert clusters.cluster(iri("id/xaut-ai")) == (iri("id/xaut-ai"),)
