"""The map as a picture: the same scene, names that cover nobody, and nothing that could run or be asked for."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.browser import Visit
from helpers.large_network import big
from helpers.networks import Actors, incidence
from helpers.scenes import HOSTILE, hostile, small
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Browser

from kg.map import compose
from kg.map.formats import VIEWS
from kg.map.scene.styles import DARK, LIGHT
from kg.map.svg import document, label_placement
from kg.map.svg.display_list import MOST
from kg.map.svg.label_placement import Box, Wish
from kg.model import Label
from kg.network import build

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "rect", "g", "line", "polyline", "path", "circle", "polygon", "text", "tspan"}
STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), STRICT)


def texts(root: etree._Element) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def test_it_shows_what_the_page_shows() -> None:
    root = parsed(document.svg(small()))
    assert root.findtext(f"{SVG}title") == "Who works with whom in industry, education and science"
    told = texts(root)
    for text in (
        "5 organisations in 5 links; 10 of at least 117 parties are named",
        "Xi'an Universityof Technology",
        "university · 2",
        "government department · 1",
        "Area: betweenness",
        "≥71",
        "+36",
    ):
        assert text in told
    assert sum(one.get("d", "").count("L") for one in root.iter(f"{SVG}path")) == 6 + 4  # of the sign of a hyperedge
    assert {one.findtext(f"{SVG}title") for one in root.iter(f"{SVG}circle", f"{SVG}polygon")} - {None} == {
        "Xi'an University of Technology",
        "Huawei Technologies Co., Ltd.",
        "BAOTi Group",
        "Department of Education",
        "Lone University",
        "The link alliance",
    }


def test_it_speaks_chinese() -> None:
    told = texts(parsed(document.svg(small("zh"))))
    assert "产业、教育与科技：谁与谁合作" in told
    assert "西安理工大学" in told
    assert "企业 · 2" in told


def test_a_large_network_shows_the_most_central_and_says_so() -> None:
    scene = big(500)
    root = parsed(document.svg(scene))
    names = [one for one in root.iter(f"{SVG}circle", f"{SVG}polygon") if one.find(f"{SVG}title") is not None]
    assert len([one for one in names if one.get("fill") != LIGHT.edge]) == MOST
    assert any("shown: 300 organisations" in text for text in texts(root))


def test_names_cover_neither_each_other_nor_the_legend() -> None:
    root = parsed(document.svg(big(300)))
    boxes = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", ""))
        rows = text.findall(f"{SVG}tspan")
        if rows:
            wide = max(label_placement.width(row.text or "", size) for row in rows)
            x, y = float(rows[0].get("x", "")), float(rows[0].get("y", ""))
            boxes.append(Box(x - wide / 2, y - 0.8 * size, wide, 1.2 * size * (len(rows) - 1) + 0.8 * size))
    assert len(boxes) > 40
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.meets(b)]
    assert max(box.x + box.width for box in boxes) < 1600 - 330


def test_there_is_nothing_but_shapes_and_text() -> None:
    for scene in (small(), hostile()):
        root = parsed(document.svg(scene))
        assert {etree.QName(one).localname for one in root.iter()} <= TAGS
        told = {name for one in root.iter() for name in one.attrib}
        assert not [name for name in told if name.startswith("on") or "href" in name or name in {"style", "src"}]


def test_every_view_of_the_page_is_a_picture_in_both_themes() -> None:
    seen = set()
    for view in VIEWS:
        light, dark = (
            document.svg(replace(small(dated=True), initial_view=view, theme=theme)) for theme in ("light", "dark")
        )
        assert f'fill="{LIGHT.ground}"' in light
        assert LIGHT.ground not in dark
        assert f'fill="{DARK.ground}"' in dark
        assert {etree.QName(one).localname for one in parsed(light).iter()} <= TAGS
        seen.add(light)
    assert len(seen) == len(VIEWS)


def test_cities_in_a_picture_and_who_is_in_none() -> None:
    told = texts(parsed(document.svg(replace(small(), initial_view="geo"))))
    assert {"Xi'an2", "Shenzhen1"} <= set(told)
    assert "2 organisations are not on this map:" in told
    assert not [text for text in told if text.startswith("university")]


def test_links_in_time_in_a_picture_and_which_are_not() -> None:
    told = texts(parsed(document.svg(replace(small(dated=True), initial_view="timeline"))))
    assert {"2020", "2021", "2022", "The link college", "3 links without a date are not on it"} <= set(told)
    years = texts(parsed(document.svg(replace(small(dated=True), initial_view="years"))))
    assert {"2020", "2021", "1 link", "3 links without a date are not on it"} <= set(years)


def test_hostile_text_is_text() -> None:
    root = parsed(document.svg(hostile()))
    assert root.findtext(f"{SVG}title") == HOSTILE[0]
    seen = {one.text for one in root.iter(f"{SVG}title")}
    for i, word in enumerate(HOSTILE):
        assert f"{i} {word}" in seen


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    network = build(incidence({"a": "U1 I1"}, Actors(labels={"U1": ("a\x00b\x1b\ufffe\uffff", None)})))
    root = parsed(document.svg(compose.compose(network, {}, {}, compose.SceneOptions(title=Label("\x08 & <t>")))))
    assert root.findtext(f"{SVG}title") == "\ufffd & <t>"
    assert "a\ufffdb\ufffd\ufffd\ufffd" in {one.text for one in root.iter(f"{SVG}title")}


def test_an_empty_network_says_so() -> None:
    scene = compose.compose(build(incidence({})), {}, {})
    assert any(text.startswith("There is nothing to draw") for text in texts(parsed(document.svg(scene))))


def test_the_same_scene_gives_the_same_picture() -> None:
    assert document.svg(small()) == document.svg(small())
    assert document.png(small()) == document.png(small())


def test_a_png_is_twice_as_fine() -> None:
    root = parsed(document.svg(small()))
    made = document.png(small())
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", made[16:24]) == (
        2 * int(float(root.get("width", ""))),
        2 * int(float(root.get("height", ""))),
    )


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_browser_draws_it_and_runs_nothing(browser: Browser, tmp_path: Path, lang: str) -> None:
    for scene in (small(lang), hostile()):
        path = tmp_path / "a map & more.svg"
        path.write_text(document.svg(scene), encoding="utf-8")
        context = browser.new_context()
        found = Visit(context.new_page(), path.as_uri())
        found.page.on("request", lambda request, found=found: found.requests.append(request.url))
        found.page.on("console", lambda message, found=found: found.complaints.append(message.text))
        found.page.goto(found.address)
        found.check()
        drawn = "[...document.querySelectorAll('text')].filter((one) => one.getBBox().width > 10).length"
        assert found.page.evaluate(drawn) > 8
        context.close()


@given(st.text(st.sampled_from("ab W研究&-"), max_size=60), st.floats(40, 400))
def test_no_row_is_wider_than_asked_unless_it_is_one_word(text: str, limit: float) -> None:
    rows = label_placement.wrapped(text, limit, 12)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    for row in rows:
        assert label_placement.width(row, 12) <= limit or " " not in row


def test_a_name_looks_for_a_free_place() -> None:
    wish = Wish(0, ("name",), 10, 100, 100, 5)
    frame = Box(0, 0, 200, 200)
    (below,) = label_placement.placed([wish], [], frame)
    assert below.box.y == 105
    (above,) = label_placement.placed([wish], [], frame, [below.box])
    assert above.box.y + above.box.height == 95
    assert label_placement.placed([wish], [], Box(0, 0, 20, 20)) == []
    crowd = [Box(x, y, 4, 4) for x in range(60, 140, 6) for y in range(60, 140, 6)]
    assert label_placement.placed([wish], crowd, frame) == []
