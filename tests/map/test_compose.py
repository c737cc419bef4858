"""What is drawn: actors, lines, hyperedges, rings, sizes, and the sentence that counts them."""

from datetime import date
from math import pi

import pytest
from helpers.networks import ID, ActorSpec, LinkSpec, incidence
from helpers.scenes import LABELS, LINKS, cards, small

from kg.map import compose
from kg.map.compose import LARGEST, SMALLEST, SceneOptions
from kg.map.messages import TERMS, term
from kg.map.scene.model import Scene, SceneNode, UnnamedRing
from kg.measure import MEASURES
from kg.model import Text
from kg.network import build


def node(scene: Scene, key: str) -> SceneNode:
    return next(one for one in scene.nodes if one.iri == ID + key)


def drawn(links: dict[str, str | LinkSpec], scores: dict[str, float | None] | None = None) -> Scene:
    return compose.compose(build(incidence(links)), scores or {}, {})


def test_a_link_of_two_is_a_line_and_several_are_one() -> None:
    scene = drawn({"a": "U1 I1", "b": "U1 I1", "c": "U1 I2"})
    assert [(edge.a, edge.b, [iri[-1] for iri in edge.links]) for edge in scene.edges] == [
        (0, 2, ["a", "b"]),
        (1, 2, ["c"]),
    ]
    assert [edge.weight for edge in scene.edges] == [2.0, 1.0]
    assert scene.hyperedges == ()


def test_a_link_of_three_is_a_triangle_and_one_of_four_a_hyperedge() -> None:
    scene = drawn({"a": "U1 I1 G1", "b": "U2 I2 I3 I4"})
    assert [hyperedge.link for hyperedge in scene.hyperedges] == [ID + "link/b"]
    assert sum(edge.b >= len(scene.nodes) for edge in scene.edges) == 4
    assert len(scene.edges) == 3 + 4


def test_unnamed_parties_are_drawn_once_and_never_as_nodes() -> None:
    scene = drawn(
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


def test_the_subtitle_counts_and_says_where_it_is_a_lower_bound() -> None:
    assert drawn({"a": "U1 I1"}).subtitle.en == "2 organisations in 1 link; 2 of 2 parties are named"
    bounded = drawn({"a": LinkSpec("U1 I1", declared=75, is_lower_bound=True), "b": "U1 I2"})
    assert bounded.subtitle.en == "3 organisations in 2 links; 4 of at least 77 parties are named"
    assert bounded.subtitle.zh == "2 项联系中的 3 个单位；至少 77 个参与方中已具名 4 个"


def test_the_subtitle_says_when() -> None:
    day = date(2020, 5, 1)
    scene = drawn(
        {"a": LinkSpec("U1 I1", start=(day, day)), "b": LinkSpec("U1 I2", start=(date(2023, 1, 1), None)), "c": "U1 I3"}
    )
    assert scene.subtitle.en == "4 organisations in 3 links begun in 2020–2023 (1 undated); 6 of 6 parties are named"
    assert scene.subtitle.zh == "3 项联系（2020–2023 年，1 项未注明年份）中的 4 个单位；6 个参与方中已具名 6 个"


def test_communities_are_numbered_from_the_largest() -> None:
    scene = drawn({"a": "U1 I1", "b": "U1 I2", "c": "U1 I3", "d": "U2 I4"})
    groups = {key: node(scene, key).community for key in ("U1", "I1", "I2", "I3", "U2", "I4")}
    assert groups == {"U1": 0, "I1": 0, "I2": 0, "I3": 0, "U2": 1, "I4": 1}


def test_views_place_every_actor_and_every_link_that_is_a_point() -> None:
    scene = drawn({"a": "U1 I1 G1 I2", "b": "U1 I3"})
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


def test_other_measures_come_with_the_first_and_as_exactly_as_a_size_needs() -> None:
    look = SceneOptions(
        measure="degree", measures={"degree": {}, "strength": {ID + "U1": 0.123456, ID + "I1": float("nan")}}
    )
    scene = compose.compose(build(incidence({"a": "U1 I1"})), {ID + "U1": 1.0}, {}, look)
    assert [(one.name, one.values) for one in scene.measures] == [("degree", (None, 1.0)), ("strength", (None, 0.1235))]


def test_areas_rise_evenly_with_the_score() -> None:
    scene = drawn({"a": "U1 U2 U3"}, {ID + "U1": 4.0, ID + "U2": 2.0})
    areas = [pi * node(scene, key).size ** 2 for key in ("U3", "U2", "U1")]
    assert areas == pytest.approx([pi * SMALLEST**2, pi * (SMALLEST**2 + LARGEST**2) / 2, pi * LARGEST**2], rel=0.01)


@pytest.mark.parametrize("undefined", [None, float("nan"), float("inf")])
def test_a_score_that_is_no_number_is_not_defined(undefined: float | None) -> None:
    scene = drawn({"a": "U1 I1"}, {ID + "U1": undefined, ID + "I1": 1.0})
    assert node(scene, "U1").score is None
    assert node(scene, "U1").size == SMALLEST


def test_a_link_without_a_card_is_told_from_the_network() -> None:
    scene = small()
    bare = scene.links[ID + "link/three"]
    assert (bare.kind, bare.stage, bare.parties, bare.evidence) == ("StrategicCooperationAgreement", "signed", (), ())


def test_names_of_notations_come_from_the_ontology_else_from_their_words() -> None:
    network = build(incidence(LINKS, ActorSpec(labels=LABELS)))
    ours = {"class/University": Text("UNI", "大"), "sector/university": Text("sector")}
    terms = compose.compose(network, {}, cards(), SceneOptions(terms=ours)).terms
    assert terms["class/University"] == Text("UNI", "大")
    assert terms["sector/university"] == Text("sector")
    assert terms["measure/degree"] == Text("degree", "度中心性")
    assert terms["kind/CooperationAgreement"] == Text("cooperation agreement")


def test_a_kind_of_source_is_not_called_by_the_name_of_a_sector() -> None:
    assert term("quality", "university", {"university": Text("universities and colleges")}).en == "university"


def test_an_empty_network_is_an_empty_scene() -> None:
    scene = drawn({"a": LinkSpec("U1", stage="planned")})
    assert (scene.nodes, scene.edges, scene.hyperedges) == ((), (), ())
    assert scene.subtitle.en == "0 organisations in 0 links; 0 of 0 parties are named"


def test_other_measures_are_short_and_keep_their_order() -> None:
    values = {ID + key: value for key, value in {"U1": 0.123456789, "I1": 0.123456788, "G1": 0.1}.items()}
    network = build(incidence({"a1": "U1 I1 G1", "a2": "U1 I2"}))
    scene = compose.compose(network, {}, {}, SceneOptions(measure="degree", measures={"strength": values}))
    assert scene.measures[1].values == (0.1, 0.123456788, None, 0.123456789)
    rough = {iri: round(value, 3) + 1e-9 * (value > 0.1) for iri, value in values.items()}
    scene = compose.compose(network, {}, {}, SceneOptions(measure="degree", measures={"strength": rough}))
    assert scene.measures[1].values == (0.1, 0.123, None, 0.123)


def test_every_measure_has_a_name_in_both_languages() -> None:
    assert {one.name for one in MEASURES if not TERMS[f"measure/{one.name}"].zh} == set()
