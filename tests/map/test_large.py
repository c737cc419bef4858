"""The page of a large network: encoding, drawing, picking, search, tables and hostile text."""

import csv
import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
from helpers.browser import SMALL_SCREEN, Visit
from helpers.large_network import big
from helpers.markup import strings
from helpers.networks import incidence
from helpers.scenes import HOSTILE, hostile, measure, small
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from map.conftest import visits
from playwright.sync_api import Browser, Page

from kg.map import compose, formats
from kg.map.html import page
from kg.map.scene import model as drawn_scene
from kg.map.scene.model import FULL_UP_TO, Scene
from kg.map.webgl import binary
from kg.map.webgl import page as webgl_page
from kg.network import build


@pytest.fixture
def visit(visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """The function that opens a page, by default on a small screen."""
    return partial(visit, viewport=SMALL_SCREEN)


def read_varints(encoded: str) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in b64decode(encoded):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return numbers


N = 1010
"""Actors of the large network; the table has the first thousand."""


@cache
def scene() -> Scene:
    return big(N, details=False)


@cache
def text() -> str:
    return webgl_page.render(scene())


def data(page: str) -> dict[str, object]:
    (block,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, flags=re.DOTALL)
    values: dict[str, dict[str, object]] = json.loads(block)
    return values["scene"]


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_are_decoded_unchanged(values: list[int]) -> None:
    assert read_varints(binary.varints(values)) == values


@given(st.lists(st.text()))
def test_names_are_decoded_unchanged(texts: list[str]) -> None:
    pieces, encoded = binary.names(texts)
    numbers = iter(read_varints(encoded))
    assert ["".join(pieces[next(numbers)] for _ in range(next(numbers))) for _ in texts] == texts


def test_page_contains_all_actors_in_few_bytes() -> None:
    values = data(text())
    points = len(scene().nodes) + len(scene().hyperedges)
    assert values["actors"] == N
    assert len(b64decode(str(values["positions"]))) == 4 * points
    steps = np.array(read_varints(str(values["scores"])), dtype=np.int64)
    scores = (-np.cumsum(steps) % 2**32).astype("<u4").view("<f4")
    assert scores.tolist() == sorted((node.score for node in scene().nodes if node.score is not None), reverse=True)
    assert len(text().encode()) < 70_000 + 160 * N


def test_equal_scenes_have_equal_pages() -> None:
    assert webgl_page.render(small()) == webgl_page.render(small())


def test_small_network_has_the_full_page() -> None:
    few = formats.draw(small(), ".html")
    assert (few.note, "vis-network" in str(few.content)) == ("", True)
    assert few.content == page.render(small())


def test_links_are_included_up_to_a_number_of_points_with_hyperedges() -> None:
    links = {f"a{i:04}": f"U{i} I{i} I{i + 1} I{i + 2}" for i in range(1600)}
    network = build(incidence(links))
    assert (len(network.actors), len(network.links)) == (3202, 1600)
    assert formats.includes_links(network, ".html")
    assert not formats.includes_links(network, ".svg")
    more = build(incidence({**links, **{f"b{i:04}": f"U{i} I{i} I{i + 1} I{i + 3}" for i in range(199)}}))
    assert len(more.actors) + len(more.links) == FULL_UP_TO + 1
    assert not formats.includes_links(more, ".html")


def test_large_page_has_no_other_views(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence({"a": "U1 I1 I2", "b": "U1 G1"}))
    assert [formats.is_large(network, form) for form in (".html", ".svg")] == [False, False]
    monkeypatch.setattr(formats, "FULL_UP_TO", 3)
    assert [formats.is_large(network, form) for form in (".html", ".svg")] == [True, False]
    bare = compose.compose(network, (measure(network),), views=None)
    assert (bare.views, bare.notes[-1]) == ((), compose.NO_VIEWS)


def test_user_gets_a_note_on_the_large_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (formats, drawn_scene):
        monkeypatch.setattr(module, "FULL_UP_TO", 3)
    drawn = formats.draw(small(), ".html")
    assert drawn.note.startswith("6 points exceed the 3 of the full map, so WebGL draws them")
    assert "kgLarge" in str(drawn.content)


def test_page_loads_nothing_and_allows_only_its_script() -> None:
    document = html.document_fromstring(text())
    assert document.xpath("//@src | //@href | //@onclick | //link | //iframe") == []
    (policy,) = strings(document, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


INK = """() => {
  const gl = document.getElementById("points").getContext("webgl2");
  kgLarge.paint();
  const [w, h] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
  const all = new Uint8Array(4 * w * h);
  gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, all);
  let ink = 0;
  for (let i = 0; i < all.length; i += 4) ink += all[i] !== all[0] || all[i + 1] !== all[1];
  return ink;
}"""


SETTLED = """before => new Promise((resolve, reject) => {
  setTimeout(reject, 20000);
  const scale = () => kgLarge.camera.scale.toFixed(4);
  const isSettled = () => before === null
    ? location.hash === "" : scale() !== before && decodeURIComponent(location.hash).includes(`,${scale()}`);
  const look = () => (isSettled() ? requestAnimationFrame(() => setTimeout(resolve)) : setTimeout(look, 20));
  look();
})"""
"""Waits until another scale, or after a reset the first state, is in the address, and its labels are drawn."""


def zoom_in(tab: Page, pixels: int) -> None:
    """Turn the wheel over the middle of the map, and wait until the labels are placed again."""
    tab.locator("#points").hover()
    before = tab.evaluate("kgLarge.camera.scale.toFixed(4)")
    tab.mouse.wheel(0, -pixels)
    tab.evaluate(SETTLED, before)


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """The page of the large network, which several tests visit one after another."""
    for begin in visits(browser, tmp_path_factory.mktemp("large")):
        yield begin(text(), viewport=SMALL_SCREEN)


@pytest.fixture
def tab(opened: Visit) -> Iterator[Page]:
    """The page of the large network in its first state."""
    yield from first_state(opened)


def first_state(opened: Visit) -> Iterator[Page]:
    """Yield an open page in its first state, and check it after a test."""
    opened.page.evaluate("for (const one of document.querySelectorAll('#list, #filters details')) one.open = false")
    opened.page.evaluate("location.hash = 'lang=en'")
    opened.page.evaluate(SETTLED, None)
    yield opened.page
    opened.check()


@pytest.mark.browser
def test_points_are_drawn_and_open_a_panel(tab: Page) -> None:
    points = len(scene().nodes) + len(scene().hyperedges)
    assert tab.evaluate("[kgLarge.n, kgLarge.pointCount, kgLarge.lineCount]") == [N, points, len(scene().edges)]
    assert tab.evaluate(INK) > 10_000
    zoom_in(tab, 2000)
    x, y = tab.evaluate(
        "(() => { kgLarge.choose({ point: 0 }, true); kgLarge.choose(null); return kgLarge.toScreen(0); })()"
    )
    tab.locator("#points").click(position={"x": x, "y": y})
    assert tab.locator("#panel h2").first.inner_text() == "U0 University of Science and Technology"
    text_ = tab.locator("#panel").inner_text()
    assert "number of links" in text_
    assert f"rank 1 of {N}" in text_
    assert "kg show 'https://w3id.org/helix-kg/id/U0'" in text_
    assert tab.locator("#panel .part[open] button").count() > 50
    tab.locator("#panel .part[open] button").nth(1).click()
    assert not tab.locator("#panel h2").first.inner_text().startswith("U0 ")


@pytest.mark.browser
def test_labels_do_not_overlap_at_any_scale(tab: Page) -> None:
    boxes = """kgLarge.labels().map(({ point, dx, dy, wide, size }) => { const [x, y] = kgLarge.toScreen(point);
        return [x + dx, y + dy, x + dx + wide, y + dy + size * 1.2]; })"""
    for zoom in range(3):
        if zoom:
            zoom_in(tab, 400)
        labels = tab.evaluate(boxes)
        assert len(labels) > 5
        for i, (left, top, right, bottom) in enumerate(labels):
            assert not [o for o in labels[:i] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom], zoom


@pytest.mark.browser
def test_map_can_be_used_by_keyboard_only(tab: Page) -> None:
    tab.locator("#points").focus()
    before = tab.evaluate("({ ...kgLarge.camera })")
    for key in ("+", "ArrowRight", "ArrowDown"):
        tab.keyboard.press(key)
    after = tab.evaluate("({ ...kgLarge.camera })")
    assert after["scale"] > before["scale"]
    assert after["x"] > before["x"]
    assert after["y"] > before["y"]
    tab.keyboard.press("0")
    assert tab.evaluate("kgLarge.camera.scale") == pytest.approx(before["scale"])
    tab.keyboard.press("n")
    assert tab.evaluate("kgLarge.chosen()") == {"point": 0}
    tab.keyboard.press("Escape")
    tab.keyboard.press("/")
    tab.keyboard.type("第g101科学")
    assert tab.locator("#searchStatus").inner_text() == "1 found"
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h2").first.inner_text() == "G101 University of Science and Technology"


NAMES = ["huawei tech", "华为", "HUAWEI JISHU", "hjyg"]
"""English, Chinese, pinyin, and initials of pinyin."""


@pytest.mark.browser
def test_search_matches_any_name_by_keyboard_only(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(small())).page
    for name in NAMES:
        page.locator("#search").fill("")
        page.keyboard.press("/")
        page.keyboard.insert_text(name)
        assert page.locator("#searchStatus").inner_text() == "1 found"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").first.inner_text() == "Huawei Technologies Co., Ltd."
        assert page.evaluate("document.activeElement.id") == "heading"
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
    page.locator("#search").fill("no such name")
    assert page.locator("#searchStatus").inner_text() == "No organisation has this name"
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "lang", "theme"), [(390, "zh", "dark"), pytest.param(1280, "en", "light", marks=pytest.mark.scale)]
)
def test_address_restores_the_state(visit: Callable[..., Visit], width: int, lang: str, theme: str) -> None:
    tab = visit(text(), viewport={"width": width, "height": 800}).page
    tab.locator("#side").evaluate("side => { side.open = true }")
    tab.locator("#search").fill("G101")
    tab.locator("#results button").first.click()
    tab.locator(f"#languages [value={lang}]").click()
    if tab.evaluate("document.documentElement.dataset.theme") != theme:
        tab.locator("#theme").click()
    tab.locator("#zoom [value=in]").click(force=True)  # on a phone the panel covers it
    tab.evaluate(SETTLED, "")
    again = visit(text(), "#" + tab.url.partition("#")[2], viewport={"width": width, "height": 800}).page
    assert again.locator("#panel h2").first.inner_text() == tab.locator("#panel h2").first.inner_text()
    assert again.evaluate("document.documentElement.dataset.theme") == theme
    assert again.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    for key in ("x", "y", "scale"):
        assert again.evaluate(f"kgLarge.camera.{key}") == pytest.approx(tab.evaluate(f"kgLarge.camera.{key}"), abs=0.06)
    assert again.url == tab.url
    assert again.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_invalid_address_has_no_effect(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(small()), "#lang=zh").page
    assert page.locator("#status").inner_text() == ""
    for bad in (
        "actor=~id/unknown",
        "actor=__proto__",
        "point=0",
        "camera=0,0,NaN",
        "camera=1,2,-1",
        "__proto__=1&constructor=2",
        "lang=javascript:window.ran=1",
        "<img src=x onerror=window.ran=1>=<script>window.ran=1</script>",
        "%E0%A4%A=1",
        "lang=en&" * 6000,
    ):
        page.evaluate("bad => { location.hash = bad }", bad)
        page.wait_for_function("document.getElementById('status').textContent.startsWith('Part of this address')")
        assert (page.evaluate("kgLarge.chosen()"), page.url.partition("#")[2]) == (None, "")
        page.evaluate("document.getElementById('status').textContent = ''")


