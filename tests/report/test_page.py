"""The page: whole, without a script, closed to the outside, and each number leads to its links and their evidence."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from axe_playwright_python.sync_playwright import Axe
from helpers.browser import Visit
from helpers.networks import ID
from helpers.reports import bad, calm
from helpers.scenes import HOSTILE
from lxml import html

from kg.report import page
from kg.report.references import Case
from kg.terms import shorten

TEXT = page.render(calm())
BAD = page.render(bad())


@pytest.mark.parametrize("text", [TEXT, BAD], ids=["calm", "hostile"])
def test_nothing_may_run_or_be_asked(text: str) -> None:
    document = html.document_fromstring(text)
    assert (
        document.xpath("//script | //link | //base | //iframe | //object | //embed | //form | //img | //@style") == []
    )
    assert document.xpath("//@src | //@*[starts-with(name(), 'on')]") == []
    (style,) = document.xpath("//style/text()")
    (policy,) = document.xpath("//meta[@http-equiv]/@content")
    own = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{own}'; base-uri 'none'; form-action 'none'"
    assert {href.partition(":")[0] for href in document.xpath("//@href") if not href.startswith("#")} <= {"https"}


@pytest.mark.parametrize("text", [TEXT, BAD], ids=["calm", "hostile"])
def test_every_link_within_the_page_leads_somewhere(text: str) -> None:
    document = html.document_fromstring(text)
    places = document.xpath("//@id")
    assert len(places) == len(set(places))
    assert {href[1:] for href in document.xpath("//@href") if href.startswith("#")} <= set(places)


def test_a_ranked_actor_leads_to_its_links_and_these_to_all_evidence() -> None:
    document = html.document_fromstring(TEXT)
    (ranked,) = document.xpath("//section[@id='ranking']//a[text()=\"Xi'an University of Technology\"]/@href")
    (article,) = document.xpath(f"//article[@id='{ranked[1:]}']")
    told = [" ".join(item.text_content().split()) for item in article.xpath(".//ol/li")]
    assert len(told) == 3
    assert "The link college" in told[0]
    assert "2020-03-01" in told[0]
    assert "with Huawei Technologies Co., Ltd." in told[0]
    assert "Publisher of college, 2025-11-11" in told[0]
    assert any("36 not named" in one for one in told)
    (link,) = article.xpath(".//li[1]/a[1]/@href")
    (card,) = document.xpath(f"//article[@id='{link[1:]}']")
    assert card.xpath(".//a[starts-with(@href, 'https:')]/@href") == ["https://example.org/college?a=1&b=2"]
    said = " ".join(card.text_content().split())
    assert "2 of 2 parties named" in said
    assert "It says that there is college." in said
    assert "characters 120–180" in said


def test_an_indicator_leads_to_the_links_that_it_counts() -> None:
    book = calm()
    shares = {str(row[1]): row[2] for row in book.content.helix.rows if row[0] == "share" and isinstance(row[2], float)}
    total = len(book.cases[Case("any", ("university", "firm", "government"))])
    assert total == 5
    for of, value in shares.items():
        assert len(book.cases[book.case("share", of)]) == pytest.approx(value * total)
    assert book.case("intensity", "firm in links of university") == Case("with", ("university",))
    assert book.case("share-of-ties", "firm-firm") == Case("with", ("firm",))
    assert book.case("named-coverage", "parties") == Case("all")
    document = html.document_fromstring(TEXT)
    (over,) = document.xpath("//tr[td='share'][td='university+firm']//a")
    assert over.get("href") == "#only-university-firm"
    numbers = document.xpath("//h3[@id='only-university-firm']/following-sibling::p[1]/a/text()")
    assert [book.links[f"{ID}link/college"]] == [int(one) for one in numbers]


def test_many_pieces_of_one_source_are_told_once_and_the_rest_counted() -> None:
    book = calm()
    first = book.cards[0]
    pieces = tuple(replace(first.evidence[0], iri=f"{ID}e/{i}", note="Each says the same.") for i in range(30))
    more = replace(book, cards=(replace(first, evidence=pieces), *book.cards[1:]))
    document = html.document_fromstring(page.render(more))
    (card,) = document.xpath("//article[@id='l1']")
    said = " ".join(card.text_content().split())
    assert said.count("Each says the same.") == 1
    assert len(card.xpath(".//ul[@class='pieces']/li")) == page.PIECES + 1
    assert f"18 more pieces of evidence from this source: kg show {shorten(first.iri)}" in said


def test_a_page_of_many_links_is_brief_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "BRIEF", 5)
    document = html.document_fromstring(page.render(calm()))
    links = " ".join(document.xpath("//section[@id='links']")[0].text_content().split())
    assert "which this tells one by one: kg show LINK" in links
    assert "Publisher of college, 2025-11-11" in links
    assert "It says that there is college." not in links
    (article,) = document.xpath("//article[h3[contains(., 'BAOTi Group')]]")
    assert {href[1:] for href in article.xpath(".//p[@class='numbers']/a/@href")} <= set(document.xpath("//@id"))


def test_a_day_without_a_year_is_told_as_one() -> None:
    teller = page.HtmlWriter(calm())
    card = replace(calm().cards[0], start=None, latest=None)
    assert teller.day(replace(card, stated_as="--12-19")) == "12-19, year not stated"
    assert teller.day(replace(card, stated_as="8 November")) == "8 November"
    assert teller.day(replace(card, stated_as=None)) == "date not stated"


def test_what_is_missing_is_told() -> None:
    document = html.document_fromstring(TEXT)
    missing = " ".join(document.xpath("//section[@id='missing']")[0].text_content().split())
    assert "These links have parties that are counted and not named: 2 of 5." in missing
    assert "The link alliance 4 of at least 75 parties named" in missing
    assert "links x4310.75" in missing


def test_hostile_text_is_text() -> None:
    document = html.document_fromstring(BAD)
    assert document.findtext(".//title") == document.findtext(".//h1") == HOSTILE[0]
    heads = [one.text_content() for one in document.xpath("//section[@id='ranking']//th[@scope='row']")]
    assert heads == [word.replace("\u2028", "\ufffd") for word in HOSTILE]


def test_the_same_book_gives_the_same_bytes_in_each_language() -> None:
    assert page.render(calm()) == TEXT
    document = html.document_fromstring(page.render(calm("zh")))
    assert document.get("lang") == "zh-Hans"
    assert document.findtext(".//h1") == "产业、教育与科技：谁与谁合作"
    assert "西安理工大学" in {one.text_content() for one in document.xpath("//section[@id='ranking']//a")}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2020, 3, 1), date(2020, 3, 1), "2020-03-01"),
        (date(2020, 1, 1), date(2020, 12, 31), "2020"),
        (date(2020, 2, 1), date(2020, 2, 29), "2020-02"),
        (date(2020, 12, 1), date(2020, 12, 31), "2020-12"),
        (date(2020, 2, 1), date(2020, 2, 28), "2020-02-01–2020-02-28"),
        (date(2020, 2, 1), date(2021, 2, 28), "2020-02-01–2021-02-28"),
        (date(2020, 2, 1), None, "2020-02-01–"),
        (date(9999, 12, 1), date(9999, 12, 31), "9999-12-01–9999-12-31"),
    ],
)
def test_span(first: date, last: date | None, said: str) -> None:
    assert page.span(first, last) == said


@pytest.mark.browser
def test_hostile_text_runs_nothing_in_a_browser(visit: Callable[..., Visit]) -> None:
    found = visit(BAD).page
    found.locator("#ranking a").first.click()
    assert found.evaluate("location.hash").startswith("#a")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "lang", "theme"), [(390, "zh", "dark"), (1280, "en", "light")])
def test_axe_finds_no_serious_fault(visit: Callable[..., Visit], width: int, lang: str, theme: str) -> None:
    settings = {"viewport": {"width": width, "height": 844}, "color_scheme": theme, "bypass_csp": True}
    found = visit(page.render(calm(lang)), **settings).page
    bad = [one for one in Axe().run(found).response["violations"] if one["impact"] in {"serious", "critical"}]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in bad] == []
    assert found.evaluate("document.documentElement.scrollWidth") <= width
