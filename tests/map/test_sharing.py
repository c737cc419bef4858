"""Keeping and sharing what a map shows: history, short addresses, pictures, the table, stories and frames."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.browser import Visit, click_point
from helpers.scenes import small

from kg.errors import InputError
from kg.map import story
from kg.map.html import page
from kg.map.scene.model import StoryStep
from kg.model import Text

TEXT = page.render(small())
STEPS = """
- title: {en: Begin, zh: 开始}
  text: The first step.
- text: {en: The second step., zh: 第二步。}
  view: "map.html#view=two-mode"
"""


@pytest.mark.browser
def test_back_returns_to_the_previous_choice(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    click_point(tab, "U1")
    heading = tab.locator("#panel h2").inner_text()
    tab.evaluate("kgMap.choose({ point: kgMap.point('https://w3id.org/helix-kg/id/I2') })")
    assert tab.locator("#panel h2").inner_text() != heading
    tab.go_back()
    tab.wait_for_function("heading => document.getElementById('heading')?.textContent === heading", arg=heading)
    tab.go_back()
    tab.wait_for_function("document.getElementById('panel').hidden")


@pytest.mark.browser
def test_address_names_what_a_filter_shows_if_that_is_shorter(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, "#sector=firm").page
    visible = tab.evaluate("kgMap.visible()")
    assert tab.evaluate("location.hash") == "#sector=firm"
    again = visit(TEXT, "#off.sector=university&off.sector=government").page
    assert again.evaluate("kgMap.visible()") == visible


@pytest.mark.browser
def test_svg_has_legend_counts_source_and_day(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, color_scheme="light").page
    tab.locator("#save > summary").click()
    with tab.expect_download() as waiting:
        tab.locator("#svg").click()
    svg = Path(waiting.value.path()).read_text(encoding="utf-8")
    for text in ("university · 2", "5 organisations in 5 links", "5 links from", "saved on 20", "#ffffff"):
        assert text in svg, text


@pytest.mark.browser
def test_heading_of_a_saved_picture_is_about_what_is_shown(visit: Callable[..., Visit]) -> None:
    def title(fragment: str) -> str:
        tab = visit(TEXT, fragment).page
        tab.locator("#save > summary").click()
        with tab.expect_download() as waiting:
            tab.locator("#svg").click()
        svg = Path(waiting.value.path()).read_text(encoding="utf-8")
        return svg.partition("<title>")[2].partition("</title>")[0]

    assert title("#view=bands") == "40% of the links join universities and firms: 2 of 5"
    assert title("#view=bands&sector=firm").startswith("Who works with whom")


@pytest.mark.browser
def test_table_is_sorted_filtered_and_saved_as_shown(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    tab.locator("#list > summary").click()
    heads = tab.locator("#rows thead button")
    heads.nth(1).click()
    names = tab.locator("#rows tbody tr td:nth-child(2)").all_inner_texts()
    assert names == sorted(names)
    heads.nth(1).click()
    assert tab.locator("#rows tbody tr td:nth-child(2)").all_inner_texts() == names[::-1]
    tab.locator("#rowFilter").fill("huawei")
    assert tab.locator("#rows tbody tr").count() == 1
    with tab.expect_download() as waiting:
        tab.locator("#tableCsv").click()
    rows = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert (len(rows), rows[1].split(",")[1]) == (2, '"Huawei Technologies Co.')


@pytest.mark.browser
def test_citation_names_title_counts_and_address(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT, "#view=two-mode").page
    tab.locator("#share > summary").click()
    tab.locator("#copyCitation").click()
    cited = tab.locator("#shareText").input_value()
    for part in ("5 organisations in 5 links", "#view=two-mode", "(accessed 20"):
        assert part in cited


@pytest.mark.browser
def test_embedded_page_has_the_map_only(visit: Callable[..., Visit]) -> None:
    visited = visit(TEXT, "?embed")
    visited.address += "?embed"
    tab = visited.page
    shown = [tab.locator(one).is_visible() for one in ("#map", "#title", "#openWhole", "#side", "#list", "#settings")]
    assert shown == [True] * 3 + [False] * 3


@pytest.mark.browser
def test_story_leads_through_the_views(visit: Callable[..., Visit]) -> None:
    steps = (
        StoryStep(Text("Begin", "开始"), Text("One <b>", "一"), ""),
        StoryStep(Text("", ""), Text("Two", "二"), "view=two-mode"),
    )
    tab = visit(page.render(replace(small(), story=steps))).page
    assert tab.locator("#steps li[aria-current=step] p").inner_text() == "One <b>"
    tab.locator("#stepOn").click()
    tab.wait_for_function("kgMap.state().view === 'two-mode'")
    assert tab.locator("#steps li[aria-current=step]").inner_text() == "Two"
    assert tab.locator("#side").is_hidden()
    tab.locator("#explore").click()
    assert tab.locator("#side").is_visible()


@pytest.mark.browser
def test_pointer_on_a_point_shows_its_card(visit: Callable[..., Visit]) -> None:
    tab = visit(TEXT).page
    box = tab.locator("#map").bounding_box()
    assert box
    x, y = tab.evaluate(
        "(({ x, y }) => [x, y])(kgMap.network.canvasToDOM(kgMap.position(kgMap.point("
        "'https://w3id.org/helix-kg/id/U1'))))"
    )
    tab.mouse.move(box["x"] + x - 60, box["y"] + y)
    tab.mouse.move(box["x"] + x, box["y"] + y)
    tab.mouse.move(box["x"] + x + 1, box["y"] + y)
    tab.locator("#card strong").wait_for()
    assert "3 partners named" in tab.locator("#card").inner_text()


def test_story_is_read_with_texts_in_one_or_two_languages(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    file.write_text(STEPS, encoding="utf-8")
    assert story.read(file) == (
        StoryStep(Text("Begin", "开始"), Text("The first step.", "The first step."), ""),
        StoryStep(Text("", ""), Text("The second step.", "第二步。"), "view=two-mode"),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("text: alone", "a story is a list of steps"),
        ("- title: no text", "step 1 needs text"),
        ("- text: a\n  veiw: b", "step 1 needs text"),
        ("- text: 3", "the text of step 1 is neither"),
        ("- text: {en: a, de: b}", "the text of step 1 is neither"),
        ("- text: a\n  view: 3", "the view of step 1 is not an address"),
        ("- text: [", "cannot be read"),
    ],
)
def test_story_of_another_form_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "story.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        story.read(file)


@pytest.mark.browser
def test_legend_and_bars_count_what_is_visible(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small(dated=True)), "#tie=firm&tie=firm").page
    assert tab.locator("#legend li").all_inner_texts() == ["university\n1 / 2", "firm\n2", "government department\n1"]
    heights = "[...document.querySelectorAll('#bars .on, #bars .off')].map((bar) => Number(bar.getAttribute('height')))"
    bars = tab.evaluate(heights)
    half = len(bars) // 2
    assert 0 < sum(bars[half:]) < sum(bars[:half])
