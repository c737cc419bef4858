"""The page of a large network: all of it in few bytes, drawn, picked, searched and told, and nothing of it run."""

import json
import re
from base64 import b64decode
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from draw.big import big
from draw.scenes import HOSTILE, hostile, small
from draw.visits import Visit
from hypothesis import given
from hypothesis import strategies as st
from incidences import incidence
from lxml import html

from kg.draw import compact, forms, large, page
from kg.draw import scene as drawn_scene
from kg.draw.compose import NO_VIEWS
from kg.draw.scene import FULL_UP_TO, Scene
from kg.network import build


def read_varints(coded: str) -> list[int]:
    found, value, shift = [], 0, 0
    for byte in b64decode(coded):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            found.append(value)
            value = shift = 0
    return found


@cache
def scene() -> Scene:
    return big(1200)


@cache
def text() -> str:
    return large.render(scene())


def data(page: str) -> dict[str, object]:
    (block,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, flags=re.DOTALL)
    found: dict[str, object] = json.loads(block)
    return found


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_come_back(values: list[int]) -> None:
    assert read_varints(compact.varints(values)) == values


@given(st.lists(st.text()))
def test_names_come_back(texts: list[str]) -> None:
    pieces, coded = compact.names(texts)
    told = iter(read_varints(coded))
    assert ["".join(pieces[next(told)] for _ in range(next(told))) for _ in texts] == texts


def test_it_holds_everybody_and_every_line_in_few_bytes() -> None:
    found = data(text())
    points = len(scene().nodes) + len(scene().knots)
    assert found["actors"] == 1200
    assert len(b64decode(str(found["places"]))) == 4 * points
    assert len(read_varints(str(found["lines"]))) == 2 * len(scene().edges)
    scores = np.frombuffer(b64decode(str(found["scores"])), dtype="<f4")
    assert (np.diff(scores) <= 0).all()
    assert len(text().encode()) < 60_000 + 120 * 1200


def test_the_same_scene_gives_the_same_page() -> None:
    assert large.render(small()) == large.render(small())


def test_only_a_large_network_is_drawn_so() -> None:
    few = forms.draw(small(), ".html")
    assert (few.note, "vis-network" in str(few.content)) == ("", True)
    assert few.content == page.render(small())


def test_links_are_asked_for_where_the_page_bears_them_and_knots_count_as_points() -> None:
    links = {f"a{i:04}": f"U{i} I{i} I{i + 1} I{i + 2}" for i in range(1600)}
    network = build(incidence(links))
    assert (len(network.actors), len(network.links)) == (3202, 1600)
    assert forms.tells_links(network, ".html")
    assert not forms.tells_links(network, ".svg")
    more = build(incidence({**links, **{f"b{i:04}": f"U{i} I{i} I{i + 1} I{i + 3}" for i in range(199)}}))
    assert len(more.actors) + len(more.links) == FULL_UP_TO + 1
    assert not forms.tells_links(more, ".html")


def test_what_the_large_page_does_not_show_is_not_laid_out() -> None:
    assert big(3200).views
    drawn = big(4400)
    assert not drawn.is_full
    assert (drawn.views, drawn.notes[-1]) == ((), NO_VIEWS)


def test_a_reader_is_told_of_the_other_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (forms, drawn_scene):
        monkeypatch.setattr(module, "FULL_UP_TO", 3)
    drawn = forms.draw(small(), ".html")
    assert drawn.note.startswith("6 points are more than the 3 that the full map bears, so WebGL draws them")
    assert "kgLarge" in str(drawn.content)


def test_nothing_comes_from_outside_and_nothing_but_the_script_may_run() -> None:
    document = html.document_fromstring(text())
    assert document.xpath("//@src | //@href | //@onclick | //link | //iframe") == []
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


INK = """() => {
  const gl = document.getElementById("points").getContext("webgl2");
  kgLarge.paint();
  const [w, h] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
  const all = new Uint8Array(4 * w * h);
  gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, all);
  let found = 0;
  for (let i = 0; i < all.length; i += 4) found += all[i] !== all[0] || all[i + 1] !== all[1];
  return found;
}"""


@pytest.mark.browser
def test_it_is_drawn_and_a_point_tells_who_it_is(visit: Callable[..., Visit]) -> None:
    page = visit(text()).page
    points = len(scene().nodes) + len(scene().knots)
    assert page.evaluate("[kgLarge.n, kgLarge.all, kgLarge.lines]") == [1200, points, len(scene().edges)]
    assert page.evaluate(INK) > 10_000
    for _ in range(14):
        page.locator("#zoom [value=in]").click()
    x, y = page.evaluate("(() => { kgLarge.choose(0, true); kgLarge.choose(null); return kgLarge.onScreen(0); })()")
    page.wait_for_timeout(200)
    page.locator("#points").click(position={"x": x, "y": y})
    assert page.locator("#panel h2").first.inner_text() == "U0 University of Science and Technology"
    told = page.locator("#panel").inner_text()
    assert "degree" in told
    assert "rank 1 of 1200" in told
    assert "kg show 'https://w3id.org/helix-kg/id/U0'" in told
    assert page.locator("#panel .people button").count() > 50
    page.locator("#panel .people button").nth(1).click()
    assert not page.locator("#panel h2").first.inner_text().startswith("U0 ")


