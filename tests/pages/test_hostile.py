"""Hostile texts in every name, description and address of a store: pages display them and run nothing."""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.markup import elements, strings
from helpers.scenes import HOSTILE
from helpers.stores import SMALL, kg, make
from lxml import html

from kg.model import Table
from kg.network import Lens
from kg.pages import asked, evidence
from kg.pages.address import from_file
from kg.pages.content import About, Content
from kg.pages.render import render
from kg.search import find
from kg.store.local import LocalStore
from kg.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

SAFE = re.compile(r"https?://[^\s<>\"]+$|#(?:s\d+|main)$|\.\.?/[a-z0-9_.+/-]+$")
TEXTS = {"prefLabel", "altLabel", "description", "title", "publisher", "address", "statedAs", "publishedAs"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    words = cycle(HOSTILE)

    def spoilt(quad: ox.Quad) -> ox.Quad:
        name = quad.predicate.value.rpartition("/")[2].rpartition("#")[2]
        if name not in TEXTS or not isinstance(quad.object, ox.Literal):
            return quad
        value = f"{quad.object.value} {next(words)}"
        literal = ox.Literal(value, language=quad.object.language) if quad.object.language else ox.Literal(value)
        return ox.Quad(quad.subject, quad.predicate, literal, quad.graph_name)

    quads = ox.parse(path=str(SMALL), format=ox.RdfFormat.TRIG)
    (folder / "hostile.nq").write_bytes(ox.serialize(map(spoilt, quads), format=ox.RdfFormat.N_QUADS) or b"")
    make(folder / "store", folder / "hostile.nq")
    done = kg("pages", "-o", folder / "site", store=folder / "store")
    assert done.status == 0, done.err
    return folder / "site"


def test_hostile_texts_are_text(site: Path) -> None:
    seen = ""
    for file in site.rglob("*.html"):
        document = html.parse(str(file)).getroot()
        assert not elements(document, "//img | //iframe | //svg[@onload] | //b[text()='bold'] | //body//style"), file
        assert not strings(document, "//@*[starts-with(name(), 'on')]"), file
        assert file.parent == site or all(map(SAFE.match, strings(document, "//@href"))), file
        seen += document.xpath("string(//main)")
    assert all(word.split("\u2028")[0] in seen for word in HOSTILE)


def test_hostile_texts_are_text_on_the_pages_of_a_server(site: Path) -> None:
    with LocalStore(site.parent / "store").view() as view:
        content = Content(view, Lens(), About(is_served=True))
        found = find(view, "a")
        names = Table(("actor", "name"), tuple((hit.actor, hit.name) for hit in found))
        word = Text(HOSTILE[0], HOSTILE[0])
        hits = [(hit.actor, hit.match.kind, hit.name, hit.links) for hit in found]
        pages = [
            *content.pages(),
            *(evidence.page(content.index, iri) for iri in content.evidence.values()),
            asked.search_page(content, HOSTILE[0], hits, more=True),
            asked.question_page(content, "partners", {"of": HOSTILE[0]}, names, word, "en"),
            asked.query_page(content, HOSTILE[0], names, word, (1, 1), "en"),
        ]
        for page in pages:
            for lang in ("en", "zh"):
                document = html.fromstring(render(page, lang, from_file(page.path), content.site))
                assert not document.xpath("//img | //iframe | //b[text()='bold'] | //body//style"), page.path
                assert not document.xpath("//@*[starts-with(name(), 'on')]"), page.path
                assert not document.xpath("//@href[starts-with(., 'javascript:')]"), page.path


def test_nothing_runs_in_a_browser(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    for file in (site / "en" / "organisations.html", site / "en" / "search.html", *(site / "zh" / "id").glob("*.html")):
        page.goto(file.as_uri())
        assert page.evaluate("window.ran") is None
    page.close()
