"""The page for everybody: no fault that axe calls serious, in both languages, both themes and at three widths."""

from collections.abc import Callable

import pytest
from draw.scenes import small
from draw.visits import Visit, faults

from kg.draw import page

pytestmark = pytest.mark.browser


BUTTONS = {"lang": "#languages button", "theme": "#theme"}
VIEWS = ["map", "two-mode", "bands", "geo", "timeline", "years"]


@pytest.mark.parametrize(("width", "views"), [(390, ["map"]), (820, ["geo"]), (1440, VIEWS)])
def test_axe_finds_no_serious_fault_in_any_view(visit: Callable[..., Visit], width: int, views: list[str]) -> None:
    text = page.render(small(dated=True))
    found = visit(text, viewport={"width": width, "height": 844}, bypass_csp=True).page
    for view in views:
        found.locator(f"#views [value={view}]").click()
        assert faults(found, BUTTONS) == {}, view


def test_axe_finds_no_serious_fault_in_what_opens(visit: Callable[..., Visit]) -> None:
    text = page.render(small(dated=True))
    found = visit(text, "#actor=~id/U1&mark=~id/U1&colour=community", bypass_csp=True).page
    found.locator("#panel h2").wait_for()
    found.locator("#list summary").click()
    found.locator("#rows td").first.wait_for()
    found.locator("#filters details").last.evaluate("one => { one.open = true }")
    found.locator("#save > summary").click()
    assert faults(found, BUTTONS) == {}
    found.locator("#search").fill("a")
    found.locator("#kinds").get_by_role("button").last.click()
    assert faults(found, BUTTONS) == {}


def test_everything_can_be_reached_with_the_keyboard(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small(dated=True))).page
    reached = set()
    found.evaluate("document.body.focus()")
    for _ in range(70):
        found.keyboard.press("Tab")
        reached.add(found.evaluate("(({ id, value, className }) => id || value || className)(document.activeElement)"))
        outline = found.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or found.evaluate("document.activeElement === document.body")
    assert {
        "two-mode",
        "bands",
        "theme",
        "zh",
        "search",
        "by",
        "colour",
        "folds",
        "lasso",
        "in",
        "fit",
        "play",
        "from",
        "to",
        "undated",
    } <= reached
    assert any("vis-network" in one for one in reached)


def test_still_pages_stay_still(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small()), reduced_motion="reduce").page
    found.get_by_role("button", name="Closer").click()
    scale = found.evaluate("kgMap.network.getScale()")
    found.wait_for_timeout(120)
    assert found.evaluate("kgMap.network.getScale()") == scale
    assert found.evaluate("getComputedStyle(document.getElementById('theme')).transitionDuration") == "0s"
