"""Static pictures: the content of the page, labels without overlap, and no active content."""

import struct
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from helpers.browser import Visit
from helpers.large_network import big
from helpers.networks import ActorSpec, incidence
from helpers.scenes import HOSTILE, hostile, plain, small
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Browser
from pypdf import PdfReader

from kg.map.formats import VIEWS
from kg.map.scene.styles import DARK, LIGHT
from kg.map.svg import document, label_placement
from kg.map.svg.display_list import MAX_ACTORS, MIN_OMITTED
from kg.map.svg.label_placement import Box, LabelRequest
from kg.model import Text
from kg.network import build

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "rect", "g", "line", "polyline", "path", "circle", "polygon", "text", "tspan"}
STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


def parse(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), STRICT)


def texts(root: etree._Element) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def test_picture_contains_the_content_of_the_page() -> None:
    root = parse(document.svg(small()))
    assert root.findtext(f"{SVG}title") == "Xi'an University of Technology ranks first by bridges (betweenness)"
    visible = texts(root)
    for text in (
        (
            "Who works with whom in industry, education and science. "
            "5 organisations in 5 links; 10 of at least 117 parties are named (9%)"
        ),
        "Xi'an Universityof Technology",
        "university · 2",
        "government department · 1",
        "≥71",
        "+36",
    ):
        assert text in visible
    assert "Area: bridges (betweenness); Xi'an University of Technology: " in " ".join(visible)
    assert (
        sum(one.get("d", "").count("L") for one in root.iter(f"{SVG}path")) == 6 + 4
    )  # 4 in the legend's sign of a hyperedge
    assert {one.findtext(f"{SVG}title") for one in root.iter(f"{SVG}circle", f"{SVG}polygon")} - {None} == {
        "Xi'an University of Technology",
        "Huawei Technologies Co., Ltd.",
        "BAOTi Group",
        "Department of Education",
        "Lone University",
        "The link alliance",
    }


def test_chinese_scene_has_chinese_texts() -> None:
    visible = texts(parse(document.svg(small("zh"))))
    assert any(text.startswith("产业、教育与科技：谁与谁合作。") for text in visible)
    assert "西安理工大学" in visible
    assert "企业 · 2" in visible


@pytest.fixture(scope="module")
def png() -> bytes:
    return document.png(small())


@pytest.fixture(scope="module")
def crowded() -> str:
    """The picture of more actors than it shows."""
    return document.svg(big(MAX_ACTORS + MIN_OMITTED + 1, details=False))


def test_picture_of_a_large_network_is_limited_to_the_most_central_actors(crowded: str) -> None:
    root = parse(crowded)
    names = [one for one in root.iter(f"{SVG}circle", f"{SVG}polygon") if one.find(f"{SVG}title") is not None]
    assert len([one for one in names if one.get("fill") != LIGHT.edge]) == MAX_ACTORS
    assert any("shown: 300 organisations" in text for text in texts(root))


