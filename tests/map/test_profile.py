"""A page about one actor: it opens with what is known of it, and says who says so."""

from collections.abc import Callable

import pytest
from helpers.browser import Visit, serious
from helpers.scenes import profile, small
from playwright.sync_api import Page

from kg.map.html import page

pytestmark = pytest.mark.browser

XAUT = "Xi'an University of Technology"


def told(found: Page, part: str) -> str:
    """What a part of the panel tells when it is open."""
    chapter = found.locator("#panel details.part", has=found.get_by_role("heading", name=part))
    chapter.evaluate("one => one.querySelectorAll('details').forEach((inner) => { inner.open = true })")
    return " ".join(chapter.inner_text().split())


def test_it_opens_with_the_actor_in_the_middle_and_its_panel(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(profile())).page
    panel = found.locator("#panel")
    assert panel.locator("h2").inner_text() == XAUT
    text = panel.inner_text()
    assert "Xi'an Ligong Daxue" in text
    assert "betweenness: 0.5 (0.4–0.7), rank 3 of 40 in the whole network" in text
    assert "3 partners named, at least 107 more counted without a name" in text
    assert told(found, "Partners by sector") == (
        "Partners by sector firms 2 Huawei Technologies Co., Ltd. 2 links BAOTi Group "
        "government 1 Department of Education"
    )
    assert "2 undated" in told(found, "Links by kind and year")
    strip = panel.locator(".strip").first
    assert strip.get_attribute("aria-label") == "2020: 1 · 2 undated"
    assert told(found, "Who says so: 3 pieces of evidence").endswith(
        "Publisher of alliance 1 Publisher of college 1 Publisher of thirty-six 1"
    )
    assert panel.locator("h3", has_text="Links: 3").is_visible()
    spot = found.evaluate("kgMap.network.canvasToDOM(kgMap.position(kgMap.state().chosen.point))")
    box = found.locator("#map").bounding_box()
    assert box
    assert abs(spot["x"] - box["width"] / 2) < 30
    assert abs(spot["y"] - box["height"] / 2) < 30


def test_without_its_panel_it_comes_back_so(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(profile())).page
    found.get_by_role("button", name="Close", exact=True).click()
    assert found.locator("#panel").is_hidden()
    assert "actor=" in found.evaluate("location.hash")
    found.reload()
    assert found.locator("#panel").is_hidden()
    found.evaluate("location.hash = ''")
    found.locator("#panel h2").wait_for()


def test_another_actor_is_ranked_on_this_map(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(profile())).page
    found.locator("#search").fill("BAOTi")
    found.locator("#results button").first.click()
    assert "betweenness: 0, rank 3 of 5 on this map" in found.locator("#panel").inner_text()


def test_ranks_of_the_whole_network_are_told_of_whom_the_page_is_about(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(profile())).page
    assert "rank 1 to 3 in nine of ten trials" in found.locator("#panel .facts").inner_text()
    found.locator("#search").fill("Huawei")
    found.locator("#results button").first.click()
    assert "nine of ten" not in found.locator("#panel").inner_text()


def test_a_page_opens_with_a_view_and_a_theme(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(profile(initial_view="timeline", theme="dark"))).page
    assert found.evaluate("kgMap.state().view") == "timeline"
    assert found.evaluate("document.documentElement.dataset.theme") == "dark"
    assert found.locator("#signs li:visible").all_inner_texts() == [
        "One link; the larger, the more named parties",
        "The days between which it began",
    ]
    found.locator("#views [value=map]").click()
    assert "view=map" in found.evaluate("location.hash")
    assert "Area: betweenness" in found.locator("#signs li:visible").all_inner_texts()


def test_on_a_phone_every_view_has_its_button_and_the_timeline_its_width(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small(dated=True)), viewport={"width": 360, "height": 740}).page
    for button in found.locator("#views button").all():
        box = button.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 360
    found.locator("#views [value=timeline]").click()
    spots = [
        found.evaluate(
            "key => kgMap.network.canvasToDOM(kgMap.position(kgMap.link(key)))", f"https://w3id.org/helix-kg/id/link/{key}"
        )
        for key in ("college", "two")
    ]
    assert all(0 < spot["x"] < 360 for spot in spots)
    assert abs(spots[0]["x"] - spots[1]["x"]) > 120


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_no_serious_fault(visit: Callable[..., Visit], width: int, theme: str) -> None:
    found = visit(page.render(profile(theme=theme)), viewport={"width": width, "height": 844}, bypass_csp=True).page
    assert serious(found) == []
