"""Accessibility: no serious violation by axe in both languages and themes at three widths, and full keyboard access."""

from collections.abc import Callable

import pytest
from helpers.browser import Visit, serious, violations
from helpers.scenes import small

from kg.map.html import page

pytestmark = pytest.mark.browser


BUTTONS = {"lang": "#languages button", "theme": "#theme"}
VIEWS = ["map", "two-mode", "bands", "geo", "timeline", "years"]


def test_axe_reports_no_serious_violation_in_any_view_language_and_theme(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small(dated=True)), viewport={"width": 1440, "height": 844}, bypass_csp=True).page
    for view in VIEWS:
        found.locator(f"#views [value={view}]").click()
        assert violations(found, BUTTONS) == {}, view


@pytest.mark.parametrize(("width", "lang", "theme"), [(360, "zh", "dark"), (820, "en", "light")])
def test_axe_reports_no_serious_violation_on_a_phone_and_a_tablet(
    visit: Callable[..., Visit], width: int, lang: str, theme: str
) -> None:
    text = page.render(small(lang, dated=True))
    found = visit(text, viewport={"width": width, "height": 844}, color_scheme=theme, bypass_csp=True).page
    for view in VIEWS:
        found.locator(f"#views [value={view}]").click()
        assert serious(found) == [], view
        found.evaluate("kgMap.choose({ point: 0 })")
        assert serious(found) == [], f"{view} with its panel"
        found.evaluate("kgMap.choose(null)")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_reports_no_serious_violation_in_opened_parts(visit: Callable[..., Visit], width: int) -> None:
    text = page.render(small(dated=True))
    settings = {"viewport": {"width": width, "height": 844}, "bypass_csp": True}
    found = visit(text, "#actor=~id/U1&select=~id/U1&colour=community", **settings).page
    if width < 760:
        found.locator("#side > summary").click()
    found.locator("#panel h2").wait_for()
    found.locator("#list summary").click()
    found.locator("#rows td").first.wait_for()
    found.locator("#filters details").last.evaluate("one => { one.open = true }")
    found.locator("#save").evaluate("one => { one.open = true }")
    assert violations(found, BUTTONS) == {}
    found.locator("#search").fill("a")
    found.locator("#kinds").get_by_role("button").last.click()
    assert violations(found, BUTTONS) == {}


def test_every_control_is_reachable_by_keyboard(visit: Callable[..., Visit]) -> None:
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


def test_reduced_motion_disables_animations(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small()), reduced_motion="reduce").page
    found.get_by_role("button", name="Zoom in").click()
    scale = found.evaluate("kgMap.network.getScale()")
    found.wait_for_timeout(120)
    assert found.evaluate("kgMap.network.getScale()") == scale
    assert found.evaluate("getComputedStyle(document.getElementById('theme')).transitionDuration") == "0s"
