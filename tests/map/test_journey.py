"""Every action of a reader on a phone, in a language and a theme, one test per action.

The mark `scale` has the other settings. Most actions on a wide screen have tests in the other files of this folder.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any
from zlib import crc32

import pytest
from helpers.browser import click_line, drawn, places
from helpers.networks import ID
from helpers.scenes import full
from map.conftest import visits
from playwright.sync_api import Browser, Locator, Page

from kg.map.html import page
from kg.map.messages import UI

pytestmark = pytest.mark.browser

HUAWEI = {"en": "Huawei Technologies Co., Ltd.", "zh": "华为技术有限公司"}
XAUT = {"en": "Xi'an University of Technology", "zh": "西安理工大学"}
ALL = (6, 6)
"""Points and lines of the whole map."""
SETTINGS = (
    (("zh", "light", 360), ("en", "dark", 1440)),
    (("en", "dark", 360), ("zh", "light", 1440)),
    (("zh", "dark", 360), ("en", "light", 768)),
    (("en", "light", 360), ("zh", "dark", 768)),
)
"""Four choices of two settings: each language, each theme, a phone and a wider screen. Each action has one choice."""
PHONE = 360
STATE = """(() => { const { off, pins, closed, selected, ...rest } = kgMap.state();
    const facets = [...off].map(([name, values]) => [name, ...values]);
    return JSON.stringify([rest, facets, [...pins], [...closed], [...selected]]);
})()"""


AGAIN = """async (wide) => {
    const read = () => new Promise((done) => window.addEventListener("hashchange", () => done(), { once: true }));
    for (const hash of location.hash ? [""] : ["top=1", ""]) { // the empty address is an event after a different one
        const waiting = read();
        location.hash = hash;
        await waiting;
    }
    for (const one of document.querySelectorAll("#save, #list, #filters details")) one.open = false;
    document.getElementById("side").open = wide;
    const search = document.getElementById("search");
    search.value = "";
    search.dispatchEvent(new Event("input"));
}"""
"""A script that resets the page to its initial state."""


@dataclass
class Reader:
    """A reader with an open page."""

    page: Page
    lang: str
    theme: str
    width: int

    def text(self, key: str, **values: Any) -> str:
        """Return a text of the page."""
        return (UI[key].localise(self.lang) or "").format(**values)

    def press(self, key: str, within: str = "body") -> Locator:
        """Press the button with this text and return it."""
        button = self.page.locator(within).get_by_role("button", name=self.text(key), exact=True).first
        button.click()
        return button

    def tools(self) -> None:
        """Open the tools, which are folded on a phone."""
        if not self.page.locator("#search").is_visible():
            self.page.locator("#side > summary").click()

    def find(self, query: str) -> None:
        """Choose the first result of a search."""
        self.tools()
        self.page.locator("#search").fill(query)
        self.page.locator("#results button").first.click()

    def heading(self) -> str:
        return self.page.locator("#panel h2").inner_text()

    def state(self) -> Any:
        return self.page.evaluate(STATE)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the setting of an action on a phone by its name, so that a new action changes no other.

    `make soak` runs each action in the other settings.
    """
    if "open_page" in metafunc.fixturenames:
        place = crc32(metafunc.function.__name__.encode()) % len(SETTINGS)
        cases = [
            pytest.param(
                setting,
                id="-".join(map(str, setting)),
                marks=() if i == place and setting[-1] == PHONE else pytest.mark.scale,
            )
            for i, choice in enumerate(SETTINGS)
            for setting in choice
        ]
        metafunc.parametrize("open_page", cases, indirect=True, scope="module")


