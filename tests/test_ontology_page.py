from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import ontology_page
import pytest
from helpers.browser import Visit, pages
from helpers.markup import elements, strings
from lxml import html
from rdflib import OWL, RDF, SH, SKOS, Graph, Literal, Namespace

from kg.rdf import files as graph_files
from kg.rdf import resources
from kg.terms import PREFIXES, SCHEME

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Browser

HX = Namespace(PREFIXES["hx"])
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("docs") / "out/ontology.html"
    ontology_page.main(target)
    return target


@pytest.fixture(scope="module")
def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> HtmlElement:
    return html.fromstring(text)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for one in graph_files.ontology_files():
        graph.parse(one)
    return graph


def texts_in(element: HtmlElement, language: str) -> list[str]:
    return [str(one.text_content()).strip() for one in elements(element, f".//*[@lang='{language}']")]


def test_every_term_has_an_anchor_and_bilingual_names(page: HtmlElement, ontology: Graph) -> None:
    ours = {str(one).removeprefix(HX) for one in ontology.subjects(RDF.type) if str(one).startswith(str(HX))}
    entries = {entry.get("id"): entry for entry in page.findall(".//dt")}
    assert set(entries) == ours
    assert [name for name, entry in entries.items() if not all(texts_in(entry, lang)[0] for lang in ("en", "zh"))] == []


def test_every_concept_has_an_anchor_and_names_in_the_table_of_its_scheme(page: HtmlElement, ontology: Graph) -> None:
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        scheme, _, notation = str(concept).removeprefix(SCHEME).partition("/")
        (row,) = elements(page, f"//tr[@id='{scheme}-{notation}']")
        assert strings(row, "ancestor::table/preceding-sibling::h3[1]/@id") == [f"scheme-{scheme}"]
        names = {str(name) for name in ontology.objects(concept, SKOS.prefLabel)}
        assert names <= {*texts_in(row, "en"), *texts_in(row, "zh")}


def test_page_contains_all_definitions_notes_and_examples(text: str, page: HtmlElement, ontology: Graph) -> None:
    visible = {str(one.text_content()).strip().removeprefix("Example ").removeprefix("示例 ") for one in page.iter("p")}
    for predicate in (SKOS.definition, SKOS.scopeNote, SKOS.example):
        assert {str(one) for one in ontology.objects(None, predicate)} <= visible
    for relation in (HX.closeTerm, HX.broaderTerm, HX.narrowerTerm, HX.relatedTerm):
        for target in ontology.objects(None, relation):
            assert f'href="{target}"' in text


def test_page_contains_all_messages_of_shapes(page: HtmlElement) -> None:
    shapes = Graph()
    for one in graph_files.shape_files():
        shapes.parse(one)
    (section,) = elements(page, "//section[@id='section-shapes']")
    visible = {*texts_in(section, "en"), *texts_in(section, "zh")}
    assert {str(one) for one in shapes.objects(None, SH.message) if isinstance(one, Literal)} <= visible
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        assert elements(page, f"//*[@id='shape-{str(shape).rpartition('/')[2]}']")


def test_page_contains_all_rules(page: HtmlElement) -> None:
    rules = sorted(f"rule-{one.stem}" for one in resources.ontology().glob("rules/*.rq"))
    assert strings(page, "//section[@id='section-rules']//tr/@id") == rules


def test_internal_hyperlinks_have_targets_and_anchors_are_unique(page: HtmlElement) -> None:
    anchors = [str(one) for one in strings(page, "//@id")]
    assert sorted({one for one in anchors if anchors.count(one) > 1}) == []
    targets = {str(one) for one in strings(page, "//a/@href") if str(one).startswith("#")}
    assert sorted(one for one in targets if one.removeprefix("#") not in anchors) == []
    assert "#CoConstruction" in targets


def test_page_makes_no_requests(text: str, page: HtmlElement) -> None:
    assert not re.search(r"\bsrc=|<script|<link|@import|url\((?!#)|\bon\w+=", text)
    assert all(one.get("href", "").startswith("#") or one.get("rel") == "noreferrer" for one in page.iter("a"))
    style = page.findtext(".//style") or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = strings(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_diagram_contains_the_top_classes_with_their_properties(page: HtmlElement, ontology: Graph) -> None:
    (svg,) = page.iter("svg")
    names = {str(one).removeprefix("#") for one in strings(svg, ".//a/@href")}
    assert {"Actor", "Link", "Participation", "PartyGroup", "Evidence", "Source", "Claim", "PolicyPlan"} <= names
    for name in ("participant", "participation", "source", "about", "namedMember", "claimAbout"):
        assert name in names
    titles = {str(one.text) for one in elements(svg, ".//path/title")}
    assert {
        "Participation participant Actor",
        "PartyGroup is a kind of CountedGroup",
        "Evidence source Source",
    } <= titles
    classes = {str(one).removeprefix(HX) for one in ontology.subjects(RDF.type, OWL.Class)}
    assert {str(one.text) for one in elements(svg, ".//text[@class='name']")} <= classes


def test_boxes_of_the_diagram_do_not_overlap(page: HtmlElement) -> None:
    boxes = [
        [float(rect.get(side, "")) for side in ("x", "y", "width", "height")]
        for rect in elements(page, "//*[local-name()='rect'][@class='frame']")
    ]
    assert boxes
    for number, (x, y, width, height) in enumerate(boxes):
        for x2, y2, width2, height2 in boxes[number + 1 :]:
            assert x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y


def test_page_is_deterministic(file: Path, root: Path) -> None:
    """This process has a random order of sets, and the other one that of a seed."""
    again = file.with_name("again.html")
    command = [sys.executable, str(root / "docs/ontology_page.py"), str(again)]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": "7", "PATH": ""})
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.browser
def test_browser_displays_the_page_without_requests_or_errors(file: Path, browser: Browser) -> None:
    for width in (390, 1280):
        tab = pages(browser).take({"width": width, "height": 900})
        opened = Visit(tab, file.as_uri())
        opened.open("#CoConstruction")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.locator("dt#CoConstruction").is_visible()
        tab.click("label[for=language-zh]")
        assert not tab.locator("dt#CoConstruction [lang=en]").first.is_visible()
        assert tab.locator("dt#CoConstruction [lang=zh]").first.is_visible()
        opened.leave()
        tab.goto("about:blank")  # another width of this long page takes seconds
        pages(browser).put_back(tab)
