"""The page in Chromium, opened from disk: content, search, filters, languages and hostile text."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from helpers.browser import Visit, click, click_line, click_point, drawn, places
from helpers.networks import ActorSpec, LinkSpec, incidence
from helpers.scenes import HOSTILE, LABELS, NOTE, hostile, plain, small

from kg.map.html import page
from kg.model import Text
from kg.network import build

pytestmark = pytest.mark.browser


def test_all_actors_and_links_are_drawn(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    assert drawn(found) == (6, 6)
    assert found.locator("#subtitle").inner_text() == "5 organisations in 5 links; 10 of at least 117 parties are named"
    assert found.locator("#legend li").all_inner_texts() == ["university\n2", "firm\n2", "government department\n1"]
    size = found.locator("#map canvas").bounding_box()
    assert size
    assert min(size["width"], size["height"]) > 500


def test_click_on_an_actor_opens_its_names_links_and_evidence(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    click_point(found, "U1")
    panel = found.locator("#panel")
    assert panel.locator("h2").inner_text() == "Xi'an University of Technology"
    text = panel.text_content() or ""
    for fact in (
        "西安理工大学",
        "Xi'an Ligong Daxue",
        "betweenness: 0.5 (0.4–0.7), rank 1 of 5",
        "3 partners named, at least 107 more",
    ):
        assert fact in text
    panel.locator("summary", has_text="The link thirty-six").click()
    link = panel.locator("details[open]").inner_text()
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
    found = visit(page.render(small())).page
    click_line(found, "U1", "I1")
    text = found.locator("#panel").inner_text()
    assert "1 link between Huawei Technologies Co., Ltd. and Xi'an University of Technology" in text
    assert "Report on college" in text
    assert "co-builder" in text


def test_click_on_a_hyperedge_opens_its_link(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    click(found, **found.evaluate("(({ x, y }) => kgMap.network.canvasToDOM({ x, y }))(kgMap.position(5))"))
    text = found.locator("#panel").inner_text()
    assert "The link alliance" in text
    assert "more than 70 unnamed organisations" in text
    assert "4 of at least 75 parties named" in text


def test_party_in_the_panel_opens_its_actor(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    click_line(found, "U1", "I1")
    found.locator("#panel").get_by_role("button", name="Huawei").click()
    assert found.locator("#panel h2").inner_text() == "Huawei Technologies Co., Ltd."


@pytest.mark.parametrize("query", ["huawei tech", "华为", "HUAWEI JISHU", "huaweijishu"])
def test_search_matches_any_name_by_keyboard_only(visit: Callable[..., Visit], query: str) -> None:
    found = visit(page.render(small())).page
    found.locator("#search").focus()
    found.keyboard.type(query)
    assert found.locator("#searchStatus").inner_text() == "1 found"
    found.keyboard.press("ArrowDown")
    found.keyboard.press("Enter")
    assert found.locator("#panel h2").inner_text() == "Huawei Technologies Co., Ltd."
    assert found.evaluate("document.activeElement.id") == "heading"
    found.keyboard.press("Escape")
    assert found.locator("#panel").is_hidden()
    assert "Huawei" in found.evaluate("document.activeElement.textContent")
    found.keyboard.press("Escape")
    assert found.locator("#search").input_value() == ""


def test_search_without_a_match_shows_a_message(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    found.locator("#search").fill("no such name")
    assert found.locator("#searchStatus").inner_text() == "No organisation has this name"
    found.keyboard.press("Enter")
    assert found.locator("#panel").is_hidden()


def test_filter_hides_kinds_and_restores_them(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    found.get_by_role("checkbox", name="firm").uncheck()
    assert drawn(found) == (4, 2)
    found.get_by_role("checkbox", name="government").uncheck()
    assert drawn(found) == (2, 0)
    found.get_by_role("button", name="Show all again").click()
    assert drawn(found) == (6, 6)
    assert found.get_by_role("checkbox", name="firm").is_checked()


def test_language_switch_changes_all_texts(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    click_point(found, "I1")
    found.locator("#list summary").click()
    found.locator("#rows td").first.wait_for()
    found.get_by_role("button", name="中文").click()
    assert found.title() == found.locator("h1").inner_text() == "产业、教育与科技：谁与谁合作"
    assert found.evaluate("document.documentElement.lang") == "zh-Hans"
    assert found.locator("#panel h2").inner_text() == "华为技术有限公司"
    assert "企业" in found.locator("#legend").inner_text()
    assert "西安理工大学" in found.locator("#rows").inner_text()
    assert found.locator("#search").get_attribute("placeholder") == "中文、英文或拼音"
    assert found.locator("#notes li").last.text_content() == NOTE.zh


def test_panel_shows_rank_intervals(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small(dated=True)), "#actor=~id/U1").page
    facts = found.locator("#panel .facts")
    assert "If all parties were named: rank 1 to 3 in nine of ten trials" in facts.inner_text()
    found.locator("#languages [value=zh]").click()
    assert "若参与方全部具名：九成试算中居第 1 至 3 位" in facts.inner_text()
    found.locator("#languages [value=en]").click()
    found.evaluate("location.hash = 'actor=~id/I1'")
    found.locator("#panel h2", has_text="Huawei").wait_for()
    assert "rank 2 in nine of ten trials" in facts.inner_text()
    found.evaluate("location.hash = 'actor=~id/I2'")
    found.locator("#panel h2", has_text="BAOTi").wait_for()
    assert "nine of ten" not in facts.inner_text()


def test_table_contains_the_visible_actors(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    found.locator("#list summary").click()
    rows = found.locator("#rows tbody tr")
    rows.first.wait_for()
    assert [rows.nth(i).locator("td").all_inner_texts() for i in range(2)] == [
        ["1", "Xi'an University of Technology", "university", "0.5", "3", "≥ 107", "3"],
        ["2", "Huawei Technologies Co., Ltd.", "firm", "0.25", "3", "≥ 71", "3"],
    ]
    assert rows.nth(4).locator("td").all_inner_texts()[:4] == ["–", "Lone University", "university", "–"]
    rows.nth(1).get_by_role("button").click()
    assert found.locator("#panel h2").inner_text() == "Huawei Technologies Co., Ltd."


HARMFUL = "#panel :is(img, script, iframe, b, [onerror], [srcdoc], a), #rows :is(img, script, iframe), svg[onload]"


@pytest.mark.parametrize(("lang", "view"), [("en", "map"), ("zh", "two-mode"), ("en", "bands")])
def test_hostile_text_is_displayed_and_not_executed(visit: Callable[..., Visit], lang: str, view: str) -> None:
    found = visit(page.render(hostile())).page
    assert drawn(found) == (len(HOSTILE), len(HOSTILE))
    assert found.title() == HOSTILE[0]
    found.locator(f"#languages [value={lang}]").click()
    found.locator(f"#views [value={view}]").click()
    found.locator("#colour").select_option("community")
    for i, word in enumerate(HOSTILE):
        click_point(found, f"U{i}")
        text = found.locator("#panel").text_content() or ""
        assert (f"{i} {word}" if lang == "en" else word) in text
        assert text.count(word) > 15
        assert found.locator(HARMFUL).count() == 0
        found.keyboard.press("Escape")
    found.locator("#list summary").click()
    for kind in ("actors", "links"):
        found.locator(f"#kinds [value={kind}]").click()
        found.locator("#rows td").first.wait_for()
        assert HOSTILE[1] in (found.locator("#rows").text_content() or "")
    assert found.locator("#notes li").all_text_contents() == list(HOSTILE)
    for facet in found.locator("#filters details:not([hidden])").all():
        facet.locator("summary").click()
        facet.locator("li").first.wait_for()
    assert HOSTILE[1] in (found.locator("[data-facet=source]").text_content() or "")
    found.locator("#folds").click()
    found.locator("#search").fill("window.ran")
    assert found.locator("#results li").count() > 8
    found.locator("#results button").first.click()
    assert found.locator(HARMFUL).count() == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_text_is_not_executed_in_views_over_time(visit: Callable[..., Visit], lang: str) -> None:
    found = visit(page.render(hostile(dated=True))).page
    found.locator(f"#languages [value={lang}]").click()
    for view in ("timeline", "years"):
        found.locator(f"#views [value={view}]").click()
        found.locator("#search").fill("onerror")
        found.locator("#results button").first.click()
        assert HOSTILE[1] in (found.locator("#panel").text_content() or "")
        found.keyboard.press("Escape")
        found.evaluate("word => { location.hash = `view=${word}&off.form=${word}` }", HOSTILE[1])
        found.wait_for_function("document.getElementById('status').textContent.length > 10")
        assert found.locator(HARMFUL).count() == 0


def test_text_is_not_escaped_twice(visit: Callable[..., Visit]) -> None:
    words = {"en": 'R&D <Centre> "A"', "zh": "研发<中心>&'甲'"}
    network = build(incidence({"a": "U1 I1"}, ActorSpec(labels={"U1": (words["en"], words["zh"])})))
    found = visit(page.render(replace(plain(network), title=Text(**words)))).page
    for lang, word in words.items():
        found.locator(f"#languages [value={lang}]").click()
        assert found.locator("h1").inner_text() == found.title() == word
        click_point(found, "U1")
        assert found.locator("#panel h2").inner_text() == word
        assert "&amp;" not in found.locator("body").inner_text()
        found.keyboard.press("Escape")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_empty_network_has_an_explanation(visit: Callable[..., Visit], lang: str) -> None:
    network = build(incidence({"a": LinkSpec("U1", stage="planned")}))
    found = visit(page.render(replace(plain(network), lang=lang))).page
    assert drawn(found) == (0, 0)
    message = found.locator("#empty").inner_text()
    assert message.startswith({"en": "Nothing to draw", "zh": "没有可绘制的内容"}[lang])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1400])
def test_nothing_is_clipped_at_any_width(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    found = visit(page.render(small("zh")), viewport={"width": width, "height": 800}, color_scheme=scheme).page
    for key in ("U1", "I1"):
        assert found.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
            width,
            800,
        ]
        assert all(0 < point["x"] < width for point in places(found, *LABELS))
        click_point(found, key)
        close = found.get_by_role("button", name="关闭")
        box = close.bounding_box()
        assert box
        assert box["x"] + box["width"] <= width
        close.click()
        found.get_by_role("button", name="全图").click()


def test_map_can_be_zoomed_by_keyboard(visit: Callable[..., Visit]) -> None:
    found = visit(page.render(small())).page
    before = found.evaluate("kgMap.network.getScale()")
    found.get_by_role("button", name="Zoom in").focus()
    found.keyboard.press("Enter")
    found.wait_for_function("before => kgMap.network.getScale() > 1.3 * before", arg=before)
    found.get_by_role("button", name="Whole map").click()
    assert found.evaluate("kgMap.network.getScale()") == pytest.approx(before)
