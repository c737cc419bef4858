"""Accessibility: no serious violation by axe, and full keyboard access.

Each view is checked at two of three widths: in both languages and themes, with and without its panel.
"""

from collections.abc import Callable
from typing import Literal

import pytest
from helpers.browser import Visit, serious
from helpers.scenes import small
from playwright.sync_api import Page

from kg.map.html import page

pytestmark = pytest.mark.browser


VIEWS = ("map", "two-mode", "bands", "geo", "timeline", "years")
CHECKS: dict[tuple[int, str, Literal["light", "dark"]], dict[str, bool]] = {
    (360, "zh", "dark"): {"map": True, "two-mode": False, "bands": True, "geo": False},
    (820, "en", "light"): {"bands": False, "geo": True, "timeline": False, "years": True},
    (1440, "en", "light"): {"map": False, "two-mode": True},
    (1440, "zh", "dark"): {"timeline": True, "years": False},
}
"""Views that axe checks by width, language and theme, each with its panel or without."""

FOCUSED = """(() => {
    const { id, value, className, tagName } = document.activeElement;
    return [id || value || className, getComputedStyle(document.activeElement).outlineStyle, tagName];
})()"""


def switch(tab: Page, number: int) -> None:
    """Change the theme, and choose Chinese for an even `number` and English for an odd one."""
    tab.locator(f"#languages button[value={('zh', 'en')[number % 2]}]").click()
    tab.locator("#theme").click()


def test_axe_reports_no_serious_violation_in_any_view(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True)), bypass_csp=True).page
    for (width, lang, theme), views in CHECKS.items():
        tab.set_viewport_size({"width": width, "height": 844})
        tab.emulate_media(color_scheme=theme)
        tab.locator(f"#languages [value={lang}]").click()
        assert tab.evaluate("document.documentElement.dataset.theme") == theme
        for view, with_panel in views.items():
            tab.locator(f"#views [value={view}]").click()
            if with_panel:
                tab.evaluate("kgMap.choose({ point: 0 })")
            assert serious(tab) == [], (width, view)
            tab.evaluate("kgMap.choose(null)")


def test_no_view_is_wider_than_a_phone_or_a_tablet(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True)), viewport={"width": 360, "height": 844}).page
    for width, lang in ((360, "zh"), (820, "en")):
        tab.set_viewport_size({"width": width, "height": 844})
        tab.locator(f"#languages [value={lang}]").click()
        for number, view in enumerate(VIEWS):
            tab.locator(f"#views [value={view}]").click()
            if number % 2 == (lang == "en"):  # each view has its panel open at one of the two widths
                tab.evaluate("kgMap.choose({ point: 0 })")
            assert tab.evaluate("document.documentElement.scrollWidth") == width, view
            tab.evaluate("kgMap.choose(null)")


def test_each_view_is_checked_in_both_languages_and_themes_with_and_without_its_panel() -> None:
    for view in VIEWS:
        settings = [(*setting, checked[view]) for setting, checked in CHECKS.items() if view in checked]
        assert all(len(set(column)) == 2 for column in zip(*settings, strict=True)), view


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_axe_reports_no_serious_violation_in_opened_parts(visit: Callable[..., Visit], width: int, theme: str) -> None:
    text = page.render(small(dated=True))
    settings = {"viewport": {"width": width, "height": 844}, "bypass_csp": True, "color_scheme": theme}
    tab = visit(text, "#actor=~id/U1&select=~id/U1&colour=community", **settings).page
    if width < 760:
        tab.locator("#side > summary").click()
    tab.locator("#panel h2").wait_for()
    tab.locator("#list summary").click()
    tab.locator("#rows td").first.wait_for()
    tab.locator("#filters details").last.evaluate("one => { one.open = true }")
    tab.locator("#save").evaluate("one => { one.open = true }")
    switch(tab, width < 760)
    assert serious(tab) == []
    tab.locator("#search").fill("a")
    tab.locator("#kinds").get_by_role("button").last.click()
    switch(tab, width > 760)
    assert serious(tab) == []


def test_every_control_is_reachable_by_keyboard(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True))).page
    reached = set()
    tab.evaluate("document.body.focus()")
    for _ in range(70):
        tab.keyboard.press("Tab")
        name, outline, tag = tab.evaluate(FOCUSED)
        reached.add(name)
        assert outline != "none" or tag == "BODY"
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
    tab = visit(page.render(small()), reduced_motion="reduce").page
    tab.get_by_role("button", name="Zoom in").click()
    scale = tab.evaluate("kgMap.network.getScale()")
    tab.wait_for_timeout(120)
    assert tab.evaluate("kgMap.network.getScale()") == scale
    assert tab.evaluate("getComputedStyle(document.getElementById('theme')).transitionDuration") == "0s"
