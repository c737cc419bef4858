"""Derived statements of the shipped graphs, compared with independent computations."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import pytest
from helpers.terms import value_of
from helpers.texts import english
from helpers.turtle import SOURCE, graph_file, in_evidence, iri, merged

from kg.ingest import build, derive
from kg.network.incidence.load import load_incidence
from kg.query import evidence
from kg.rdf.sparql import select
from kg.store.local import LocalStore
from kg.terms import DERIVED, HX, ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View


@pytest.fixture
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


def pairs(view: View, term: str) -> set[tuple[str, str]]:
    return {(row["s"].value, row["o"].value) for row in view.select(f"SELECT ?s ?o {{ ?s hx:{term} ?o }}")}


def participations(view: View) -> dict[str, set[tuple[str, str]]]:
    """Return the named parties of each link that is not planned, as (actor, role), from the incidence table."""
    table = load_incidence(view)
    actors, links = table.actors["iri"].to_pylist(), table.links.to_pylist()
    parties: dict[str, set[tuple[str, str]]] = {}
    for row in table.parties.to_pylist():
        link = links[row["link"]]
        if link["stage"] != "planned":
            parties.setdefault(link["iri"], set()).add((actors[row["actor"]], row["role"]))
    return parties


def test_every_rule_has_a_summary_in_both_languages() -> None:
    assert [rule.name for rule in derive.rules()] == ["co-built-with", "in-force-on", "part-of", "partner-of"]
    assert all(rule.summary.en and rule.summary.zh for rule in derive.rules())


def test_a_shortcut_leads_to_the_rule_and_the_evidence(view: View) -> None:
    assert (ID + "huawei", ID + "xaut") in pairs(view, "coBuiltWith")
    assert (ID + "xaut", ID + "huawei") not in pairs(view, "coBuiltWith")
    card = evidence.find(view, f"{DERIVED}co-built-with/coBuiltWith/huawei--xaut")
    assert card.reading == "rule"
    assert any(basis.endswith("chinadaily-2025-11-11/s599-717") for basis in card.derived_from)


def test_a_planned_college_derives_nothing(view: View) -> None:
    bases = view.select(
        f"SELECT ?basis {{ <{DERIVED}co-built-with/coBuiltWith/huawei--xaut> prov:wasDerivedFrom ?basis }}"
    )
    assert not any("xaut-hwc" in row["basis"].value for row in bases)


def test_co_built_with_joins_each_co_builder_and_host(view: View) -> None:
    hosts = {row["u"].value: row["h"].value for row in view.select("SELECT ?u ?h { ?u org:unitOf ?h }")}
    about: dict[str, set[str]] = {}
    for row in view.select("SELECT ?l ?u { ?l hx:about ?u }"):
        about.setdefault(row["l"].value, set()).add(row["u"].value)
    expected, common = set(), common_parties(view)
    for link, parties in participations(view).items():
        ends = {actor for actor, role in parties if role == "host"}
        ends |= {hosts[unit] for unit in about.get(link, ()) if unit in hosts}
        built = {(a, b) for a, role in parties if role == "coBuilder" for b in ends if a != b}
        expected |= {pair for pair in built if link not in common or common[link] in pair}
    assert pairs(view, "coBuiltWith") == expected


@pytest.mark.parametrize(("term", "layer"), [("cooperatesWith", "cooperates"), ("joinedWith", "joins")])
def test_partners_of_a_layer_are_all_pairs_of_its_roles_that_the_arity_allows(
    view: View, term: str, layer: str
) -> None:
    layers, common = load_incidence(view).layers, common_parties(view)
    expected = set()
    for link, parties in participations(view).items():
        tied = permutations({actor for actor, role in parties if layers.get(role) == layer}, 2)
        expected |= {pair for pair in tied if link not in common or common[link] in pair}
    assert pairs(view, term) == expected


def common_parties(view: View) -> dict[str, str]:
    return {row["l"].value: row["p"].value for row in view.select("SELECT ?l ?p { ?l hx:commonParty ?p }")}


def derived(statements: str) -> set[str]:
    """Return the statements that the rules derive from those of one piece of evidence, as ``huawei funds xaut``."""
    graph = merged(SOURCE + in_evidence(statements))
    graph.bulk_extend(derive.derive(graph))
    rows = select(graph, f"SELECT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} ?g a <{HX.Derivation}> }}")
    return {" ".join(value_of(node).rsplit("/", 1)[-1].rpartition("#")[2] for node in row) for row in rows}


def link(parties: str, more: str = "") -> str:
    """Return a link with `parties` such as ``a/party b/party``, and the actors."""
    roles = dict(word.split("/") for word in parties.split())
    seats = "".join(
        f"<id/{actor}> a hx:Actor, hx:Organisation, hx:Firm . <id/link/x> hx:participation <id/link/x/{actor}> . "
        f"<id/link/x/{actor}> a hx:Participation ; hx:participant <id/{actor}> ; hx:role <scheme/role/{role}> . "
        for actor, role in roles.items()
    )
    return f"<id/link/x> a hx:Link . {more} {seats}"


BUNDLE = "<id/link/x> hx:arity <scheme/arity/{}> ; hx:commonParty <id/a> ."


@pytest.mark.parametrize("role", ["beneficiary", "recipient", "host", "coBuilder", "coordinator", "participant"])
def test_a_funder_funds_those_who_receive(role: str) -> None:
    assert "a funds b" in derived(link(f"a/funder b/{role}"))


@pytest.mark.parametrize(
    "role", ["issuer", "guide", "overseer", "initiator", "organiser", "member", "party", "supporter"]
)
def test_other_roles_are_not_funded_or_supported(role: str) -> None:
    assert derived(link(f"a/funder b/{role} c/supporter")) == set()


def test_support_is_not_funding() -> None:
    assert derived(link("a/supporter b/host")) == {"a supports b"}


@pytest.mark.parametrize("role", ["funder", "supporter", "issuer", "recipient", "beneficiary"])
def test_a_guide_guides_neither_funders_nor_issuers_nor_receivers(role: str) -> None:
    assert not {row for row in derived(link(f"a/guide b/{role}")) if "guides" in row}


@pytest.mark.parametrize("role", ["organiser", "executingOrganiser", "coOrganiser"])
def test_an_organiser_does_not_guide(role: str) -> None:
    assert derived(link(f"a/{role} b/party")) == set()


@pytest.mark.parametrize("role", ["funder", "guide", "coBuilder", "party", "member", "host", "issuer"])
def test_an_issuer_recognises_recipients_only(role: str) -> None:
    assert derived(link(f"a/issuer b/recipient c/{role}")) >= {"a recognises b"}
    assert "a recognises c" not in derived(link(f"a/issuer b/recipient c/{role}"))


@pytest.mark.parametrize("roles", ["party host", "guide guide", "recipient recipient", "signatory party"])
def test_roles_of_other_layers_do_not_cooperate_or_join(roles: str) -> None:
    one, other = roles.split()
    assert not {row for row in derived(link(f"a/{one} b/{other}")) if "With" in row}


@pytest.mark.parametrize("arity", ["bundle", "unstated"])
@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        (
            "a/party b/party c/party",
            {"a cooperatesWith b", "b cooperatesWith a", "a cooperatesWith c", "c cooperatesWith a"},
        ),
        ("a/initiator b/member c/member", {"a joinedWith b", "b joinedWith a", "a joinedWith c", "c joinedWith a"}),
        ("a/host b/coBuilder c/coBuilder", {"b coBuiltWith a", "c coBuiltWith a"}),
        ("a/beneficiary b/funder c/funder d/host", {"b funds a", "c funds a"}),
        ("a/coBuilder b/host c/coBuilder", {"a coBuiltWith b"}),
    ],
)
def test_only_the_common_party_is_tied(arity: str, parties: str, expected: set[str]) -> None:
    assert derived(link(parties, BUNDLE.format(arity))) == expected


def test_a_planned_link_derives_nothing() -> None:
    planned = "<id/link/x> hx:stage <scheme/stage/planned> ."
    assert derived(link("a/party b/party c/host d/coBuilder e/funder", planned)) == set()


@pytest.mark.parametrize("roles", ["coBuilder coBuilder", "host host", "party host"])
def test_only_a_co_builder_and_a_host_have_co_built(roles: str) -> None:
    one, other = roles.split()
    assert not {row for row in derived(link(f"a/{one} b/{other}")) if "coBuiltWith" in row}


def test_part_of_does_not_lead_back_or_aside() -> None:
    bodies = "".join(f"<id/{key}> a hx:Actor, hx:Organisation, hx:Unit . " for key in "abcd")
    assert derived(bodies + "<id/a> org:unitOf <id/b> . <id/c> org:unitOf <id/b> . <id/b> hx:issuer <id/d> .") == {
        "a partOf b",
        "c partOf b",
    }


@pytest.mark.parametrize(
    "bounds",
    [
        'hx:startLatest "2025-11-09"^^xsd:date ; hx:endEarliest "2030-01-01"^^xsd:date',
        'hx:startLatest "2020-01-01"^^xsd:date ; hx:endEarliest "2025-11-07"^^xsd:date',
        'hx:startLatest "2020-01-01"^^xsd:date',
        'hx:endEarliest "2030-01-01"^^xsd:date',
    ],
)
def test_a_plan_is_not_in_force_without_both_bounds_around_the_day(bounds: str) -> None:
    day = '"2025-11-08"^^xsd:date'
    event = f"<id/event/e> a hx:Event ; hx:startEarliest {day} ; hx:startLatest {day} ."
    assert derived(f"<id/plan/p> a hx:PolicyPlan ; {bounds} . {event}") == set()


@pytest.mark.parametrize(("parties", "shortcuts"), [(32, 32 * 31), (33, 0)])
def test_a_link_with_many_parties_derives_nothing(parties: int, shortcuts: int) -> None:
    """There would be a thousand shortcuts for each project of a large programme; the network includes them anyway."""
    firms = "".join(
        f"<id/{n}> a hx:Actor, hx:Organisation, hx:Firm . <id/link/p> hx:participation <id/link/p/{n}> . "
        f"<id/link/p/{n}> a hx:Participation ; hx:participant <id/{n}> ; hx:role <scheme/role/party> . "
        for n in range(parties)
    )
    graph = merged(SOURCE + in_evidence(f"<id/link/p> a hx:Link, hx:Project . {firms}"))
    graph.bulk_extend(derive.derive(graph))
    assert (
        len(list(graph.quads_for_pattern(None, ox.NamedNode(HX.cooperatesWith), None, ox.DefaultGraph()))) == shortcuts
    )


def test_part_of_is_the_transitive_closure(view: View) -> None:
    direct = view.select("SELECT ?s ?o { ?s org:unitOf|org:subOrganizationOf ?o }")
    graph = nx.DiGraph((row["s"].value, row["o"].value) for row in direct)
    assert pairs(view, "partOf") == set(nx.transitive_closure(graph).edges)


def test_a_plan_without_dates_is_not_in_force(view: View) -> None:
    in_force = pairs(view, "inForceOn")
    assert (ID + "plan/jyqs-sx", ID + "event/xaut-2025") in in_force
    assert not any(plan == ID + "plan/mic-guide" for plan, _ in in_force)


def test_each_derivation_has_a_rule_and_evidence(view: View) -> None:
    marked = """; hx:rule ?rule ; prov:wasDerivedFrom ?e . ?e a hx:Evidence .
      GRAPH ?g { ?s ?p ?o } ?p hx:derivedBy ?rule"""
    every, whole = (_derivations(view, more) for more in ("", marked))
    assert every == whole > 500


def _derivations(view: View, more: str) -> int:
    (row,) = view.select(f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ ?g a hx:Derivation {more} }}")
    return int(row["n"].value)


def test_a_derived_property_stated_in_a_file_is_refused(tmp_path: Path) -> None:
    firm = '<id/{0}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "{0}"@en .'
    text = SOURCE + in_evidence(firm.format("a") + firm.format("b") + "<id/a> hx:coBuiltWith <id/b> .")
    (finding,) = build.check([graph_file(tmp_path, text)]).findings
    assert (finding.rule, finding.node) == ("derived", iri("id/a"))
    assert "hx:coBuiltWith is inferred at each build and must not be stated" in english(finding.message)


def test_derived_statements_are_not_counted_as_asserted(view: View) -> None:
    asserted = view.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } ?g a hx:Evidence }")
    assert view.size().statements == int(next(asserted)["n"].value)
