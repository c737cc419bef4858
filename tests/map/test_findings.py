"""Findings on the first screen of a map."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from helpers.browser import Visit
from helpers.networks import GAPS, ID, incidence
from helpers.scenes import small

from kg.map.html import page
from kg.map.options import MapOptions
from kg.map.scene.findings import scene_findings
from kg.map.scene.intervals import Estimates
from kg.map.scene.model import SceneFinding
from kg.map.webgl import page as webgl_page
from kg.model import Text
from kg.network import build

IRIS = tuple(small().links)
LONG = "A sentence that is as long as the longest sentence about this network, with a number of 76% and a name."
FOUND = (
    SceneFinding("unnamed-parties", Text(f"{LONG} <b>", "未列名"), IRIS[:2]),
    *(SceneFinding(f"other-{i}", Text(LONG, "其他"), IRIS[2:3]) for i in range(3)),
)
TEXT = page.render(replace(small(), findings=FOUND))


def test_findings_have_the_links_of_the_scene() -> None:
    whole = build(incidence(GAPS))
    found = {one.name: one for one in scene_findings(whole, whole, MapOptions(), Estimates())}
    assert found["unnamed-parties"].links == (f"{ID}link/a", f"{ID}link/c")
    assert "fragile-rank" not in found


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_three_findings_are_visible_and_select_their_links(
    visit: Callable[..., Visit], width: int, height: int
) -> None:
    tab = visit(TEXT, viewport={"width": width, "height": height}).page
    shown = tab.locator("#findingList button")
    assert shown.count() == 3
    box = shown.last.bounding_box()
    assert box
    assert box["y"] + box["height"] < height
    shown.first.click()
    assert tab.locator("#panel h2").inner_text().endswith("<b>")
    assert tab.locator("#panel .link").count() == 2
    assert tab.evaluate("location.hash") == "#finding=unnamed-parties"
    tab.keyboard.press("Escape")
    assert tab.locator("#panel").is_hidden()
    tab.locator("#moreFindings").click()
    assert shown.count() == 4


@pytest.mark.browser
def test_address_restores_a_finding(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, "#finding=other-0&lang=zh").page
    assert tab.locator("#panel h2").inner_text() == "其他"
    assert tab.locator("#panel .link").count() == 1


@pytest.mark.browser
def test_a_finding_of_a_large_page_shows_its_links_only(visit: Callable[..., Visit]) -> None:
    tab = visit(webgl_page.render(replace(small(), findings=FOUND))).page
    button = tab.locator("#findingList button").first
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert "2 links" in tab.locator("#visibleCount").inner_text()
    assert tab.evaluate("location.hash") == "#finding=unnamed-parties"
    tab.locator("#all").click()
    assert "5 links" in tab.locator("#visibleCount").inner_text()