@pytest.fixture(scope="module")
def open_page(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    """A page in one language, theme and width; it is checked for requests and messages after all tests."""
    lang, theme, width = request.param
    for visit in visits(browser, tmp_path_factory.getbasetemp()):
        settings = {"viewport": {"width": width, "height": 900}, "color_scheme": theme}
        yield Reader(visit(page.render(full(lang)), **settings).page, lang, theme, width)


@pytest.fixture
def reader(open_page: Reader) -> Reader:
    """A reader with the page in its initial state."""
    open_page.page.evaluate(AGAIN, open_page.width > 760)
    return open_page


def test_settings_cover_each_value_and_each_pair_of_values() -> None:
    values: list[set[object]] = [{"zh", "en"}, {"light", "dark"}, {360, 768, 1440}]
    for choice in SETTINGS:
        assert [{setting[i] for setting in choice} for i in range(2)] == values[:2]
        widths = {width for _, _, width in choice}
        assert min(widths) == PHONE < max(widths)
    settings = [setting for choice in SETTINGS for setting in choice]
    for one, other in combinations(range(3), 2):
        assert {(setting[one], setting[other]) for setting in settings} == set(product(values[one], values[other]))


def test_search_in_chinese_english_and_pinyin(reader: Reader) -> None:
    for query in ("华为", "huawei tech", "huaweijishu", "HJYG"):
        reader.find(query)
        assert reader.heading() == HUAWEI[reader.lang], query
        reader.press("close")


def test_filter_by_kind_sector_place_form_layer_stage_and_source(reader: Reader) -> None:
    tab = reader.page
    reader.tools()
    for facet in ("kind", "sector", "place", "form", "layer", "stage", "source"):
        if facet != "kind":
            tab.locator(f"[data-facet={facet}] > summary").click()
        box = tab.locator("#legend" if facet == "kind" else f"[data-facet={facet}]").get_by_role("checkbox").first
        box.uncheck()
        assert drawn(tab) < ALL, facet
        reader.press("showAll")
        assert drawn(tab) == ALL, facet


def test_filter_by_date(reader: Reader) -> None:
    tab = reader.page
    tab.locator("#from").focus()
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    assert tab.locator("#span").inner_text().startswith("2020-06 – 2021-12")
    tab.locator("#undated").uncheck()
    assert drawn(tab) == (2, 1)


def test_play_animates_the_dates(reader: Reader) -> None:
    tab = reader.page
    before = tab.locator("#span").inner_text()
    play = reader.press("play")
    assert play.get_attribute("aria-pressed") == "true"
    tab.wait_for_function("before => document.getElementById('span').textContent !== before", arg=before)
    play.click()
    assert play.get_attribute("aria-pressed") == "false"


def test_size_by_a_measure(reader: Reader) -> None:
    tab = reader.page
    size = f"kgMap.position(kgMap.point('{ID}I1')).size"
    before = tab.evaluate(size)
    reader.tools()
    tab.locator("#by").select_option("strength")
    assert tab.evaluate(size) > before


def test_colour_by_community(reader: Reader) -> None:
    tab = reader.page
    colours = "[0, 1, 2, 3].map((id) => kgMap.network.body.data.nodes.get(id).color.background)"
    before = tab.evaluate(colours)
    reader.tools()
    tab.locator("#colour").select_option("community")
    assert tab.evaluate(colours) != before


def test_neighbourhood_within_a_number_of_steps(reader: Reader) -> None:
    tab = reader.page
    reader.find(XAUT[reader.lang])
    reader.press("focus")
    near = drawn(tab)
    assert near < ALL
    tab.locator("#hops").fill("2")
    tab.locator("#hops").press("Enter")
    assert tab.evaluate("kgMap.state().hops") == 2
    reader.press("focusEnd")
    assert drawn(tab) == ALL


def test_fold_and_unfold_communities(reader: Reader) -> None:
    tab = reader.page
    reader.press("foldAll")
    assert drawn(tab) < ALL
    reader.press("unfoldAll")
    assert drawn(tab) == ALL
    reader.find(XAUT[reader.lang])
    reader.press("fold", "#panel")
    assert drawn(tab) < ALL
    reader.press("unfold", "#panel")
    assert drawn(tab) == ALL


def test_path_between_two_actors(reader: Reader) -> None:
    reader.find(HUAWEI[reader.lang])
    reader.press("path")
    reader.find(XAUT[reader.lang])
    assert reader.heading() == reader.text("pathTitle", a=HUAWEI[reader.lang], b=XAUT[reader.lang])
    assert reader.page.locator("#panel .link").count() == 1


def test_pin_and_unpin(reader: Reader) -> None:
    reader.find(HUAWEI[reader.lang])
    reader.press("pin", "#panel")
    assert reader.page.evaluate("kgMap.state().pins.size") == 1
    reader.press("unpin", "#panel")
    assert reader.page.evaluate("kgMap.state().pins.size") == 0


def test_lasso_selects_actors(reader: Reader) -> None:
    tab = reader.page
    points = places(tab, "U1", "I1")
    box = tab.locator("#map canvas").bounding_box()
    assert box
    low, high = ([pick(point[axis] for point in points) + by for axis in "xy"] for pick, by in ((min, -9), (max, 9)))
    reader.press("lasso")
    tab.mouse.move(box["x"] + low[0], box["y"] + low[1])
    tab.mouse.down()
    for x, y in ((high[0], low[1]), (high[0], high[1]), (low[0], high[1])):
        tab.mouse.move(box["x"] + x, box["y"] + y)
    tab.mouse.up()
    count = tab.evaluate("kgMap.state().selected.size")
    assert count >= 2
    assert tab.locator("#selectionCount").inner_text() == reader.text("selectedCount", n=count)
    reader.press("only")
    assert drawn(tab) < ALL
    reader.press("clearSelection")
    assert drawn(tab) == ALL


def test_undo_and_redo(reader: Reader) -> None:
    reader.press("foldAll")
    reader.press("undo")
    assert drawn(reader.page) == ALL
    reader.press("redo")
    assert drawn(reader.page) < ALL


def test_address_restores_the_state(reader: Reader) -> None:
    tab = reader.page
    tab.locator("#views [value=bands]").click()
    reader.find(HUAWEI[reader.lang])
    reader.press("select", "#panel")
    reader.press("foldAll")
    before = reader.state()
    tab.reload()
    assert reader.state() == before


def test_panel_of_an_organisation(reader: Reader) -> None:
    tab = reader.page
    reader.find(XAUT[reader.lang])
    panel = tab.locator("#panel")
    panel.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    text = panel.inner_text()
    names = {*XAUT.values(), "Xi'an Ligong Daxue"}
    regions, units = {"en": "Shaanxi", "zh": "陕西省"}, {"en": "School of Printing", "zh": "印刷学院"}
    rank_interval = reader.text("rankInterval", lower=1, upper=3)
    for fact in (
        *names,
        regions[reader.lang],
        units[reader.lang],
        "(0.4–0.7)",
        rank_interval,
        reader.text("linksN", n=3),
    ):
        assert fact in text


def test_panel_of_a_line_lists_its_evidence(reader: Reader) -> None:
    click_line(reader.page, "U1", "I1")
    panel = reader.page.locator("#panel")
    text = panel.inner_text()
    label = {"en": "The link college", "zh": "联系 college"}[reader.lang]
    for fact in (*(one[reader.lang] for one in (HUAWEI, XAUT)), label, "8 November", "Publisher of college: Report on"):
        assert fact in text
    assert reader.text("evidence") in text
    assert panel.locator(".evidence a").get_attribute("href") == "https://example.org/college?a=1&b=2"


def test_panel_can_be_closed(reader: Reader) -> None:
    reader.find(HUAWEI[reader.lang])
    reader.press("close")
    assert reader.page.locator("#panel").is_hidden()


def test_table_of_actors_and_links(reader: Reader) -> None:
    tab = reader.page
    for kind, first in (("actors", XAUT[reader.lang]), ("links", "two")):
        if not tab.locator("#kinds").is_visible():
            tab.locator("#list > summary").click()
        tab.locator(f"#kinds [value={kind}]").click()
        row = tab.locator("#rows tbody tr").nth(4)
        row.wait_for()
        button = tab.locator("#rows tbody button").first
        assert first in button.inner_text(), kind
        button.click()
        assert first in tab.locator("#panel").inner_text(), kind


def test_download_as_png_svg_and_csv(reader: Reader) -> None:
    tab = reader.page
    for key, begins in (
        ("png", b"\x89PNG"),
        ("svg", b"<svg"),
        ("actorsCsv", b"\xef\xbb\xbfiri"),
        ("linksCsv", b"\xef\xbb\xbfiri"),
    ):
        tab.locator("#save > summary").click()
        with tab.expect_download() as waiting:
            reader.press(key)
        assert tab.locator("#save > div").is_hidden()
        assert waiting.value.path().read_bytes().startswith(begins), key


def test_theme_switch(reader: Reader) -> None:
    theme = "document.documentElement.dataset.theme"
    assert reader.page.evaluate(theme) == reader.theme
    reader.press("theme")
    assert reader.page.evaluate(theme) != reader.theme
    reader.press("theme")
    assert reader.page.evaluate(theme) == reader.theme


def test_language_switch(reader: Reader) -> None:
    other = "en" if reader.lang == "zh" else "zh"
    reader.find(HUAWEI[reader.lang])
    reader.page.locator(f"#languages [value={other}]").click()
    assert reader.heading() == HUAWEI[other]
    reader.page.locator(f"#languages [value={reader.lang}]").click()
    assert reader.heading() == HUAWEI[reader.lang]


def test_print_layout(reader: Reader) -> None:
    tab = reader.page
    reader.find(HUAWEI[reader.lang])
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.dataset.theme") == "light"
    shown = ("#printed > svg", "#panel")
    hidden = ("header", "#map", "#bar", "#side", "#time")
    assert [tab.locator(one).is_visible() for one in (*shown, *hidden)] == [True] * 2 + [False] * 5
    tab.emulate_media(media="screen")
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")


def test_keyboard_only(reader: Reader) -> None:
    tab = reader.page
    reader.tools()
    tab.locator("#map .vis-network").focus()
    tab.keyboard.press("/")
    tab.keyboard.type("华为")
    tab.keyboard.press("Enter")
    assert reader.heading() == HUAWEI[reader.lang]
    tab.keyboard.press("m")
    assert tab.evaluate("kgMap.state().selected.size") == 1
    tab.keyboard.press("n")
    assert reader.heading() != HUAWEI[reader.lang]
    tab.keyboard.press("Escape")
    assert tab.locator("#panel").is_hidden()
    tab.locator("#map .vis-network").focus()
    tab.keyboard.press("Control+z")
    assert tab.locator("#panel").is_visible()


def test_focus_is_visible(reader: Reader) -> None:
    tab = reader.page
    tab.locator("#views button").first.focus()
    for _ in range(12):
        tab.keyboard.press("Tab")
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_zoom_without_animation(reader: Reader) -> None:
    scale = "kgMap.network.getScale()"
    before = reader.page.evaluate(scale)
    reader.press("zoomIn")
    assert reader.page.evaluate(scale) == pytest.approx(1.4 * before)
    reader.press("fit")


def test_every_view_opens(reader: Reader) -> None:
    tab = reader.page
    for view in ("two-mode", "bands", "geo", "timeline", "years"):
        button = tab.locator(f"#views [value={view}]")
        button.click()
        assert button.get_attribute("aria-pressed") == "true", view
        assert tab.locator("#empty").is_hidden(), view
        assert tab.locator("#years button").count() == (2 if view == "years" else 0), view


def test_filter_by_links_between_two_sectors(reader: Reader) -> None:
    reader.tools()
    reader.page.locator("#ties button").nth(1).click()
    assert drawn(reader.page) < ALL
