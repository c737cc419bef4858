"""Derived statements of the shipped graphs, compared with independent computations."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import pytest
from helpers.turtle import SOURCE, graph_file, in_evidence, iri, merged

from kg.ingest import build, derive
from kg.network.incidence.load import load_incidence
from kg.query import evidence
from kg.store.local import LocalStore
from kg.terms import HX, ID

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
    card = evidence.find(view, f"{derive.DERIVED}co-built-with/coBuiltWith/huawei--xaut")
    assert card.reading == "rule"
    assert any(basis.endswith("chinadaily-2025-11-11/s599-717") for basis in card.derived_from)


def test_a_planned_college_derives_nothing(view: View) -> None:
    bases = view.select(
        f"SELECT ?basis {{ <{derive.DERIVED}co-built-with/coBuiltWith/huawei--xaut> prov:wasDerivedFrom ?basis }}"
    )
    assert not any("xaut-hwc" in row["basis"].value for row in bases)


def test_co_built_with_joins_each_co_builder_and_host(view: View) -> None:
    hosts = {row["u"].value: row["h"].value for row in view.select("SELECT ?u ?h { ?u org:unitOf ?h }")}
    about: dict[str, set[str]] = {}
    for row in view.select("SELECT ?l ?u { ?l hx:about ?u }"):
        about.setdefault(row["l"].value, set()).add(row["u"].value)
    expected = set()
    for link, parties in participations(view).items():
        ends = {actor for actor, role in parties if role == "host"}
        ends |= {hosts[unit] for unit in about.get(link, ()) if unit in hosts}
        expected |= {(a, b) for a, role in parties if role == "coBuilder" for b in ends if a != b}
    assert pairs(view, "coBuiltWith") == expected


@pytest.mark.parametrize(("term", "layer"), [("cooperatesWith", "cooperates"), ("joinedWith", "joins")])
def test_partners_of_a_layer_are_all_pairs_of_its_roles(view: View, term: str, layer: str) -> None:
    layers = load_incidence(view).layers
    expected = set()
    for parties in participations(view).values():
        expected |= set(permutations({actor for actor, role in parties if layers.get(role) == layer}, 2))
    assert pairs(view, term) == expected


@pytest.mark.parametrize(("term", "layer"), [("funds", "funds"), ("guides", "guides"), ("recognises", "issues")])
def test_funding_guiding_and_recognising_point_to_the_other_parties(view: View, term: str, layer: str) -> None:
    layers = load_incidence(view).layers
    expected = set()
    for parties in participations(view).values():
        subjects = {actor for actor, role in parties if layers.get(role) == layer}
        others = {actor for actor, role in parties if role in layers and layers[role] != layer}
        expected |= {(a, b) for a in subjects for b in others if a != b}
    assert pairs(view, term) == expected


@pytest.mark.parametrize(("parties", "shortcuts"), [(32, 32 * 31), (33, 0)])
def test_a_link_with_many_parties_derives_nothing(parties: int, shortcuts: int) -> None:
    """There would be a thousand shortcuts for each project of a large programme; the network includes them anyway."""
    firms = "".join(
        f"<id/{n}> a hx:Actor, hx:Organisation, hx:Firm . <id/link/p> hx:participation <id/link/p/{n}> . "
        f"<id/link/p/{n}> a hx:Participation ; hx:participant <id/{n}> ; hx:role <scheme/role/party> . "
        for n in range(parties)
    )
    graph = merged(SOURCE + in_evidence(f"<id/link/p> a hx:Link, hx:Project . {firms}"))
    derive.derive(graph)
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
    assert every == whole > 1000


def _derivations(view: View, more: str) -> int:
    (row,) = view.select(f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ ?g a hx:Derivation {more} }}")
    return int(row["n"].value)


def test_a_derived_property_stated_in_a_file_is_refused(tmp_path: Path) -> None:
    firm = '<id/{0}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "{0}"@en .'
    text = SOURCE + in_evidence(firm.format("a") + firm.format("b") + "<id/a> hx:coBuiltWith <id/b> .")
    (finding,) = build.check([graph_file(tmp_path, text)]).findings
    assert (finding.rule, finding.node) == ("derived", iri("id/a"))
    assert "hx:coBuiltWith is inferred at each build and must not be stated" in finding.message


def test_derived_statements_are_not_counted_as_asserted(view: View) -> None:
    asserted = view.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } ?g a hx:Evidence }")
    assert view.size().statements == int(next(asserted)["n"].value)
