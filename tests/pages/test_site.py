"""The site of the curated links: every node has a page, and every hyperlink leads somewhere."""

from __future__ import annotations

import gzip
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from helpers.markup import elements, plain_text, strings
from helpers.searches import EXPECTED
from lxml import etree, html

from kg.map.messages import UI
from kg.pages.address import path
from kg.pages.render import POLICY, SCRIPT_POLICY
from kg.store.local import LocalStore
from kg.terms import COLLECTION, ID, expand

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

NODES = """SELECT DISTINCT ?node { GRAPH ?g { ?node a ?class } ?g a hx:Evidence
  FILTER(?class IN (hx:Actor, hx:Link, hx:PolicyPlan, hx:Place, hx:Event)) }"""
SOURCES = "SELECT DISTINCT ?node { { ?node a hx:Source } UNION { ?node a dcat:Dataset ; hx:inDefaultLens ?any } }"


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[Path, html.HtmlElement]:
    return {file: html.parse(str(file)).getroot() for file in sorted(site.rglob("*.html"))}


def page(site: Path, iri: str, lang: str = "en") -> html.HtmlElement:
    return html.parse(str(site / lang / f"{path(iri)}.html")).getroot()


def test_every_node_has_a_page_in_both_languages(built: Path, site: Path) -> None:
    with LocalStore(built).view() as view:
        nodes = {row["node"].value for query in (NODES, SOURCES) for row in view.select(query)}
    assert len(nodes) > 1000
    assert [iri for iri in nodes for lang in ("en", "zh") if not (site / lang / f"{path(iri)}.html").is_file()] == []


def test_every_hyperlink_leads_to_a_file_and_an_anchor(site: Path, documents: dict[Path, html.HtmlElement]) -> None:
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    pages = {file.relative_to(site).as_posix(): document for file, document in documents.items()}
    anchors = {name: set(strings(document, "//@id")) for name, document in pages.items()}
    broken = []
    for name, document in pages.items():
        for target in set(strings(document, "//@href | //@src | //@action")):
            if target.startswith(("https://", "http://")):
                continue
            address, _, anchor = target.partition("#")
            to = normpath(join(dirname(name), unquote(address))) if address else name
            if to not in files or (anchor and anchor not in anchors[to]):
                broken.append((name, target))
    assert broken == []


def test_pages_contain_nothing_active(documents: dict[Path, html.HtmlElement]) -> None:
    for file, document in documents.items():
        assert not document.xpath("//iframe | //object | //embed | //img | //style | //@style | //base"), file
        assert not strings(document, "//@*[starts-with(name(), 'on')]"), file
        (policy,) = strings(document, "//meta[@http-equiv='Content-Security-Policy']/@content")
        is_search = file.name == "search.html"
        assert policy == (SCRIPT_POLICY if is_search else POLICY)
        kinds = set(strings(document, "//script/@type | //script/@src"))
        assert is_search or kinds <= {"application/ld+json"}


def test_an_actor_page_states_what_is_known_and_what_is_not(site: Path) -> None:
    document = page(site, f"{ID}xaut")
    facts = {
        plain_text(elements(row, "dt")[0]): [plain_text(one) for one in elements(row, "dd")]
        for row in elements(document, "//dl/div")
    }
    assert document.xpath("string(//h1)") == "Xi'an University of Technology"
    assert facts["Links"] == ["17"]
    assert "https://ror.org/038avdt50" in strings(document, "//dl//@href")
    rows = {
        plain_text(elements(row, "td[3]/a")[0]): row for row in elements(document, "//table[@class='links']//tbody/tr")
    }
    agreement = rows["Joint construction agreement: Xi'an University of Technology and 36 unnamed enterprises"]
    assert "36 not named" in plain_text(agreement)
    assert "2025-11-08signed" in plain_text(agreement)
    assert any("chinadaily" in href for href in strings(agreement, "td[4]//@href"))
    assert any("counted but not named" in plain_text(item) for item in elements(document, "//ul[@class='gaps']/li"))
    assert "若参与方" in page(site, f"{ID}xaut", "zh").text_content()


def test_a_link_page_leads_to_the_sentence(site: Path) -> None:
    document = page(site, f"{ID}link/xaut-36")
    assert "1 of 37 parties named" in document.text_content()
    (piece,) = [item for item in elements(document, "//ol[@class='cited']/li") if "China Daily" in plain_text(item)]
    assert "characters 1258 to 1419" in plain_text(piece)
    assert len(piece.xpath("string(.//code)")) == 64
    assert "//education.chinadaily.com.cn" in " ".join(strings(piece, ".//@href"))


def test_the_front_page_leads_with_the_unknown(site: Path) -> None:
    document = html.parse(str(site / "zh" / "index.html")).getroot()
    first = elements(document, "//ol[@class='findings']/li")[0]
    assert "%" in plain_text(first)
    assert strings(first, ".//small/a/@href")
    assert elements(document, "//table[@class='ranks']//tbody/tr")
    assert any(path(f"{COLLECTION}curated") in href for href in strings(document, "//@href"))


def test_the_ranks_of_all_actors_have_a_page(site: Path) -> None:
    front, ranks = (html.parse(str(site / "en" / name)).getroot() for name in ("index.html", "ranking.html"))
    assert [len(elements(one, "//table[@class='ranks']/tbody/tr")) for one in (front, ranks)] == [15, 285]
    assert "./ranking.html" in strings(front, "//@href")


def test_the_search_finds_whom_people_mean(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{(site / 'en' / 'search.html').as_uri()}?q=%E8%A5%BF%E4%BA%A4%E5%A4%A7")
    first = page.locator("#results a").first
    assert first.inner_text() == "Xi'an Jiaotong University"
    for query, actor, kind in EXPECTED:
        page.locator("input[name=q]").fill(query)
        assert first.get_attribute("href") == f"./{path(expand(actor))}.html", query
        reason = UI[f"match/{kind}"].localise("en") or ""
        assert page.locator("#results li").first.inner_text().endswith(reason), query
    page.close()


def test_files_for_programs_parse(site: Path) -> None:
    import json  # noqa: PLC0415 - only this test needs it

    import pyoxigraph as ox  # noqa: PLC0415

    described = json.loads(page(site, f"{ID}huawei", "zh").xpath("string(//script)"))
    assert (described["@type"], described["name"]) == ("Corporation", "华为技术有限公司")
    assert "https://www.wikidata.org/wiki/Q160120" in described["sameAs"]
    assert any("classPartition" in str(triple.predicate) for triple in ox.parse(path=str(site / "void.ttl")))
    feed = etree.parse(str(site / "en" / "changes.xml"))
    entries = feed.findall("{*}entry")
    links = feed.findall("{*}entry/{*}link")
    assert len(links) == len(entries) > 0
    assert all((site / "en" / link.attrib["href"]).is_file() for link in links)
    parts = etree.parse(str(site / "sitemap.xml")).getroot()
    (part,) = (loc.text or "" for loc in parts.findall("{*}sitemap/{*}loc"))
    text = gzip.decompress((site / part.removeprefix("https://example.org/")).read_bytes())
    listed = [loc.text or "" for loc in etree.fromstring(text).findall("{*}url/{*}loc")]
    assert len(listed) > 2000
    assert all((site / loc.removeprefix("https://example.org/")).is_file() for loc in listed)
    assert "Sitemap: https://example.org/sitemap.xml" in (site / "robots.txt").read_text()
