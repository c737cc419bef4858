"""The composition of a scene: actors, lines, hyperedges, rings, sizes, views and the subtitle."""

from datetime import date
from math import pi

import pytest
from helpers.networks import ID, ActorSpec, LinkSpec, incidence
from helpers.scenes import LABELS, LINKS, cards, measure, small

from kg.map import compose
from kg.map.compose import LARGEST, SMALLEST
from kg.map.messages import TERMS, term
from kg.map.scene.details import SceneDetails
from kg.map.scene.model import Scene, SceneNode, UnnamedRing
from kg.measure import MEASURES
from kg.model import Text
from kg.network import build


def node(scene: Scene, key: str) -> SceneNode:
    return next(one for one in scene.nodes if one.iri == ID + key)


def composed(links: dict[str, str | LinkSpec], scores: dict[str, float] | None = None) -> Scene:
    network = build(incidence(links))
    return compose.compose(network, (measure(network, scores=scores),))


def test_links_between_two_parties_share_one_line() -> None:
    scene = composed({"a": "U1 I1", "b": "U1 I1", "c": "U1 I2"})
    assert [(edge.a, edge.b, [iri[-1] for iri in edge.links]) for edge in scene.edges] == [
        (0, 2, ["a", "b"]),
        (1, 2, ["c"]),
    ]
    assert [edge.weight for edge in scene.edges] == [2.0, 1.0]
    assert scene.hyperedges == ()


def test_three_parties_are_a_triangle_and_four_a_hyperedge() -> None:
    scene = composed({"a": "U1 I1 G1", "b": "U2 I2 I3 I4"})
    assert [hyperedge.link for hyperedge in scene.hyperedges] == [ID + "link/b"]
    assert sum(edge.b >= len(scene.nodes) for edge in scene.edges) == 4
    assert len(scene.edges) == 3 + 4


def test_unnamed_parties_are_drawn_once_and_not_as_nodes() -> None:
    scene = composed(
        {
            "alone": LinkSpec("U1", declared=37),
            "pair": LinkSpec("U1 I1", declared=3, is_lower_bound=True),
            "whole": "U1 I2",
        }
    )
    assert len(scene.nodes) == 3
    assert node(scene, "U1").ring == UnnamedRing(36, bound=False)
    assert node(scene, "I1").ring == UnnamedRing()
    assert [hyperedge.ring for hyperedge in scene.hyperedges] == [UnnamedRing(1, bound=True)]
    assert (node(scene, "U1").named, node(scene, "U1").declared, node(scene, "U1").bound) == (2, 39, True)


def test_subtitle_counts_parties_and_marks_lower_bounds() -> None:
    assert composed({"a": "U1 I1"}).subtitle.en == "2 organisations in 1 link; 2 of 2 parties are named (100%)"
    bounded = composed({"a": LinkSpec("U1 I1", declared=75, is_lower_bound=True), "b": "U1 I2"})
    assert bounded.subtitle.en == "3 organisations in 2 links; 4 of at least 77 parties are named (5%)"
    assert bounded.subtitle.zh == "收录3个单位、2项合作事项；来源所载至少77个参与方中已列名4个（5%）"


def test_subtitle_contains_the_years() -> None:
    day = date(2020, 5, 1)
    scene = composed(
        {"a": LinkSpec("U1 I1", start=(day, day)), "b": LinkSpec("U1 I2", start=(date(2023, 1, 1), None)), "c": "U1 I3"}
    )
    assert (
        scene.subtitle.en
        == "4 organisations in 3 links begun in 2020–2023 (1 undated); 6 of 6 parties are named (100%)"
    )
    zh = "收录4个单位、3项合作事项（2020–2023年，1项未注明日期）；来源所载6个参与方中已列名6个（100%）"
    assert scene.subtitle.zh == zh


def test_a_name_in_capitals_keeps_that_of_the_source() -> None:
    labels = {"U1": ("UNIVERSITY OF OXFORD", "牛津大学"), "I1": ("Thales", None)}
    network = build(incidence({"a": "U1 I1"}, ActorSpec(labels=labels)))
    scene = compose.compose(network, (measure(network),))
    shown = {one.iri: (one.label.en, one.source_label.en, one.stated.en) for one in scene.nodes}
    assert shown[ID + "U1"] == ("University of Oxford", "UNIVERSITY OF OXFORD", "UNIVERSITY OF OXFORD")
    assert shown[ID + "I1"] == ("Thales", "Thales", None)


def test_communities_are_numbered_by_size() -> None:
    scene = composed({"a": "U1 I1", "b": "U1 I2", "c": "U1 I3", "d": "U2 I4"})
    groups = {key: node(scene, key).community for key in ("U1", "I1", "I2", "I3", "U2", "I4")}
    assert groups == {"U1": 0, "I1": 0, "I2": 0, "I3": 0, "U2": 1, "I4": 1}


def test_views_have_a_position_for_every_point() -> None:
    scene = composed({"a": "U1 I1 G1 I2", "b": "U1 I3"})
    two_mode, bands = scene.views
    assert (two_mode.name, bands.name) == ("two-mode", "bands")
    assert set(two_mode.links) == {ID + "link/a", ID + "link/b"}
    assert set(bands.links) == {ID + "link/a"}
    for view in scene.views:
        assert len(set(view.actors)) == len(scene.nodes)
    assert [name for name, _, _ in bands.bands] == ["government", "university", "firm"]
    for (_, y), one in zip(bands.actors, scene.nodes, strict=True):
        first, last = next((first, last) for name, first, last in bands.bands if name == one.sector)
        assert first <= y <= last


def test_areas_are_linear_in_the_score() -> None:
    scene = composed({"a": "U1 U2 U3"}, {"U1": 4.0, "U2": 2.0})
    areas = [pi * node(scene, key).size ** 2 for key in ("U3", "U2", "U1")]
    assert areas == pytest.approx([pi * SMALLEST**2, pi * (SMALLEST**2 + LARGEST**2) / 2, pi * LARGEST**2], rel=0.01)


def test_link_without_a_card_is_described_by_the_network() -> None:
    scene = small()
    bare = scene.links[ID + "link/three"]
    assert (bare.kind, bare.stage, bare.parties, bare.evidence) == ("StrategicCooperationAgreement", "signed", (), ())


def test_names_of_notations_come_from_the_ontology_or_their_words() -> None:
    network = build(incidence(LINKS, ActorSpec(labels=LABELS)))
    ours = {"class/University": Text("UNI", "大"), "sector/university": Text("sector")}
    terms = compose.compose(network, (measure(network),), SceneDetails(cards=cards(), terms=ours)).terms
    assert terms["class/University"] == Text("UNI", "大")
    assert terms["sector/university"] == Text("sector")
    assert terms["measure/degree"] == Text("number of links", "合作事项数")
    assert terms["kind/CooperationAgreement"] == Text("cooperation agreement")


def test_qualities_are_not_named_like_sectors() -> None:
    assert term("quality", "university", {"university": Text("universities and colleges")}).en == "university"


def test_empty_network_is_an_empty_scene() -> None:
    scene = composed({"a": LinkSpec("U1", stage="planned")})
    assert (scene.nodes, scene.edges, scene.hyperedges) == ((), (), ())
    assert scene.subtitle.en == "0 organisations in 0 links; 0 of 0 parties are named (100%)"


def test_every_measure_has_a_bilingual_name() -> None:
    assert {one.name for one in MEASURES if not TERMS[f"measure/{one.name}"].zh} == set()
