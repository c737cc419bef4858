"""The page in Chromium, opened from disk: content, search, filters, languages and hostile text."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from helpers.browser import Visit, click, click_line, click_point, drawn, places
from helpers.networks import ActorSpec, LinkSpec, incidence
from helpers.scenes import HOSTILE, LABELS, NOTE, hostile, plain, small

from kg.map.html import page
from kg.model import Text
from kg.network import build

pytestmark = pytest.mark.browser

TEXT = page.render(small())


def test_all_actors_and_links_are_drawn(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    assert drawn(tab) == (6, 6)
    assert (
        tab.locator("#subtitle").inner_text() == "5 organisations in 5 links; 10 of at least 117 parties are named (9%)"
    )
    assert tab.locator("#legend li").all_inner_texts() == ["university\n2", "firm\n2", "government department\n1"]
    size = tab.locator("#map canvas").bounding_box()
    assert size
    assert min(size["width"], size["height"]) > 500


def test_click_on_an_actor_opens_its_names_links_and_evidence(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    click_point(tab, "U1")
    panel = tab.locator("#panel")
    assert panel.locator("h2").inner_text() == "Xi'an University of Technology"
    text = panel.text_content() or ""
    for fact in (
        "西安理工大学",
        "Xi'an Ligong Daxue",
        "bridges (betweenness): 0.5 (0.4–0.7), rank 1 of 5",
        "3 partners named, at least 107 more",
    ):
        assert fact in text
    panel.locator("summary", has_text="The link thirty-six").click()
    link = panel.locator(".link[open]").inner_text()
    for fact in (
        "8 November",
        "signed",
        "36 unnamed organisations (exactly) (enterprises)",
        "1 of 37 parties named",
        "Publisher of thirty-six: Report on thirty-six",
        "2025-11-11",
        "characters 120–180",
        "It says that there is thirty-six.",
        "https://w3id.org/helix-kg/evidence/thirty-six",
    ):
        assert fact in link
    address = panel.locator("details[open] a")
    assert address.get_attribute("href") == address.inner_text() == "https://example.org/thirty-six?a=1&b=2"
    assert (address.get_attribute("rel"), address.get_attribute("target")) == ("noreferrer", "_blank")


def test_click_on_a_line_opens_its_links(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    click_line(tab, "U1", "I1")
    text = tab.locator("#panel").inner_text()
    assert "1 link between Huawei Technologies Co., Ltd. and Xi'an University of Technology" in text
    assert "Report on college" in text
    assert "co-builder" in text


def test_click_on_a_hyperedge_opens_its_link(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    click(tab, **tab.evaluate("(({ x, y }) => kgMap.network.canvasToDOM({ x, y }))(kgMap.position(5))"))
    text = tab.locator("#panel").inner_text()
    assert "The link alliance" in text
    assert "more than 70 unnamed organisations" in text
    assert "4 of at least 75 parties named" in text


def test_party_in_the_panel_opens_its_actor(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    click_line(tab, "U1", "I1")
    tab.locator("#panel").get_by_role("button", name="Huawei").click()
    assert tab.locator("#panel h2").inner_text() == "Huawei Technologies Co., Ltd."


NAMES = ["huawei tech", "华为", "HUAWEI JISHU", "huaweijishu", "华技", "华为公司", "hauwei", "huwei t"]


def test_search_matches_any_name_by_keyboard_only(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    for name in NAMES:
        tab.locator("#search").focus()
        tab.keyboard.type(name)
        assert tab.locator("#searchStatus").inner_text() == "1 found", name
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Enter")
        assert tab.locator("#panel h2").inner_text() == "Huawei Technologies Co., Ltd."
        assert tab.evaluate("document.activeElement.id") == "heading"
        tab.keyboard.press("Escape")
        assert tab.locator("#panel").is_hidden()
        assert "Huawei" in tab.evaluate("document.activeElement.textContent")
        tab.keyboard.press("Escape")
        assert tab.locator("#search").input_value() == ""


def test_search_without_a_match_shows_a_message(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.locator("#search").fill("no such name")
    assert tab.locator("#searchStatus").inner_text() == "No organisation has this name"
    tab.keyboard.press("Enter")
    assert tab.locator("#panel").is_hidden()


def test_filter_hides_kinds_and_restores_them(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.get_by_role("checkbox", name="firm").uncheck()
    assert drawn(tab) == (4, 2)
    tab.get_by_role("checkbox", name="government").uncheck()
    assert drawn(tab) == (2, 0)
    tab.get_by_role("button", name="Show all again").click()
    assert drawn(tab) == (6, 6)
    assert tab.get_by_role("checkbox", name="firm").is_checked()


def test_language_switch_changes_all_texts(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    click_point(tab, "I1")
    tab.locator("#list summary").click()
    tab.locator("#rows td").first.wait_for()
    tab.get_by_role("button", name="中文").click()
    assert tab.title() == tab.locator("h1").inner_text() == "产业、教育与科技：谁与谁合作"
    assert tab.evaluate("document.documentElement.lang") == "zh-Hans"
    assert tab.locator("#panel h2").inner_text() == "华为技术有限公司"
    assert "企业" in tab.locator("#legend").inner_text()
    assert "西安理工大学" in tab.locator("#rows").inner_text()
    assert tab.locator("#search").get_attribute("placeholder") == "中文、英文或拼音"
    assert tab.locator("#notes li").last.text_content() == NOTE.zh


def test_panel_shows_rank_intervals(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True)), "#actor=~id/U1").page
    facts = tab.locator("#panel .facts")
    assert "If all parties were named: rank 1 to 3 in nine of ten trials" in facts.inner_text()
    tab.locator("#languages [value=zh]").click()
    assert "若参与方全部列名：九成试算中居第1至3位" in facts.inner_text()
    tab.locator("#languages [value=en]").click()
    tab.evaluate("location.hash = 'actor=~id/I1'")
    tab.locator("#panel h2", has_text="Huawei").wait_for()
    assert "rank 2 in nine of ten trials" in facts.inner_text()
    tab.evaluate("location.hash = 'actor=~id/I2'")
    tab.locator("#panel h2", has_text="BAOTi").wait_for()
    assert "nine of ten" not in facts.inner_text()


def test_table_contains_the_visible_actors(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.locator("#list summary").click()
    rows = tab.locator("#rows tbody tr")
    rows.first.wait_for()
    assert [rows.nth(i).locator("td").all_inner_texts() for i in range(2)] == [
        ["1", "Xi'an University of Technology", "university", "0.5", "3", "≥ 107", "3"],
        ["2", "Huawei Technologies Co., Ltd.", "firm", "0.25", "3", "≥ 71", "3"],
    ]
    assert rows.nth(4).locator("td").all_inner_texts()[:4] == ["–", "Lone University", "university", "–"]
    rows.nth(1).get_by_role("button").click()
    assert tab.locator("#panel h2").inner_text() == "Huawei Technologies Co., Ltd."


HARMFUL = "#panel :is(img, script, iframe, b, [onerror], [srcdoc], a), #rows :is(img, script, iframe), svg[onload]"


def test_hostile_text_is_displayed_in_panels_and_not_executed(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(hostile())).page
    assert drawn(tab) == (len(HOSTILE), len(HOSTILE))
    assert tab.title() == HOSTILE[0]
    tab.locator("#colour").select_option("community")
    for third, (lang, view) in enumerate((("en", "map"), ("zh", "two-mode"), ("en", "bands"))):
        tab.locator(f"#languages [value={lang}]").click()
        tab.locator(f"#views [value={view}]").click()
        for i, word in list(enumerate(HOSTILE))[third::3]:  # each panel is opened in one view
            click_point(tab, f"U{i}")
            text = tab.locator("#panel").text_content() or ""
            assert (f"{i} {word}" if lang == "en" else word) in text
            assert text.count(word) > 15
            assert tab.locator(HARMFUL).count() == 0
            tab.keyboard.press("Escape")


def test_hostile_text_is_displayed_in_lists_and_not_executed(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(hostile())).page
    tab.locator("#list summary").click()
    for lang in ("en", "zh"):
        tab.locator(f"#languages [value={lang}]").click()
        for kind in ("actors", "links"):
            tab.locator(f"#kinds [value={kind}]").click()
            tab.locator("#rows td").first.wait_for()
            assert HOSTILE[1] in (tab.locator("#rows").text_content() or "")
        assert tab.locator("#notes li").all_text_contents() == list(HOSTILE)
        for facet in tab.locator("#filters details:not([hidden])").all():
            facet.evaluate("one => { one.open = true }")
            facet.locator("li").first.wait_for()
        assert HOSTILE[1] in (tab.locator("[data-facet=source]").text_content() or "")
        tab.locator("#folds").click()
        tab.locator("#search").fill("window.ran")
        assert tab.locator("#results li").count() > 8
        tab.locator("#results button").first.click()
        assert tab.locator(HARMFUL).count() == 0


def test_hostile_text_is_not_executed_in_views_over_time(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(hostile(dated=True))).page
    for lang, view in product(("en", "zh"), ("timeline", "years")):
        tab.locator(f"#languages [value={lang}]").click()
        tab.locator(f"#views [value={view}]").click()
        tab.locator("#search").fill("onerror")
        tab.locator("#results button").first.click()
        assert HOSTILE[1] in (tab.locator("#panel").text_content() or "")
        tab.keyboard.press("Escape")
        tab.evaluate("document.getElementById('status').textContent = ''")
        tab.evaluate("word => { location.hash = `view=${word}&off.form=${word}` }", HOSTILE[1])
        tab.wait_for_function("document.getElementById('status').textContent.length > 10")
        assert tab.locator(HARMFUL).count() == 0


def test_text_is_not_escaped_twice(visit: Callable[..., Visit]) -> None:
    words = {"en": 'R&D <Centre> "A"', "zh": "研发<中心>&'甲'"}
    network = build(incidence({"a": "U1 I1"}, ActorSpec(labels={"U1": (words["en"], words["zh"])})))
    tab = visit(page.render(replace(plain(network), title=Text(**words)))).page
    for lang, word in words.items():
        tab.locator(f"#languages [value={lang}]").click()
        assert tab.locator("h1").inner_text() == tab.title() == word
        click_point(tab, "U1")
        assert tab.locator("#panel h2").inner_text() == word
        assert "&amp;" not in tab.locator("body").inner_text()
        tab.keyboard.press("Escape")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_empty_network_has_an_explanation(visit: Callable[..., Visit], lang: str) -> None:
    network = build(incidence({"a": LinkSpec("U1", stage="planned")}))
    tab = visit(page.render(replace(plain(network), lang=lang))).page
    assert drawn(tab) == (0, 0)
    message = tab.locator("#empty").inner_text()
    assert message.startswith({"en": "Nothing to draw", "zh": "没有可绘制的内容"}[lang])


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (768, "light"), (1400, "dark")])
def test_nothing_is_clipped_at_any_width(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    tab = visit(page.render(small("zh")), viewport={"width": width, "height": 800}, color_scheme=scheme).page
    for key in ("U1", "I1"):
        assert tab.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
            width,
            800,
        ]
        assert all(0 < point["x"] < width for point in places(tab, *LABELS))
        click_point(tab, key)
        close = tab.get_by_role("button", name="关闭")
        box = close.bounding_box()
        assert box
        assert box["x"] + box["width"] <= width
        close.click()
        tab.get_by_role("button", name="全图").click()


def test_map_can_be_zoomed_by_keyboard(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, reduced_motion="no-preference").page
    before = tab.evaluate("kgMap.network.getScale()")
    tab.get_by_role("button", name="Zoom in").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("before => kgMap.network.getScale() > 1.3 * before", arg=before)
    tab.get_by_role("button", name="Whole map").click()
    assert tab.evaluate("kgMap.network.getScale()") == pytest.approx(before)
