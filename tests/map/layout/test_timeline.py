"""Views over time: positions of dated links, undated links, and small maps by year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from helpers.browser import Visit, chosen_panels, click
from helpers.networks import ID
from helpers.scenes import HOSTILE, card, hostile, small

from kg.map.html import page
from kg.map.layout.timeline import timeline
from kg.map.scene.model import Scene
from kg.query.cards import LinkCard


def dated(key: str, start: date | None, latest: date | None, kind: str = "A") -> LinkCard:
    return replace(card(key, (), 2), start=start, latest=latest, kind=kind)


def by_iri(*cards: LinkCard) -> dict[str, LinkCard]:
    return {one.iri: one for one in cards}


A, B, C = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)


def test_links_are_placed_by_start_date_in_the_band_of_their_kind() -> None:
    cards = by_iri(
        dated("a", A, A), dated("b", B, C), dated("c", C, C, "Z"), dated("d", None, B), dated("e", None, None)
    )
    view = timeline(cards)
    assert view
    a, b, c, d = (view.links[one] for one in list(cards)[:4])
    assert len(view.links) == 4
    assert a[0] == 0 < b[0] == d[0] < c[0]
    assert a[1] == d[1] != b[1]
    assert [name for name, _, _ in view.bands] == ["A", "Z"]
    assert c[1] > max(a[1], d[1])


def test_links_with_equal_dates_have_no_timeline() -> None:
    assert timeline(by_iri(dated("a", A, A), dated("b", A, A), dated("c", None, None))) is None


@pytest.mark.browser
def test_click_on_a_dot_opens_its_link_and_undated_links_are_listed(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True))).page
    tab.locator("#views [value=timeline]").click()
    assert tab.evaluate("kgMap.visible()") == [2, 0]
    position = "iri => kgMap.network.canvasToDOM(kgMap.position(kgMap.link(iri)))"
    click(tab, **tab.evaluate(position, f"{ID}link/college"))
    assert tab.locator("#panel h3").first.inner_text() == "The link college"
    tab.locator("#unplaced").click()
    assert tab.locator("#panel .link").count() == 3
    assert tab.locator("#panel h2").inner_text() == "3 links without a date are not shown"


@pytest.mark.browser
def test_each_year_has_a_small_map_that_filters_by_year(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True))).page
    tab.locator("#views [value=years]").click()
    years = tab.locator("#years button")
    assert years.all_inner_texts() == [
        "2020\n1 link\nXi'an University of Technology; Huawei Technologies Co., Ltd.",
        "2021\n1 link\nBAOTi Group",
    ]
    assert "3" in tab.locator("#years p").inner_text()
    years.nth(1).click()
    assert tab.locator("#years").is_hidden()
    assert "from=2021-01&to=2021-12" in tab.evaluate("location.hash")


def hostile_timeline() -> Scene:
    scene = hostile()
    links = {
        iri: replace(one, start=date(2000 + i, 1, 1), latest=date(2001 + i, 1, 1))
        for i, (iri, one) in enumerate(scene.links.items())
    }
    view = timeline(links)
    assert view
    return replace(
        scene, links=links, views=(*scene.views, view, replace(view, name="years", links={}, bands=(), days=None))
    )


@pytest.mark.browser
def test_hostile_text_is_not_executed_in_views_over_time(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(hostile_timeline()), "#view=timeline").page
    assert tab.evaluate("kgMap.visible()") == [len(HOSTILE), 0]
    for lang in ("en", "zh"):
        tab.locator(f"#languages [value={lang}]").click()
        _, texts, active = chosen_panels(tab, [str(len(HOSTILE) + i) for i in range(len(HOSTILE))])
        assert not any(active)
        assert all(word in text for word, text in zip(HOSTILE, texts, strict=True))
    tab.locator("#views [value=years]").click()
    assert tab.locator("#years button").count() == len(HOSTILE) + 1
