"""The page: self-contained, without scripts, with hyperlinks from each number to its links and their evidence."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from helpers.browser import Visit, serious
from helpers.markup import elements, plain_text, strings
from helpers.networks import ID
from helpers.reports import hostile_report, plain_report
from helpers.scenes import HOSTILE
from lxml import html

from kg.report import page, writer
from kg.report.references import LinkSubset, References
from kg.terms import shorten
from kg.texts import Text

TEXT = page.render(plain_report())
HOSTILE_TEXT = page.render(hostile_report())


@pytest.mark.parametrize("text", [TEXT, HOSTILE_TEXT], ids=["plain", "hostile"])
def test_page_has_no_active_content(text: str) -> None:
    document = html.document_fromstring(text)
    assert (
        document.xpath("//script | //link | //base | //iframe | //object | //embed | //form | //img | //@style") == []
    )
    assert strings(document, "//@src | //@*[starts-with(name(), 'on')]") == []
    (style,) = strings(document, "//style/text()")
    (policy,) = strings(document, "//meta[@http-equiv]/@content")
    own = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{own}'; base-uri 'none'; form-action 'none'"
    assert {href.partition(":")[0] for href in strings(document, "//@href") if not href.startswith("#")} <= {"https"}


@pytest.mark.parametrize("text", [TEXT, HOSTILE_TEXT], ids=["plain", "hostile"])
def test_every_internal_hyperlink_has_a_target(text: str) -> None:
    document = html.document_fromstring(text)
    anchors = strings(document, "//@id")
    assert len(anchors) == len(set(anchors))
    assert {href[1:] for href in strings(document, "//@href") if href.startswith("#")} <= set(anchors)


def test_ranked_actor_links_to_its_links_and_their_evidence() -> None:
    document = html.document_fromstring(TEXT)
    (ranked,) = strings(document, "//section[@id='ranking']//a[text()=\"Xi'an University of Technology\"]/@href")
    (article,) = elements(document, f"//article[@id='{ranked[1:]}']")
    items = [plain_text(item) for item in elements(article, ".//ol/li")]
    assert len(items) == 3
    assert "The link college" in items[0]
    assert "2020-03-01" in items[0]
    assert "with Huawei Technologies Co., Ltd." in items[0]
    assert "Publisher of college, 2025-11-11" in items[0]
    assert any("36 not named" in one for one in items)
    (link,) = strings(article, ".//li[1]/a[1]/@href")
    (card,) = elements(document, f"//article[@id='{link[1:]}']")
    assert strings(card, ".//a[starts-with(@href, 'https:')]/@href") == ["https://example.org/college?a=1&b=2"]
    text = plain_text(card)
    assert "2 of 2 parties named" in text
    assert "It says that there is college." in text
    assert "characters 120–180" in text


def test_indicator_links_to_the_links_that_it_counts() -> None:
    references = plain_report()
    shares = {
        str(row[1]): row[2] for row in references.content.helix.rows if row[0] == "share" and isinstance(row[2], float)
    }
    total = len(references.subsets[LinkSubset("any", ("university", "firm", "government"))])
    assert total == 5
    for group, value in shares.items():
        assert len(references.subsets[references.subset("share", group)]) == pytest.approx(value * total)
    assert references.subset("intensity", "firm in links of university") == LinkSubset("with", ("university",))
    assert references.subset("share-of-ties", "firm-firm") == LinkSubset("with", ("firm",))
    assert references.subset("named-coverage", "parties") == LinkSubset("all")
    document = html.document_fromstring(TEXT)
    (over,) = elements(document, "//tr[td='share'][td='university+firm']//a")
    assert over.get("href") == "#only-university-firm"
    numbers = strings(document, "//h3[@id='only-university-firm']/following-sibling::p[1]/a/text()")
    assert [references.links[f"{ID}link/college"]] == [int(one) for one in numbers]


def test_pieces_of_one_source_are_listed_up_to_a_limit() -> None:
    references = plain_report()
    first = references.cards[0]
    pieces = tuple(replace(first.evidence[0], iri=f"{ID}e/{i}", note=Text("Each says the same.")) for i in range(30))
    more = replace(references, cards=(replace(first, evidence=pieces), *references.cards[1:]))
    document = html.document_fromstring(page.render(more))
    (card,) = elements(document, "//article[@id='l1']")
    text = plain_text(card)
    assert text.count("Each says the same.") == 1
    assert len(elements(card, ".//ul[@class='pieces']/li")) == page.MAX_PIECES + 1
    assert f"18 more pieces of evidence from this source: kg show {shorten(first.iri)}" in text


def test_page_with_many_links_is_compact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "COMPACT", 5)
    document = html.document_fromstring(page.render(plain_report()))
    links = plain_text(elements(document, "//section[@id='links']")[0])
    assert "which this command prints: kg show LINK" in links
    assert "Publisher of college, 2025-11-11" in links
    assert "It says that there is college." not in links
    (article,) = elements(document, "//article[h3[contains(., 'BAOTi Group')]]")
    assert {href[1:] for href in strings(article, ".//p[@class='numbers']/a/@href")} <= set(strings(document, "//@id"))


def test_date_without_a_year_is_marked() -> None:
    words = writer.HtmlWriter(plain_report())
    card = replace(plain_report().cards[0], start=None, latest=None)
    assert words.day(replace(card, stated_as="--12-19")) == "12-19, year not stated"
    assert words.day(replace(card, stated_as="8 November")) == "8 November"
    assert words.day(replace(card, stated_as=None)) == "date not stated"


def test_gaps_are_listed() -> None:
    document = html.document_fromstring(TEXT)
    missing = plain_text(elements(document, "//section[@id='missing']")[0])
    assert "These links have parties that are counted but not named: 2 of 5." in missing
    assert "The link alliance 4 of at least 75 parties named" in missing
    assert "links x3 of 475%" in missing


def test_hostile_text_remains_text() -> None:
    document = html.document_fromstring(HOSTILE_TEXT)
    assert document.findtext(".//title") == document.findtext(".//h1") == HOSTILE[0]
    headings = [one.text_content() for one in elements(document, "//section[@id='ranking']//th[@scope='row']")]
    assert headings == [word.replace("\u2028", "\ufffd") for word in HOSTILE]


def test_page_is_deterministic_in_each_language() -> None:
    assert page.render(plain_report()) == TEXT
    document = html.document_fromstring(page.render(plain_report("zh")))
    assert document.get("lang") == "zh-Hans"
    assert document.findtext(".//h1") == "产业、教育与科技：谁与谁合作"
    assert "西安理工大学" in {one.text_content() for one in elements(document, "//section[@id='ranking']//a")}


@pytest.mark.browser
def test_hostile_text_is_not_executed_in_a_browser(visit: Callable[..., Visit]) -> None:
    opened = visit(HOSTILE_TEXT).page
    opened.locator("#ranking a").first.click()
    assert opened.evaluate("location.hash").startswith("#a")


def shortened(report: References) -> References:
    """Return the report with a fifth of its indicators, because the rows of a table have few forms."""
    helix, mixing = (replace(table, rows=table.rows[::5]) for table in (report.content.helix, report.content.mixing))
    return replace(report, content=replace(report.content, helix=helix, mixing=mixing))


@pytest.mark.browser
@pytest.mark.parametrize(("width", "lang", "theme"), [(390, "zh", "dark"), (1280, "en", "light")])
def test_axe_reports_no_serious_violation(visit: Callable[..., Visit], width: int, lang: str, theme: str) -> None:
    settings = {"viewport": {"width": width, "height": 844}, "color_scheme": theme, "bypass_csp": True}
    tab = visit(page.render(shortened(plain_report(lang))), **settings).page
    assert serious(tab) == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "lang"), [(390, "zh"), (1280, "en")])
def test_page_fits_the_width(visit: Callable[..., Visit], width: int, lang: str) -> None:
    tab = visit(page.render(plain_report(lang)), viewport={"width": width, "height": 844}).page
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
