"""One journey over the map as a reader makes it, in each language, theme and width: every deed works in all of them."""

from collections.abc import Callable
from itertools import product

import pytest
from draw.scenes import small
from draw.visits import Visit, drawn
from playwright.sync_api import Locator, Page

from kg.draw import page
from kg.draw.words import UI

pytestmark = pytest.mark.browser

NAMES = {"en": "Huawei Technologies Co., Ltd.", "zh": "华为技术有限公司"}
OTHER = {"en": "Xi'an University of Technology", "zh": "西安理工大学"}


def button(found: Page, key: str, lang: str) -> Locator:
    return found.get_by_role("button", name=UI[key].best(lang), exact=True).first


def tools(found: Page) -> None:
    """On a phone the tools are folded."""
    if not found.locator("#search").is_visible():
        found.locator("#side > summary").click()


def open_actor(found: Page, name: str) -> None:
    tools(found)
    found.locator("#search").fill(name)
    found.locator("#results button").first.click()
    assert found.locator("#panel h2").inner_text() == name


@pytest.mark.parametrize(("lang", "theme", "width"), list(product(("zh", "en"), ("light", "dark"), (360, 768, 1440))))
def test_a_journey(visit: Callable[..., Visit], lang: str, theme: str, width: int) -> None:
    text = page.render(small(lang, dated=True))
    found = visit(text, viewport={"width": width, "height": 900}, color_scheme=theme).page
    whole = drawn(found)
    open_actor(found, NAMES[lang])
    button(found, "focus", lang).click()
    assert drawn(found) < whole
    found.keyboard.press("Escape")
    tools(found)
    button(found, "showAll", lang).click()
    assert drawn(found) == whole
    open_actor(found, NAMES[lang])
    button(found, "path", lang).click()
    tools(found)
    found.locator("#search").fill(OTHER[lang])
    found.locator("#results button").first.click()
    told = found.locator("#panel h2").inner_text()
    assert NAMES[lang] in told
    assert OTHER[lang] in told
    assert found.locator("#panel a[href^=http]").count() > 0
    found.keyboard.press("Escape")
    tools(found)
    found.locator("#by").select_option("strength")
    found.locator("#colour").select_option("community")
    assert found.evaluate("[kgMap.state().by, kgMap.state().colour]") == ["strength", "community"]
    button(found, "foldAll", lang).click()
    assert drawn(found)[0] < whole[0]
    button(found, "unfoldAll", lang).click()
    for view in found.locator("#views [value]").all():
        view.click()
        assert view.get_attribute("aria-pressed") == "true"
    found.locator("#views [value=map]").click()
    button(found, "play", lang).click()
    assert found.locator("#play").get_attribute("aria-pressed") == "true"
    found.locator("#play").click()
    back = visit(text, "#" + found.url.partition("#")[2], viewport={"width": width, "height": 900}).page
    assert back.evaluate("kgMap.state().colour") == "community"
    found.locator("#list > summary").click()
    found.locator("#rows tbody tr").nth(3).wait_for()
