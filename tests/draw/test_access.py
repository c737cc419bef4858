"""The page for everybody: no fault that axe calls serious, in both languages, both themes and at three widths."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from draw.scenes import small
from draw.visits import Visit

from kg.draw import page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "lang", "theme"), [(390, "zh", "dark"), (820, "en", "light"), (1440, "zh", "light")])
def test_axe_finds_no_serious_fault(visit: Callable[..., Visit], width: int, lang: str, theme: str) -> None:
    text = page.render(small(lang, dated=True))
    found = visit(text, viewport={"width": width, "height": 844}, color_scheme=theme, bypass_csp=True).page
    axe = Axe()
    for deed in ("", "panel", "table", "fold", "geo"):
        if deed == "panel":
            found.evaluate("location.hash = 'actor=~id/U1&mark=~id/U1&colour=community'")
            found.locator("#panel h2").wait_for()
        elif deed == "geo":
            found.evaluate("location.hash = 'view=geo'")
            found.locator("#unplaced").wait_for()
        elif deed == "table":
            found.locator("#list summary").click()
            found.locator("#rows td").first.wait_for()
        elif deed == "fold":
            found.locator("#side").evaluate("side => { side.open = true }")
            found.locator("#filters details").last.evaluate("one => { one.open = true }")
        bad = [one for one in axe.run(found).response["violations"] if one["impact"] in {"serious", "critical"}]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in bad] == []


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
