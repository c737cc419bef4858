"""The review page: closed to the outside, inert data, and decisions by keys, in both languages."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from helpers import readings
from helpers.browser import serious
from helpers.markup import elements, strings
from lxml import html

from kg.read.decisions import read_decisions
from kg.review.content import PageOptions, content
from kg.review.page import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from kg.read.model import Reading

HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>"


def page_of(one: Reading) -> str:
    return render(content([one], {}, [], PageOptions("lake", "en", "Zhang San", "2024-06-01")))


def hostile() -> Reading:
    one = readings.reading(f"{readings.TEXT} {HOSTILE} 𝒳 汉字。")
    return replace(one, document=replace(one.document, title=HOSTILE, publisher=HOSTILE))


def test_only_the_script_and_the_style_of_the_page_may_run() -> None:
    text = page_of(hostile())
    (policy,) = strings(html.document_fromstring(text), "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    for tag in ("script", "style"):
        for inlined in re.findall(rf"<{tag}>(.*?)</{tag}>", text, flags=re.DOTALL):
            assert f"'sha256-{b64encode(sha256(inlined.encode()).digest()).decode()}'" in policy
    assert len(elements(html.document_fromstring(text), "//script")) == 2
    assert not elements(html.document_fromstring(text), "//img | //link | //iframe | //*[@src]")


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "lake.review.html").write_text(page_of(hostile()), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"file://{tmp_path}/lake.review.html")
    yield page
    page.close()


@pytest.mark.browser
def test_keys_decide_and_the_file_of_decisions_is_read_by_kg(opened: Page, tmp_path: Path) -> None:
    """The wish of the bank is open; all other proposals are shown as accepted."""
    assert "Hill Bank" in opened.inner_text(".card.current")
    assert opened.inner_text("mark") == "It hopes to sign an agreement with "  # the name has a mark of its own
    opened.keyboard.press("r")
    opened.keyboard.press("k")
    opened.click(".card:nth-child(3) .changed")
    opened.select_option("#changeHead", "River Motors Co., Ltd.")
    opened.click(".change button")
    with opened.expect_download() as saved:
        opened.keyboard.press("s")
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    (decided,) = read_decisions(path)
    verdicts = {one.proposal: one for one in decided.decisions}
    ids = [one.id for one in hostile().proposals]
    assert path.name == "lake.decisions.json"
    assert verdicts[ids[11]].verdict == "refused"
    change = verdicts[ids[2]].change
    assert change is not None
    assert change.head == "River Motors Co., Ltd."
    assert {one.verdict for number, one in enumerate(map(verdicts.get, ids)) if one and number not in {2, 11}} == {
        "accepted"
    }
    assert (decided.reviewer, decided.day, decided.steps > 3) == ("Zhang San", "2024-06-01", True)


@pytest.mark.browser
def test_hostile_text_is_text_and_nothing_is_requested(opened: Page) -> None:
    requests: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.click("button[value=zh]")
    assert opened.inner_text("#proposalsTitle") == "待审陈述"
    assert HOSTILE in opened.inner_text("#text")
    assert opened.evaluate("window.hit") is None
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    assert requests == []


def test_the_page_begins_with_earlier_decisions() -> None:
    one = readings.reading()
    before = readings.accepted(one, p1=None, p2="refused")
    data = content([one], {}, [before], PageOptions("lake", "zh", "Li", "2024-06-01"))
    decisions = data["documents"][0]["decisions"]
    assert one.proposals[0].id not in decisions
    assert decisions[one.proposals[1].id] == {"verdict": "refused"}


def test_a_proposal_that_cannot_be_written_says_why_before_it_is_accepted() -> None:
    one = readings.reading()
    proposals = content([one], {}, [], PageOptions("lake", "en", "Li", "2024-06-01"))["documents"][0]["proposals"]
    assert [row["reason"] and row["reason"][0] for row in proposals if row["reason"]] == [
        "the text does not assert it (hoped)"
    ]
    assert json.dumps(proposals)  # plain values only


@pytest.mark.browser
def test_a_missed_statement_is_added_by_keys_alone_and_read_by_kg(opened: Page, tmp_path: Path) -> None:
    opened.keyboard.press("i")
    opened.keyboard.type("Hill Bank")
    opened.select_option("#addHeadType", "Firm")
    opened.select_option("#addSentence", "4")
    opened.select_option("#addRelation", "signed")
    opened.fill("#addTrigger", "also signed")
    opened.fill("#addTail", "Lake University")
    opened.press("#addTail", "Enter")
    assert "contains neither the name" in opened.inner_text("#addStatus")  # the bank stands in another sentence
    opened.fill("#addHead", "30 enterprises")
    opened.press("#addHead", "Enter")
    with opened.expect_download() as saved:
        opened.locator("#addHead").blur()
        opened.keyboard.press("s")
    saved.value.save_as(tmp_path / "lake.decisions.json")
    ((added,),) = (one.added for one in read_decisions(tmp_path / "lake.decisions.json"))
    assert (added.relation, added.head, added.tail, added.trigger) == (
        *("signed", "30 enterprises", "Lake University"),
        "also signed",
    )
    assert hostile().document.text[added.start : added.end].startswith("Lake University also signed")


@pytest.mark.browser
def test_selected_words_fill_the_field_and_choose_the_sentence(opened: Page) -> None:
    opened.keyboard.press("i")
    opened.focus("#addTrigger")
    opened.evaluate(
        """() => {
          const words = [...document.querySelectorAll("#text .name, #text mark")].find((one) =>
            one.textContent.includes("Hill Bank"));
          document.getSelection().selectAllChildren(words);
        }"""
    )
    opened.wait_for_function("document.getElementById('addTrigger').value === 'Hill Bank'")
    assert opened.input_value("#addSentence") == "5"


@pytest.mark.browser
def test_axe_reports_no_serious_violation_in_either_language(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "lake.review.html").write_text(page_of(hostile()), encoding="utf-8")
    page = browser.new_page(bypass_csp=True)
    page.goto(f"file://{tmp_path}/lake.review.html")
    page.keyboard.press("i")
    found = []
    for lang in ("zh", "en"):
        page.click(f"#languages [value={lang}]")
        found += serious(page)
    page.close()
    assert found == []