def common_area(a: Box, b: Box) -> float:
    """Return the area that two rectangles have in common, in square pixels."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return max(width, 0) * max(height, 0)


def test_labels_overlap_neither_each_other_nor_the_legend(crowded: str) -> None:
    root = parse(crowded)
    boxes = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", ""))
        rows = text.findall(f"{SVG}tspan")
        if rows:
            wide = max(label_placement.width(row.text or "", size) for row in rows)
            x, y = float(rows[0].get("x", "")), float(rows[0].get("y", ""))
            boxes.append(Box(x - wide / 2, y - 0.8 * size, wide, 1.2 * size * (len(rows) - 1) + 0.8 * size))
    assert len(boxes) > 40
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if common_area(a, b)]
    assert max(box.x + box.width for box in boxes) < 1600 - 330


def test_picture_contains_only_shapes_and_text() -> None:
    for scene in (small(), hostile()):
        root = parse(document.svg(scene))
        assert {etree.QName(one).localname for one in root.iter()} <= TAGS
        attributes = {name for one in root.iter() for name in one.attrib}
        assert not [name for name in attributes if name.startswith("on") or "href" in name or name in {"style", "src"}]


def test_every_view_is_drawn_in_both_themes() -> None:
    seen = set()
    for view in VIEWS:
        light, dark = (
            document.svg(replace(small(dated=True), initial_view=view, theme=theme)) for theme in ("light", "dark")
        )
        assert f'fill="{LIGHT.ground}"' in light
        assert LIGHT.ground not in dark
        assert f'fill="{DARK.ground}"' in dark
        assert {etree.QName(one).localname for one in parse(light).iter()} <= TAGS
        seen.add(light)
    assert len(seen) == len(VIEWS)


def test_geographic_view_shows_cities_and_counts_actors_without_one() -> None:
    visible = texts(parse(document.svg(replace(small(), initial_view="geo"))))
    assert {"Xi'an 2", "Shenzhen 1"} <= set(visible)
    assert "2 organisations are not shown: their city or its position is unknown" in " ".join(visible)
    assert not [text for text in visible if text.startswith("university")]


def test_timeline_shows_dated_links_and_counts_undated_ones() -> None:
    visible = texts(parse(document.svg(replace(small(dated=True), initial_view="timeline"))))
    assert {"2020", "2021", "2022", "3 links without a date are not shown"} <= set(visible)
    assert any(text.startswith("Xi'an University of Technology – ") for text in visible)
    years = texts(parse(document.svg(replace(small(dated=True), initial_view="years"))))
    assert {"2020", "2021", "1 link", "3 links without a date are not shown"} <= set(years)


def test_hostile_text_remains_text() -> None:
    root = parse(document.svg(hostile()))
    assert root.findtext(f"{SVG}title") == HOSTILE[0]
    seen = {one.text for one in root.iter(f"{SVG}title")}
    for i, word in enumerate(HOSTILE):
        assert f"{i} {word}" in seen


def test_characters_forbidden_in_xml_are_replaced() -> None:
    network = build(incidence({"a": "U1 I1"}, ActorSpec(labels={"U1": ("a\x00b\x1b\ufffe\uffff", None)})))
    root = parse(document.svg(replace(plain(network), title=Text("\x08 & <t>"))))
    assert root.findtext(f"{SVG}title") == "\ufffd & <t>"
    assert "a\ufffdb\ufffd\ufffd\ufffd" in {one.text for one in root.iter(f"{SVG}title")}


def test_empty_network_has_an_explanation() -> None:
    scene = plain(build(incidence({})))
    assert any(text.startswith("Nothing to draw") for text in texts(parse(document.svg(scene))))


def test_equal_scenes_have_equal_pictures(png: bytes) -> None:
    assert document.svg(small()) == document.svg(small())
    assert document.png(small()) == png


def test_width_in_millimetres_makes_the_letters_of_print() -> None:
    root = parse(document.svg(replace(small(), width=85, ground="transparent")))
    assert root.get("width") == "85mm"
    points_per_unit = 85 / 25.4 * 72 / float(root.get("viewBox", "").split()[2])
    sizes = [float(one.get("font-size", "99")) for one in root.iter(f"{SVG}text")]
    assert min(sizes) * points_per_unit > 5.5
    assert all(one.get("width") != root.get("viewBox", "").split()[2] for one in root.iter(f"{SVG}rect"))


def test_pdf_has_the_size_of_the_picture_and_its_text() -> None:
    page = PdfReader(BytesIO(document.pdf(replace(small(), width=174)))).pages[0]
    assert float(page.mediabox.width) == pytest.approx(174 / 25.4 * 72, abs=0.1)
    assert "Huawei" in page.extract_text()


def test_ribbons_state_the_share_of_links_between_sectors() -> None:
    root = parse(document.svg(replace(small(), initial_view="bands")))
    assert any(text.endswith("%") for text in texts(root))


def test_sectors_with_a_small_share_have_no_ribbon_and_are_counted() -> None:
    links = {f"l{i}": "U1 I1" for i in range(60)} | {"small": "U1 G1"}
    visible = texts(parse(document.svg(replace(plain(build(incidence(links))), initial_view="bands"))))
    assert "60 · 98%" in visible
    assert not [text for text in visible if text.startswith("1 · ")]
    assert "1 link has no ribbon: its two sectors share less than 2% of the links" in " ".join(visible)


def test_png_has_two_pixels_per_unit(png: bytes) -> None:
    root = parse(document.svg(small()))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (
        2 * int(float(root.get("width", ""))),
        2 * int(float(root.get("height", ""))),
    )


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_browser_draws_the_picture_and_runs_no_script(browser: Browser, tmp_path: Path, lang: str) -> None:
    for scene in (small(lang), hostile()):
        path = tmp_path / "a map & more.svg"
        path.write_text(document.svg(scene), encoding="utf-8")
        context = browser.new_context()
        opened = Visit(context.new_page(), path.as_uri())
        opened.open()
        opened.check()
        drawn = "[...document.querySelectorAll('text')].filter((one) => one.getBBox().width > 10).length"
        assert opened.page.evaluate(drawn) > 8
        context.close()


@given(st.text(st.sampled_from("ab W研究&-"), max_size=60), st.floats(40, 400))
def test_only_single_words_exceed_the_row_limit(text: str, limit: float) -> None:
    rows = label_placement.wrapped(text, limit, 12)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    for row in rows:
        assert label_placement.width(row, 12) <= limit or " " not in row


def test_label_goes_to_a_free_position() -> None:
    request = LabelRequest(("name",), 10, 100, 100, 5)
    frame = Box(0, 0, 200, 200)
    (below,) = label_placement.place([request], [], frame)
    assert below.box.y == 105
    (above,) = label_placement.place([request], [], frame, [below.box])
    assert above.box.y + above.box.height == 95
    assert label_placement.place([request], [], Box(0, 0, 20, 20)) == []
    crowd = [Box(x, y, 4, 4) for x in range(60, 140, 6) for y in range(60, 140, 6)]
    assert label_placement.place([request], crowd, frame) == []


def test_label_inside_a_larger_disc_has_a_leader_line() -> None:
    request = LabelRequest(("Xianyang 3",), 10, 105, 100, 3, required=True, leader=100)
    disc = Box(80, 80, 40, 40)
    (label,) = label_placement.place([request], [disc], Box(0, 0, 200, 200))
    assert not label.box.overlaps(disc)
    assert label.leader is not None
    assert disc.overlaps(Box(*label.leader[0], 1, 1))
    assert not disc.overlaps(Box(*label.leader[1], 1, 1))


def test_chinese_rows_do_not_begin_with_a_full_stop() -> None:
    assert label_placement.wrapped("其余各方，共三项", 48, 12) == ("其余各", "方，共三", "项")
