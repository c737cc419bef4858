"""Twenty tasks of a reader on the map of the shipped links, each in a number of steps, in one session of a browser.

A step is a click, a word that is typed, a key, or a curve that is drawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from helpers.browser import drawn
from helpers.searches import EXPECTED
from pypdf import PdfReader

from kg import network
from kg.map import build
from kg.map.html import page
from kg.map.options import MapOptions
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore
from kg.terms import expand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.browser import Visit
    from playwright.sync_api import Locator, Page

HUAWEI = "Huawei Technologies Co., Ltd."
XJTU = "Xi'an Jiaotong University"
AGAIN = """async () => {
    const read = () => new Promise((done) => window.addEventListener("hashchange", () => done(), { once: true }));
    for (const hash of location.hash ? [""] : ["top=1", ""]) {
        const waiting = read();
        location.hash = hash;
        await waiting;
    }
    for (const one of document.querySelectorAll("#filters details, #list, #save, #share")) one.open = false;
}"""


@dataclass
class Reader:
    """A reader who counts the steps."""

    page: Page
    steps: int = 0

    def at(self, selector: str, text: str | None = None) -> Locator:
        return self.page.locator(selector, has_text=text).first

    def click(self, selector: str, text: str | None = None) -> None:
        self.at(selector, text).click()
        self.steps += 1

    def word(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.steps += 1

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.steps += 1

    def find(self, text: str) -> None:
        self.click("#search")
        self.page.keyboard.press("Control+a")
        self.word(text)
        self.key("Enter")

    def save(self, selector: str) -> bytes:
        self.click("#save > summary")
        with self.page.expect_download() as waiting:
            self.click(selector)
        return waiting.value.path().read_bytes()

    def heading(self) -> str:
        return self.page.locator("#panel h2").inner_text()

    def shown(self) -> str:
        return self.page.locator("#subtitle").inner_text()


def find_by_name(reader: Reader) -> None:
    reader.find("华为")
    assert reader.heading() == HUAWEI


def find_by_short_name(reader: Reader) -> None:
    reader.find("西理工")
    assert reader.heading() == "Xi'an University of Technology"


def find_with_a_typing_error(reader: Reader) -> None:
    reader.find("hauwei")
    assert reader.heading() == HUAWEI


def links_and_partners(reader: Reader) -> None:
    reader.find("huawei")
    assert reader.page.locator("#panel .link").count() > 10
    reader.click("#panel .part details summary", "universities")
    assert reader.at("#panel .part button", XJTU).is_visible()


def evidence(reader: Reader) -> None:
    reader.find("huawei")
    reader.click("#panel .link > summary")
    reader.steps -= 3  # two more steps after the links are listed
    source = reader.at("#panel .evidence li")
    assert source.is_visible()
    assert reader.page.locator("#panel .evidence a").first.get_attribute("href")


def firms_and_government(reader: Reader) -> None:
    cell = reader.page.get_by_role("button", name="links between firms and government")
    links = f"{cell.inner_text()} links"
    cell.click()
    reader.steps += 1
    assert links in reader.shown()
    assert links in reader.page.locator("#span").inner_text()
    assert "undated (43)" not in reader.page.locator("#undatedCount").inner_text()
    assert "/ 77" in reader.page.locator("#legend li").first.inner_text()


def only_shaanxi(reader: Reader) -> None:
    reader.click("#filters [data-facet=place] > summary")
    reader.click("[data-facet=place] button", "none")
    reader.click("[data-facet=place] label", "Shaanxi")
    assert reader.at("#chipList button").inner_text().startswith("Place: Shaanxi")
    assert len(reader.page.evaluate("location.hash")) < 40


def only_signed(reader: Reader) -> None:
    reader.click("#filters [data-facet=stage] > summary")
    reader.click("[data-facet=stage] button", "none")
    reader.click("[data-facet=stage] label", "signed")
    assert reader.at("#chipList button").inner_text().startswith("Stage: signed")


def since_2020(reader: Reader) -> None:
    reader.click("#since")
    reader.page.keyboard.press("Control+a")
    reader.word("2020")
    reader.key("Enter")
    assert reader.page.locator("#span").inner_text().startswith("2020-01")


def play(reader: Reader) -> None:
    before = reader.page.locator("#span").inner_text()
    reader.click("#play")
    reader.page.wait_for_function("before => document.getElementById('span').textContent !== before", arg=before)
    assert not reader.page.locator("#undated").is_checked()
    reader.page.locator("#play").click()


def two_steps_around(reader: Reader) -> None:
    reader.find("huawei")
    reader.page.locator("#hops").press("ArrowUp")
    reader.steps += 1
    assert reader.page.evaluate("[kgMap.state().hops, kgMap.state().focus]") == [2, reader.page.evaluate(POINT)]
    assert "organisations" in reader.shown()


def path(reader: Reader) -> None:
    place = reader.page.evaluate(f"(({{ x, y }}) => kgMap.network.canvasToDOM({{ x, y }}))(kgMap.position({POINT}))")
    reader.page.locator("#map canvas").click(position=place)
    reader.steps += 1
    assert reader.heading() == HUAWEI
    reader.click("#panel .actions button", "Path to")
    reader.word("northwest a&f")
    reader.key("Enter")
    assert reader.page.locator("#panel .stop").count() > 2
    assert "shortest paths" in reader.page.locator("#panel").inner_text()


def fold(reader: Reader) -> None:
    before = drawn(reader.page)
    reader.click("#folds")
    assert drawn(reader.page) < before
    reader.click("#folds")
    assert drawn(reader.page) == before


def lasso(reader: Reader) -> None:
    reader.click("#lasso")
    box = reader.page.locator("#map canvas").bounding_box()
    assert box
    left, top, right, bottom = (box["x"] + 250, box["y"] + 130, box["x"] + 650, box["y"] + 400)
    reader.page.mouse.move(left, top)
    reader.page.mouse.down()
    for corner in ((right, top), (right, bottom), (left, bottom)):
        reader.page.mouse.move(*corner)
    reader.page.mouse.up()
    reader.steps += 1
    reader.click("#only")
    points, lines = drawn(reader.page)
    assert reader.page.evaluate("kgMap.state().selected.size") >= points > lines / 3
    assert "lead out of here" in reader.shown()


def pin_and_undo(reader: Reader) -> None:
    reader.page.evaluate(f"kgMap.choose({{ point: {POINT} }})")
    pins = "kgMap.state().pins.size"
    reader.click("#panel .actions button", "Pin")
    assert reader.page.evaluate(pins) == 1
    reader.click("#undo")
    assert reader.page.evaluate(pins) == 0
    reader.click("#redo")
    assert reader.page.evaluate(pins) == 1


def pictures(reader: Reader) -> None:
    assert reader.save("#png").startswith(b"\x89PNG")
    assert "Area: number of partners" in reader.save("#svg").decode()
    reader.page.evaluate("window.print = () => {}")  # the dialog of the browser, in which a reader chooses the file
    reader.click("#save > summary")
    reader.click("#pdf")
    reader.page.emulate_media(media="print")
    (sheet,) = PdfReader(BytesIO(reader.page.pdf(prefer_css_page_size=True))).pages
    reader.page.emulate_media(media="screen")
    assert abs(float(sheet.mediabox.width) / 72 * 25.4 - 174) < 1
    assert list(sheet.images) == []
    assert "Area: number of partners" in sheet.extract_text()


def tables(reader: Reader) -> None:
    rows = reader.save("#linksCsv").decode("utf-8-sig").split("\r\n")
    assert HUAWEI in "".join(rows)
    assert "parties_en" in rows[0]


def share(reader: Reader) -> None:
    reader.page.evaluate(f"kgMap.choose({{ point: {POINT} }})")
    reader.click("#share > summary")
    reader.click("#copyAddress")
    address = reader.page.locator("#shareText").input_value()
    reader.page.goto("about:blank")
    reader.page.goto(address)
    assert reader.heading() == HUAWEI


def printing(reader: Reader) -> None:
    reader.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")  # as Save, Print
    reader.steps += 2
    picture = reader.page.locator("#printed > svg")
    assert "publishers" in (picture.text_content() or "")
    assert picture.get_attribute("width") == "174mm"
    reader.page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def table_back_and_keys(reader: Reader) -> None:
    reader.click("#list > summary")
    reader.page.locator("#rows tbody tr").nth(20).wait_for()
    reader.page.locator("#list > summary").click()
    reader.page.evaluate(f"kgMap.choose({{ point: {POINT} }})")
    reader.page.go_back()
    reader.page.locator("#panel").wait_for(state="hidden")
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.locator("#skip").press("Enter")  # the first stop of Tab
    assert reader.page.evaluate("document.activeElement.closest('#map') !== null")


POINT = "kgMap.point('https://w3id.org/helix-kg/id/huawei')"
TASKS: tuple[tuple[int, Callable[[Reader], None]], ...] = (
    (3, find_by_name),
    (3, find_by_short_name),
    (3, find_with_a_typing_error),
    (5, links_and_partners),
    (2, evidence),
    (1, firms_and_government),
    (4, only_shaanxi),
    (3, only_signed),
    (3, since_2020),
    (1, play),
    (4, two_steps_around),
    (5, path),
    (2, fold),
    (3, lasso),
    (3, pin_and_undo),
    (6, pictures),
    (2, tables),
    (2, share),
    (2, printing),
    (1, table_back_and_keys),
)
"""The largest number of steps of each task, and its function."""
WORDS = {
    "name": "same name",
    "short name": "usual short name (editors’ list)",
    "beginning": "beginning of the name",
    "abbreviation": "abbreviation",
    "pinyin": "pinyin",
    "typing error": "one typing error",
}


def test_table_of_the_tasks_has_their_steps(root: Path) -> None:
    text = (root / "docs" / "reference" / "map-tasks.md").read_text(encoding="utf-8")
    assert [int(steps) for steps in re.findall(r"\| (\d+) \| ✔ \|", text)] == [most for most, _ in TASKS]


@pytest.mark.browser
def test_twenty_tasks_and_the_search(built: Path, visit: Callable[..., Visit]) -> None:
    with LocalStore(built).view() as view:
        whole = network.build(load_incidence(view), network.Lens())
        scene = build.scene(view, whole, MapOptions("en", samples=0))
    tab = visit(page.render(scene), viewport={"width": 1440, "height": 900}).page
    assert len(TASKS) == 20
    for most, task in TASKS:
        reader = Reader(tab)
        tab.evaluate(AGAIN)
        task(reader)
        assert reader.steps <= most, task.__name__
    labels = {node.iri: node.label.localise("en") for node in scene.nodes}
    tab.evaluate(AGAIN)
    first = tab.locator("#results button").first
    for query, actor, kind in EXPECTED:
        tab.locator("#search").fill(query)
        assert (labels[expand(actor)] or "") in first.inner_text(), query
        assert first.locator(".why").inner_text().startswith(WORDS[kind]), query
