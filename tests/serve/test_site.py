"""The site of `kg serve`: pages, the search, questions and queries, for people with and without JavaScript."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from helpers.browser import violated
from helpers.serving import Line, serving
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.pages.render import SERVED_POLICY
from kg.serve.negotiation import prefers_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from helpers.serving import Reply, Served
    from playwright.sync_api import Browser, Page

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
ROWS = "SELECT ?firm ?name { ?firm a hx:Firm ; skos:prefLabel ?name }"
BAD = "SELECT ?firm {\n  ?firm a hx:Firm\n  FILTER(\n}"
HOSTILE = "<img src=x onerror=window.ran=1>\"'&amp;\u202e"


@pytest.fixture(scope="module")
def site(small: Path) -> Iterator[Served]:
    pytest.importorskip("uvicorn")
    with serving(small, "--workers", "1") as server:
        yield server


def page(site: Served, path: str) -> html.HtmlElement:
    reply = site.ask("GET", path, Accept=HTML)
    assert reply.status == 200, (path, reply.text)
    return html.fromstring(reply.text)


def targets(document: html.HtmlElement) -> set[str]:
    return {str(one) for one in (*document.xpath("//@href"), *document.xpath("//@src"), *document.xpath("//@action"))}


def test_every_page_that_a_page_leads_to_is_there(site: Served) -> None:
    """The crawl covers each kind of page, in both languages."""
    left = ["/en/index.html"]
    seen: set[str] = set()
    kinds: set[tuple[str, ...]] = set()
    while left:
        path = left.pop()
        document = page(site, path)
        assert document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [SERVED_POLICY]
        assert not [one for one in document.xpath("//script/@src | //link[@rel='stylesheet']/@href") if "//" in one]
        for target in targets(document):
            if "//" in target or target.startswith("#"):
                continue
            to = _joined(path, target.partition("#")[0].partition("?")[0])
            kind = (to[:4], *to.split("/")[2:-1])
            if to.endswith(".html") and to not in seen and (len(kind) == 1 or kind not in kinds or len(seen) < 40):
                seen.add(to)
                kinds.add(kind)
                left.append(to)
    assert {("/en/", "id"), ("/zh/", "id"), ("/en/", "id", "link"), ("/en/", "source"), ("/en/", "question")} <= kinds
    assert {"/en/query.html", "/en/search.html", "/zh/organisations.html"} <= seen


def _joined(path: str, target: str) -> str:
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_the_language_and_the_format_lead_to_the_page(site: Served) -> None:
    reply = site.ask("GET", "/", Accept_Language="zh-CN")
    assert (reply.status, reply.headers["location"]) == (303, "/zh/index.html")
    firm = json.loads(site.ask("GET", "/search?q=bellows").text)["hits"][0]
    reply = site.ask("GET", firm["id"].removeprefix("https://w3id.org/helix-kg"), Accept=HTML, Accept_Language="zh")
    assert reply.headers["location"].endswith(f"/zh/{firm['page']}.html")
    assert site.ask("GET", f"/zh/{firm['page']}.html").status == 200
    assert site.metric("kg_desks_prepared") == 2
    piece = next(
        iter(page(site, "/en/id/link/pact.html").xpath("//ol[@class='cited']//@href[contains(., 'evidence')]"))
    )
    assert page(site, _joined("/en/id/link/pact.html", piece)).xpath("//dl[@class='facts']//dd")
    for path, title in (
        ("/ontology", "Vocabulary"),
        ("/scheme/stage", "stages"),
        ("/scheme/kind/Donation", "donation"),
    ):
        reply = site.ask("GET", path, Accept=HTML)
        assert page(site, reply.headers["location"].removeprefix(site.url)).xpath("string(//h1)").strip() == title
    missing = site.ask("GET", "/zh/id/no-such-node.html", Accept=HTML)
    assert (missing.status, html.fromstring(missing.text).xpath("string(//h1)")) == (404, "没有该页面")
    assert site.ask("GET", "/en/id/no-such-node.html").headers["content-type"].startswith("text/plain")
    assert site.ask("POST", "/en/index.html").status == 405


def test_a_page_is_kept_and_answers_304(site: Served) -> None:
    first = site.ask("GET", "/en/sources.html", Accept=HTML)
    used = site.metric("kg_kept_answers_used_total")
    again = site.ask("GET", "/en/sources.html", Accept="*/*")
    assert (again.body, site.metric("kg_kept_answers_used_total")) == (first.body, used + 1)
    assert site.ask("GET", "/en/sources.html", If_None_Match=first.headers["etag"]).status == 304
    elsewhere = site.ask("GET", "/en/sources.html?from=%FF")
    assert (elsewhere.body, site.metric("kg_kept_answers_used_total")) == (first.body, used + 2)


def test_the_search_answers_people_and_programs(site: Served) -> None:
    found = json.loads(site.ask("GET", "/search?q=crucible&limit=1").text)
    assert (len(found["hits"]), found["query"]) == (1, "crucible")
    document = page(site, "/en/search.html?q=crucible")
    assert document.xpath("//ul[@id='results']/li//@href") == [f"./{found['hits'][0]['page']}.html"]
    assert "found" in document.get_element_by_id("status").text_content()
    titled = page(site, "/en/search.html?q=pact").xpath("//ul[@class='list'][not(@id)]//@href")
    assert "./id/link/pact.html" in titled
    assert site.ask("GET", "/search?q=crucible", Accept=HTML).headers["location"] == "/en/search.html?q=crucible"
    assert site.ask("GET", "/search?q=x&limit=999").status == 400


def test_a_question_is_a_form_and_its_answer_has_sources(site: Served) -> None:
    form = page(site, "/en/question/partners.html")
    assert form.xpath("//form[@class='asked']//input/@name") == ["of"]
    firm = json.loads(site.ask("GET", "/search?q=bellows").text)["hits"][0]
    document = page(site, f"/zh/question/partners.html?of={quote(firm['id'])}")
    assert document.xpath("//td[@class='origins']//a/@href")
    refused = site.ask("GET", "/en/question/partners.html?of=nobody-at-all", Accept=HTML)
    assert refused.status == 400
    assert "nobody-at-all" in html.fromstring(refused.text).xpath("string(//p[@role='alert'])")
    assert site.ask("GET", "/en/question/no-such.html").status == 404


def test_a_query_has_rows_files_and_the_place_of_an_error(site: Served) -> None:
    document = page(site, f"/en/query.html?query={quote(ROWS)}")
    assert document.xpath("//tbody/tr")
    assert not document.xpath("//td[@class='origins'][not(.//a)]")
    counted = page(site, f"/en/query.html?query={quote('SELECT (COUNT(*) AS ?n) { ?s a hx:Firm }')}")
    assert not counted.xpath("//td[@class='origins']//a")  # no source states a number that is counted here
    (csv,) = (one for one in targets(document) if "format=text%2Fcsv" in one)
    reply = site.ask("GET", csv.removeprefix(".."), Accept=HTML)
    assert reply.headers["content-type"].startswith("text/csv")
    refused = site.ask("GET", f"/en/query.html?query={quote(BAD)}", Accept=HTML)
    area = html.fromstring(refused.text).get_element_by_id("query")
    assert (refused.status, area.get("data-line"), (area.text or "").strip("\n")) == (400, "3", BAD)
    assert (
        site.ask("GET", f"/sparql?query={quote(ROWS)}", Accept=HTML).headers["location"].startswith("/en/query.html?")
    )
    assert "?asks" not in page(site, "/en/query.html?example=links-by-year").get_element_by_id("query").text_content()


def test_a_browser_has_the_page_of_an_error_each_time(site: Served) -> None:
    heads = b"Host: localhost\r\nAccept: text/html,*/*;q=0.8\r\n\r\n"
    request = b"GET /sparql?format=text/csv&query=SELEC HTTP/1.1\r\n" + heads
    line = Line(site)
    replies = [line.ask(request) for _ in range(3)]
    line.close()
    assert [reply.split(b" ", 2)[1] for reply in replies] == [b"400"] * 3
    assert all(b'<p class="lead" role="alert">' in reply for reply in replies)


@pytest.mark.parametrize("path", ["search.html?q=", "query.html?query=", "question/partners.html?of="])
def test_hostile_parameters_are_text(site: Served, path: str) -> None:
    document = html.fromstring(site.ask("GET", f"/zh/{path}{quote(HOSTILE)}", Accept=HTML).text)
    assert not document.xpath("//img | //@onerror")
    assert "onerror" in "".join(document.xpath("//input/@value | //textarea/text()"))


def test_the_description_names_what_the_server_answers(site: Served) -> None:
    """Requests that follow the description have an answer that it names."""
    described = json.loads(site.ask("GET", "/openapi.json").text)
    text = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
        [ROWS, BAD, HOSTILE, "huawei", "en", "index"]
    )

    @given(st.sampled_from(sorted(described["paths"])), st.data())
    def asks(path: str, data: st.DataObject) -> None:
        operation = described["paths"][path]["get"]
        filled, query = path, []
        for one in operation["parameters"]:
            value = data.draw(st.sampled_from(one["schema"]["enum"]) if "enum" in one["schema"] else text)
            if one["in"] == "path":
                filled = filled.replace(f"{{{one['name']}}}", quote(value, safe=""))
            elif data.draw(st.booleans()):
                query.append(f"{one['name']}={quote(value, safe='')}")
        reply: Reply = site.ask("GET", f"{filled}?{'&'.join(query)}", Accept=data.draw(st.sampled_from(["*/*", HTML])))
        assert str(reply.status) in operation["responses"], (filled, query, reply.text[:200])
        assert "Traceback" not in reply.text[:2000]

    asks()


@pytest.fixture
def visit(site: Served, browser: Browser) -> Iterator[Page]:
    """A page in the browser whose errors, refused scripts and requests to elsewhere fail the test."""
    context = browser.new_context()
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda one: wrong.append(one.text) if one.type == "error" and "400" not in one.text else None)
    opened.on("pageerror", lambda one: wrong.append(str(one)))
    opened.on("request", lambda one: wrong.append(one.url) if not one.url.startswith(site.url) else None)
    yield opened
    context.close()
    assert wrong == []


def test_the_editor_completes_and_marks_an_error(site: Served, visit: Page) -> None:
    visit.goto(f"{site.url}/en/query.html?query={quote(BAD)}")
    assert visit.locator("#editor .cm-line:has(.cm-lintRange-error)").inner_text() == "  FILTER("
    visit.goto(f"{site.url}/en/query.html")
    editor = visit.locator("#editor .cm-content")
    editor.click()
    visit.keyboard.type("SELECT ?s { ?s a hx:Fir", delay=5)
    option = visit.locator("#editor .cm-tooltip-autocomplete li", has_text="hx:Firm").first
    option.click()
    assert "hx:Firm" in editor.inner_text()
    visit.keyboard.type(" } LIMIT 1")
    visit.keyboard.press("Control+Enter")
    visit.locator("td.origins").first.wait_for()
    assert "hx%3AFirm" in visit.url


def test_names_are_completed(site: Served, visit: Page) -> None:
    visit.goto(f"{site.url}/en/index.html")
    with visit.expect_response(re.compile("/search")):
        visit.locator("header input[name=q]").press_sequentially("bell")
    visit.locator("#names option").first.wait_for(
        state="attached"
    )  # a function would need eval, which the policy refuses


PAGES = (
    "index.html",
    f"query.html?query={quote(ROWS)}",
    "question/partners.html",
    "search.html?q=xi",
    "organisations.html",
)


@pytest.mark.parametrize(("lang", "widths"), [("en", (390, 1440)), ("zh", (768,))])
def test_pages_fit_and_have_no_barriers(site: Served, visit: Page, lang: str, widths: tuple[int, ...]) -> None:
    """Axe checks each page once, in either language, because no rule depends on it, and some at each width."""
    for number, path in enumerate(PAGES):
        visit.goto(f"{site.url}/{lang}/{path}")
        for width in widths:
            visit.set_viewport_size({"width": width, "height": 900})
            assert visit.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            if number % 2 == (lang == "zh") and width == widths[number // 2 % len(widths)]:
                found = [(one["id"], one["nodes"][0]["html"][:200]) for one in violated(visit)]
                assert found == [], path


def test_without_a_script_a_query_and_a_search_have_answers(site: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{site.url}/en/query.html")
    opened.locator("#query").fill(ROWS)
    opened.locator("#query-form button").click()
    assert opened.locator("tbody tr").count() > 0
    opened.locator("header input[name=q]").fill("bellows")
    opened.locator("header form button").click()
    opened.locator("#results a").first.click()
    assert "Bellows" in opened.locator("h1").inner_text()
    context.close()


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html", True),
        ("*/*", False),
        ("", False),
        ("text/turtle, text/html;q=0.5", False),
        ("text/html;q=0", False),
    ],
)
def test_only_a_client_that_names_html_gets_a_page(accept: str, *, expected: bool) -> None:
    assert prefers_pages(accept) == expected
