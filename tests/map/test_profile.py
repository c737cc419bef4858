"""A page about one actor: panel, evidence, ranks, initial view and theme."""

from collections.abc import Callable

import pytest
from helpers.browser import Visit, serious
from helpers.scenes import profile, small
from playwright.sync_api import Page

from kg.map.html import page

pytestmark = pytest.mark.browser

XAUT = "Xi'an University of Technology"


def section_text(tab: Page, part: str) -> str:
    """Return the text of a section of the panel after opening it."""
    section = tab.locator("#panel details.part", has=tab.get_by_role("heading", name=part))
    section.evaluate("one => one.querySelectorAll('details').forEach((inner) => { inner.open = true })")
    return " ".join(section.inner_text().split())


def test_page_opens_with_the_actor_centred_and_its_panel(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(profile())).page
    panel = tab.locator("#panel")
    assert panel.locator("h2").inner_text() == XAUT
    text = panel.inner_text()
    assert "Xi'an Ligong Daxue" in text
    assert "bridges (betweenness): 0.5 (0.4–0.7), rank 3 of 40 in the whole network" in text
    assert "3 partners named, at least 107 more counted without a name" in text
    assert section_text(tab, "Partners by sector") == (
        "Partners by sector firms 2 Huawei Technologies Co., Ltd. 2 links BAOTi Group "
        "government 1 Department of Education"
    )
    assert "2 undated" in section_text(tab, "Links by kind and year")
    strip = panel.locator(".strip").first
    assert strip.get_attribute("aria-label") == "2020: 1 · 2 undated"
    assert section_text(tab, "Evidence: 3 pieces").endswith(
        "Publisher of alliance 1 Publisher of college 1 Publisher of thirty-six 1"
    )
    assert panel.locator("h3", has_text="Links: 3").is_visible()
    centre = tab.evaluate("kgMap.network.canvasToDOM(kgMap.position(kgMap.state().chosen.point))")
    box = tab.locator("#map").bounding_box()
    assert box
    assert abs(centre["x"] - box["width"] / 2) < 30
    assert abs(centre["y"] - box["height"] / 2) < 30


def test_closed_panel_stays_closed_after_reload(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(profile())).page
    tab.get_by_role("button", name="Close", exact=True).click()
    assert tab.locator("#panel").is_hidden()
    assert "actor=" in tab.evaluate("location.hash")
    tab.reload()
    assert tab.locator("#panel").is_hidden()
    tab.evaluate("location.hash = ''")
    tab.locator("#panel h2").wait_for()


def test_other_actors_are_ranked_on_this_map(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(profile())).page
    tab.locator("#search").fill("BAOTi")
    tab.locator("#results button").first.click()
    assert "bridges (betweenness): 0, rank 3 of 5 on this map" in tab.locator("#panel").inner_text()


def test_only_the_actor_of_the_page_has_rank_intervals(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(profile())).page
    assert "rank 1 to 3 in nine of ten trials" in tab.locator("#panel .facts").inner_text()
    tab.locator("#search").fill("Huawei")
    tab.locator("#results button").first.click()
    assert "nine of ten" not in tab.locator("#panel").inner_text()


def test_page_opens_with_the_given_view_and_theme(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(profile(initial_view="timeline", theme="dark"))).page
    assert tab.evaluate("kgMap.state().view") == "timeline"
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.locator("#signs li:visible").all_inner_texts() == [
        "A link; larger with more named parties",
        "Possible start dates",
    ]
    tab.locator("#views [value=map]").click()
    assert "view=map" in tab.evaluate("location.hash")
    assert "Area: bridges (betweenness)" in tab.locator("#signs li:visible").all_inner_texts()


def test_phone_shows_all_view_buttons_and_a_wide_timeline(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True)), viewport={"width": 360, "height": 740}).page
    for button in tab.locator("#views button").all():
        box = button.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 360
    tab.locator("#views [value=timeline]").click()
    positions = [
        tab.evaluate(
            "key => kgMap.network.canvasToDOM(kgMap.position(kgMap.link(key)))",
            f"https://w3id.org/helix-kg/id/link/{key}",
        )
        for key in ("college", "two")
    ]
    assert all(0 < position["x"] < 360 for position in positions)
    assert abs(positions[0]["x"] - positions[1]["x"]) > 120


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_axe_reports_no_serious_violation(visit: Callable[..., Visit], width: int, theme: str) -> None:
    tab = visit(page.render(profile(theme=theme)), viewport={"width": width, "height": 844}, bypass_csp=True).page
    assert serious(tab) == []
