"""Headings of pictures: the sentence that the picture shows, or the title where no sentence is true."""

from dataclasses import replace

import pytest
from helpers.networks import ID, incidence
from helpers.scenes import full, measure, plain, small

from kg.map import compose
from kg.map.scene.model import Scene
from kg.map.svg import places
from kg.map.svg.display_list import display_list
from kg.map.svg.headline import heading
from kg.map.svg.packs import acronym
from kg.model import Text
from kg.network import build

TITLE = "Who works with whom in industry, education and science"
STAR = {"a": "U1 I1", "b": "U1 I2"}
CONSORTIUM = {"x": "U1 " + " ".join(f"I{i}" for i in range(12)), "y": "U1 U2", "z": "U2 U3 U4"}


def scene_of(links: dict[str, str], **scores: float) -> Scene:
    network = build(incidence(links))
    return compose.compose(network, (measure(network, "partners", scores),))


def headed(scene: Scene, view: str = "map") -> str | None:
    return heading(scene, display_list(scene, view)).en


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        ("map", "Xi'an University of Technology ranks first by bridges (betweenness)"),
        ("bands", "40% of the links join universities and firms: 2 of 5"),
        ("geo", "Xi'an has the most organisations: 2 of 3 whose city is known"),
        ("timeline", TITLE),
    ],
)
def test_each_view_has_its_sentence(view: str, sentence: str) -> None:
    assert headed(small(dated=True), view) == sentence


def test_a_tie_has_no_sentence() -> None:
    assert headed(scene_of({"a": "U1 I1"}, U1=1.0, I1=1.0)) == TITLE


def test_partners_are_counted_unless_a_consortium_makes_them() -> None:
    assert headed(scene_of(STAR, U1=2.0, I1=1.0, I2=1.0)) == "U1 has the most named partners: 2"
    scores = {"U1": 13.0, "U2": 3.0}
    assert headed(scene_of({**CONSORTIUM, "w": "U1 U5"}, **scores)) == "U1 is in the most links: 3 of 4"


def test_a_title_of_its_own_remains() -> None:
    assert headed(replace(small(), title=Text("Mine", "我的"))) == "Mine"


def test_many_parties_of_one_link_are_one_point() -> None:
    drawn = display_list(plain(build(incidence(CONSORTIUM))))
    assert [point.name for point in drawn.points if point.iri.endswith("#others")] == ["+12 others"]
    assert {point.iri for point in drawn.points if point.style} == {f"{ID}U{i}" for i in (1, 2, 3, 4)}
    assert display_list(plain(build(incidence(CONSORTIUM))), "two-mode").points[0].style


def test_a_project_has_its_acronym() -> None:
    assert acronym("POWERBASE: Enhanced substrates and GaN pilot lines") == "POWERBASE"
    assert acronym("Enhanced substrates and GaN pilot lines: a project") == "Enhanced substrates and G…"


def test_places_are_counted_with_those_known_to_the_country_only() -> None:
    scene = full()
    nodes = tuple(replace(one, region=one.region or Text("China", "中国")) for one in scene.nodes)
    assert places.totals(replace(scene, nodes=nodes), range(len(nodes))) == [
        ("China, province not stated", 3),
        ("Guangdong", 1),
        ("Shaanxi", 1),
    ]


def test_slim_timeline_is_upright() -> None:
    scene = small(dated=True)
    wide, slim = (display_list(replace(scene, width=width), "timeline").points for width in (174, 85))
    assert max(point.x for point in slim) < max(point.x for point in wide)