@pytest.mark.browser
def test_hyperedge_is_reached_by_keyboard_and_shows_the_command_for_evidence(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(small())).page
    page.locator("#points").focus()
    page.keyboard.press("p")
    panel = page.locator("#panel")
    assert "at least 71 unnamed organisations" in panel.inner_text()
    assert panel.locator("code").inner_text() == "kg show 'https://w3id.org/helix-kg/id/link/alliance'"
    panel.get_by_role("button", name="BAOTi").click()
    panel.get_by_role("button", name="The link alliance").click()
    assert page.url.endswith("#point=5") or "point=5&" in page.url


@pytest.mark.browser
def test_all_actors_are_exported(tab: Page, tmp_path: Path) -> None:
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Organisations (CSV)").click()
    waiting.value.save_as(tmp_path / "actors.csv")
    with (tmp_path / "actors.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == N
    assert rows[0]["label_zh"] == "第U0科学技术大学"
    first = next(node for node in scene().nodes if node.iri == rows[0]["iri"])
    assert (int(rows[0]["partners_named"]), int(rows[0]["links"])) == (first.named, len(first.links))
    assert float(rows[0]["degree"]) == first.score


@pytest.mark.browser
def test_table_contains_the_first_thousand_actors(tab: Page) -> None:
    tab.locator("#languages [value=zh]").click()
    tab.locator("#list summary").click()
    tab.locator("#rows td").first.wait_for()
    assert tab.locator("#rows tbody tr").count() == 1000
    first = tab.locator("#rows tbody tr").first.locator("td").all_inner_texts()
    assert first[:2] == ["1", "第U0科学技术大学"]


PANELS = """([choices, active]) => choices.map((choice) => {
  kgLarge.choose(choice, true);
  const panel = document.getElementById("panel");
  return [panel.querySelector("h2").textContent, panel.innerText, panel.querySelectorAll(active).length];
})"""
"""Heading, text and number of active elements of the panel for each choice."""
ACTIVE = ":is(img, script, iframe, a, b, [onerror], [srcdoc])"


@pytest.mark.browser
def test_hostile_text_is_not_executed(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(hostile())).page
    actors = [{"point": actor} for actor in range(len(HOSTILE))]
    for lang in ("en", "zh"):
        page.locator(f"#languages [value={lang}]").click()
        assert page.locator("h1").inner_text() == (HOSTILE[0] if lang == "en" else HOSTILE[3])
        headings, _, active = zip(*page.evaluate(PANELS, [actors, ACTIVE]), strict=True)
        assert not any(active)
        for i, word in enumerate(HOSTILE):
            assert (f"{i} {word}" if lang == "en" else word) in headings
    page.locator("#list summary").click()
    page.locator("#rows td").first.wait_for()
    page.locator("#search").fill("window.ran")
    assert page.locator("#results button").count() > 5
    assert page.locator("#results :is(img, script, iframe)").count() == 0
    page.locator("#search").fill("also")  # among the other names
    assert page.locator("#results button").count() == len(HOSTILE)
    page.evaluate("word => { location.hash = `actor=${word}&lang=${word}&${word}=1` }", HOSTILE[1])
    page.wait_for_function("document.getElementById('status').textContent.length > 10")
    assert page.locator("#rows :is(img, script, iframe)").count() == 0