@pytest.mark.browser
def test_names_do_not_collide_and_more_come_closer_by(visit: Callable[..., Visit]) -> None:
    page = visit(text()).page
    boxes = """kgLarge.written().map(({ point, dx, dy, wide, size }) => { const [x, y] = kgLarge.onScreen(point);
        return [x + dx, y + dy, x + dx + wide, y + dy + size * 1.2]; })"""
    for zoom in range(3):
        found = page.evaluate(boxes)
        assert len(found) > 5
        for i, (left, top, right, bottom) in enumerate(found):
            assert not [o for o in found[:i] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom], zoom
        for _ in range(4):
            page.locator("#zoom [value=in]").click()
        page.wait_for_timeout(300)


@pytest.mark.browser
def test_it_can_be_used_with_the_keyboard_alone(visit: Callable[..., Visit]) -> None:
    page = visit(text()).page
    page.locator("#points").focus()
    before = page.evaluate("({ ...kgLarge.eye })")
    for key in ("+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    after = page.evaluate("({ ...kgLarge.eye })")
    assert after["scale"] > before["scale"]
    assert after["x"] > before["x"]
    assert after["y"] > before["y"]
    page.keyboard.press("0")
    assert page.evaluate("kgLarge.eye.scale") == pytest.approx(before["scale"])
    page.keyboard.press("n")
    assert page.evaluate("kgLarge.chosen()") == 0
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("第g101科学")
    assert page.locator("#found").inner_text() == "1 found"
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").first.inner_text() == "G101 University of Science and Technology"


@pytest.mark.browser
def test_the_table_tells_the_first_thousand(visit: Callable[..., Visit]) -> None:
    page = visit(text()).page
    page.locator(".lang[value=zh]").click()
    page.locator("#list summary").click()
    page.locator("#rows td").first.wait_for()
    assert page.locator("#rows tbody tr").count() == 1000
    first = page.locator("#rows tbody tr").first.locator("td").all_inner_texts()
    assert first[:2] == ["1", "第U0科学技术大学"]


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_text_runs_nothing(visit: Callable[..., Visit], lang: str) -> None:
    found = visit(large.render(hostile()))
    page = found.page
    page.locator(f".lang[value={lang}]").click()
    assert page.locator("h1").inner_text() == (HOSTILE[0] if lang == "en" else HOSTILE[3])
    seen = []
    for actor in range(len(HOSTILE)):
        page.evaluate("actor => kgLarge.choose(actor, true)", actor)
        seen.append(page.locator("#panel h2").first.text_content() or "")
        assert page.locator("#panel :is(img, script, iframe, a, b, [onerror], [srcdoc])").count() == 0
    for i, word in enumerate(HOSTILE):
        assert (f"{i} {word}" if lang == "en" else word) in seen
    page.locator("#list summary").click()
    page.locator("#rows td").first.wait_for()
    page.locator("#search").fill("window.ran")
    assert page.locator("#results button").count() > 5
    assert page.locator("#rows :is(img, script, iframe)").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(("width", "lang", "theme"), [(390, "zh", "dark"), (820, "en", "light"), (1440, "zh", "light")])
def test_axe_finds_no_serious_fault(visit: Callable[..., Visit], width: int, lang: str, theme: str) -> None:
    page = visit(
        large.render(small(lang)), viewport={"width": width, "height": 800}, color_scheme=theme, bypass_csp=True
    ).page
    for deed in ("", "panel", "table"):
        if deed == "panel":
            page.evaluate("kgLarge.choose(0)")
        elif deed == "table":
            page.locator("#list summary").click()
            page.locator("#rows td").first.wait_for()
        bad = [one for one in Axe().run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in bad] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_without_webgl_the_table_is_there_and_it_is_said(
    visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = large._own
    monkeypatch.setattr(large, "_own", lambda name: own(name).replace('getContext("webgl2"', 'getContext("none"'))
    page = visit(large.render(small())).page
    assert "no WebGL 2" in page.locator("#empty").inner_text()
    page.locator("#list summary").click()
    page.locator("#rows td").first.wait_for()
    assert page.locator("#rows tbody tr").count() == 5
