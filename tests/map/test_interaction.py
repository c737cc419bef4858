"""Interaction with the map in Chromium by pointer and keyboard: every action has an effect and can be undone."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from helpers.browser import Visit, click, click_point, drawn, places
from helpers.large_network import big
from helpers.networks import ID
from helpers.scenes import LABELS, small
from playwright.sync_api import Page

from kg.map.html import page

pytestmark = pytest.mark.browser

TEXT = page.render(small())
XAUT = "Xi'an University of Technology"


@cache
def large() -> str:
    """Return a page of 420 actors."""
    return page.render(big(420))


def open_actor(tab: Page, name: str) -> None:
    tab.locator("#search").fill(name)
    tab.locator("#results button").first.click()


def test_filters_hide_and_undo_restores(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.locator("#filters summary", has_text="Sector").click()
    tab.locator("[data-facet=sector]").get_by_role("checkbox", name="firms").uncheck()
    assert drawn(tab) == (4, 2)
    assert "shown: 3 organisations, 4 links" in tab.locator("#subtitle").inner_text()
    assert tab.locator("[data-facet=sector] summary").inner_text() == "Sector (2/3)"
    tab.locator("[data-facet=sector]").get_by_role("button", name="none").click()
    assert drawn(tab) == (0, 0)
    assert tab.locator("#empty").is_visible()
    tab.get_by_role("button", name="Show all again").click()
    assert drawn(tab) == (6, 6)
    tab.locator("#filters summary", has_text="Source").click()
    source = tab.locator("[data-facet=source]")
    source.get_by_role("button", name="none").click()
    source.get_by_role("checkbox", name="Publisher of two").check()
    assert drawn(tab) == (2, 1)
    for _ in range(2):
        tab.keyboard.press("Control+z")
    assert drawn(tab) == (6, 6)
    tab.keyboard.press("Control+Shift+z")
    assert drawn(tab) == (0, 0)


def test_dates_are_bounds_and_undated_links_have_a_checkbox(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True)), "#from=2021-06&to=2021-12").page
    # "two" began in 2021, "college" in 2020; the others have no date.
    assert tab.locator("#undatedCount").inner_text() == "undated (3)"
    assert tab.locator("#span").inner_text() == "2021-06 – 2021-12 · 3 links · 1 more possibly"
    tab.get_by_label("undated").uncheck()
    assert drawn(tab) == (2, 1)
    assert tab.locator("#span").inner_text() == "2021-06 – 2021-12 · 0 links · 1 more possibly"
    tab.get_by_label("From").fill("0")
    assert drawn(tab)[1] == 2
    tab.locator("#to").evaluate("to => { to.value = to.max - 2; to.dispatchEvent(new Event('input')) }")
    assert "2020-03 – 2021-10" in tab.locator("#span").inner_text()
    tab.get_by_role("button", name="Play").click()
    tab.wait_for_function("() => document.getElementById('play').getAttribute('aria-pressed') === 'false'")
    assert "2020-03 – 2021-12" in tab.locator("#span").inner_text()


def test_press_on_a_pair_of_sectors_filters_its_links(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    cell = tab.get_by_role("button", name="2 links between universities and colleges and firms")
    cell.click()
    assert "shown: 4 organisations, 2 links" in tab.locator("#subtitle").inner_text()
    cell.click()
    assert drawn(tab) == (6, 6)


def test_neighbourhood_of_an_actor_and_path_to_another(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, reduced_motion="no-preference").page
    open_actor(tab, "Department")
    tab.get_by_role("button", name="Show neighbourhood").click()
    assert drawn(tab) == (5, 6)
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Show all again").click()
    open_actor(tab, "Department")
    tab.get_by_role("button", name="Path to …").click()
    assert "Choose the end of the path from Department of Education" in tab.locator("#status").inner_text()
    open_actor(tab, "Huawei")
    panel = tab.locator("#panel")
    assert panel.locator("h2").inner_text() == "From Department of Education to Huawei Technologies Co., Ltd."
    assert "Report on alliance" in panel.inner_text()
    tab.keyboard.press("Escape")
    assert panel.is_hidden()
    open_actor(tab, "Department")
    tab.get_by_role("button", name="Path to …").click()
    open_actor(tab, "Lone")
    assert "No path over the visible links" in panel.inner_text()


def test_communities_can_be_folded_and_unfolded(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.get_by_role("button", name="Fold communities").click()
    points, _ = drawn(tab)
    assert points < 5
    tab.keyboard.press("n")
    assert "Around" in tab.locator("#panel h2").inner_text()
    assert tab.locator("#panel .items button").count() > 1
    tab.locator("#panel").get_by_role("button", name="Unfold").click()
    assert drawn(tab) == (6, 6)
    tab.locator("#colour").select_option("community")
    assert tab.evaluate("kgMap.state().colour") == "community"


def test_dragged_points_are_pinned_and_can_be_unpinned(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    (before,) = places(tab, "U1")
    box = tab.locator("#map canvas").bounding_box()
    assert box
    tab.mouse.move(box["x"] + before["x"], box["y"] + before["y"])
    tab.mouse.down()
    tab.mouse.move(box["x"] + before["x"] + 60, box["y"] + before["y"] - 40, steps=8)
    tab.mouse.up()
    tab.wait_for_function("() => kgMap.state().pins.size === 1")
    (after,) = places(tab, "U1")
    assert after["x"] - before["x"] == pytest.approx(60, abs=8)
    open_actor(tab, XAUT)
    x = tab.evaluate(f"kgMap.position(kgMap.point('{ID}U1')).x")
    tab.keyboard.press("Alt+ArrowRight")
    assert tab.evaluate(f"kgMap.position(kgMap.point('{ID}U1')).x") == pytest.approx(x + 10)
    tab.get_by_role("button", name="Unpin").click()
    assert tab.evaluate("kgMap.state().pins.size") == 0


def test_lasso_selects_and_only_the_selection_can_be_shown(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    points = places(tab, *LABELS)
    box = tab.locator("#map canvas").bounding_box()
    assert box
    tab.get_by_role("button", name="Lasso").click()
    low = [min(point[axis] for point in points[:2]) - 12 for axis in "xy"]
    high = [max(point[axis] for point in points[:2]) + 12 for axis in "xy"]
    tab.mouse.move(box["x"] + low[0], box["y"] + low[1])
    tab.mouse.down()
    for x, y in ((high[0], low[1]), (high[0], high[1]), (low[0], high[1])):
        tab.mouse.move(box["x"] + x, box["y"] + y, steps=3)
    tab.mouse.up()
    count = tab.evaluate("kgMap.state().selected.size")
    assert count >= 2
    assert tab.locator("#selectionCount").inner_text() == f"{count} selected"
    tab.get_by_role("button", name="Only these").click()
    assert f"shown: {count} organisations" in tab.locator("#subtitle").inner_text()
    tab.locator("#selection").get_by_role("button", name="Clear selection").click()
    assert drawn(tab) == (6, 6)


@pytest.mark.parametrize(("view", "points", "lines"), [("With all links", 10, 10), ("By sector", 6, 6)])
def test_other_views_contain_the_same_network(visit: Callable[..., Visit], view: str, points: int, lines: int) -> None:
    tab = visit(TEXT).page
    tab.get_by_role("button", name=view).click()
    assert drawn(tab) == (points, lines)
    click_point(tab, "U1")
    assert tab.locator("#panel h2").inner_text() == XAUT


def test_sizes_follow_the_chosen_measure(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    before = tab.evaluate("[0, 1, 2, 3].map((id) => kgMap.position(id).size)")
    tab.locator("#by").select_option("strength")
    assert tab.evaluate("[0, 1, 2, 3].map((id) => kgMap.position(id).size)") != before
    open_actor(tab, XAUT)
    assert "strength: 2, rank 1 of 5" in tab.locator("#panel").inner_text()
    tab.locator("#panel").get_by_text("Other measures").click()
    assert "bridges (betweenness): 0.5 (0.4–0.7), rank 1 of 5" in tab.locator("#panel").inner_text()


def test_address_restores_the_state(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.get_by_role("button", name="By sector").click()
    tab.get_by_role("checkbox", name="firm").uncheck()
    tab.locator("#colour").select_option("community")
    open_actor(tab, XAUT)
    tab.get_by_role("button", name="Light or dark theme").click()
    tab.get_by_role("button", name="中文").click()
    hash_ = "#" + tab.url.partition("#")[2]
    assert len(hash_) < 200
    again = visit(TEXT, hash_).page
    assert again.locator("#panel h2").inner_text() == "西安理工大学"
    assert again.locator("#views [aria-pressed=true]").inner_text() == "按主体类型分层"
    assert again.evaluate("document.documentElement.dataset.theme") == "dark"
    assert drawn(again) == drawn(tab)
    assert again.url.partition("#")[2] == hash_[1:]


INVALID = (
    "view=nothing",
    "by=constructor",
    "__proto__=1&top=1e9",
    "actor=~id/unknown",
    "viewport=0,0,NaN",
    "pin=~id/U1,1e999,0",
    "off.kind=9",
    "from=2021-13",
    "line=0-999999",
    "<img src=x onerror=window.ran=1>=<script>window.ran=1</script>",
    "lang=javascript:window.ran=1",
    "view=map&" * 6000,
)
IGNORED = "Part of this address is invalid and was ignored."


def test_page_opens_with_an_invalid_address(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, f"#{'&'.join(INVALID[:-1])}").page
    assert drawn(tab) == (6, 6)
    assert tab.locator("#status").inner_text() == IGNORED


def test_invalid_address_has_no_effect(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    for address in INVALID:
        tab.evaluate("address => { location.hash = address }", address)
        tab.locator("#status", has_text=IGNORED).wait_for()
        assert drawn(tab) == (6, 6), address
        tab.evaluate("document.getElementById('status').textContent = ''")


def test_visible_map_can_be_downloaded(visit: Callable[..., Visit], tmp_path: Path) -> None:
    tab = visit(TEXT).page
    files = {}
    for name in ("Picture (PNG)", "Drawing (SVG)", "Organisations (CSV)", "Links (CSV)"):
        tab.locator("#save > summary").click()
        with tab.expect_download() as waiting:
            tab.get_by_role("button", name=name).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        files[path.name] = path.read_bytes()
    assert files["map.png"].startswith(b"\x89PNG")
    assert len(files["map.png"]) > 10_000
    svg = files["map.svg"].decode()
    lines = "".join(re.findall('d="([^"]*)" fill="none" stroke="#[0-9a-f]{6}"[^>]* stroke-opacity="0.5"', svg))
    assert lines.count("L") == 6
    for text in ("Huawei Technologies", "Who works with whom", "5 organisations in 5 links", "+36"):
        assert text in svg
    rows = files["actors.csv"].decode("utf-8-sig").split("\r\n")
    assert rows[0].startswith("iri,label_en,label_zh,kind,sector")
    assert len(rows) == 7
    assert f"{ID}link/alliance" in files["links.csv"].decode()


def test_large_map_opens_with_the_most_central_actors(visit: Callable[..., Visit]) -> None:
    tab = visit(large()).page
    assert "shown: 300 organisations" in tab.locator("#subtitle").inner_text()
    assert (
        tab.locator("#limitNote")
        .inner_text()
        .startswith("Only the 300 of 420 organisations with the highest score (number of links)")
    )
    tab.locator("#top").select_option("420")
    assert tab.evaluate("[...Array(420).keys()].every((id) => kgMap.position(id))")
    assert tab.locator("#limitNote").is_hidden()


def test_search_shows_a_less_central_actor(visit: Callable[..., Visit]) -> None:
    tab = visit(large(), "#top=100").page
    assert drawn(tab)[0] < 200
    tab.locator("#search").fill("University")
    tab.locator("#results button").last.click()
    point = tab.evaluate("kgMap.state().chosen.point")
    assert tab.evaluate(f"kgMap.position({point}).id") == point


def test_print_uses_the_light_theme_without_buttons(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, color_scheme="dark").page
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.dataset.theme") == "light"
    title = tab.locator("#title").text_content()
    assert title
    assert title in (tab.locator("#printed").text_content() or "")
    assert tab.locator("#bar").is_hidden()
    assert tab.locator("#side").is_hidden()
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"


def test_links_are_listed_in_a_table(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.locator("#list summary").click()
    tab.locator("#kinds").get_by_role("button", name="Links").click()
    rows = tab.locator("#rows tbody tr")
    rows.first.wait_for()
    assert rows.count() == 5
    row = rows.filter(has_text="The link alliance")
    assert row.locator("td").nth(5).inner_text() == "4 / ≥ 75"
    row.get_by_role("button").click()
    assert "more than 70 unnamed organisations" in tab.locator("#panel").inner_text()


def test_click_on_empty_space_closes_the_panel(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    click_point(tab, "U1")
    click(tab, 4, 200)
    assert tab.locator("#panel").is_hidden()
