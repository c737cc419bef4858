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


def test_nothing_runs_in_a_browser(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    for file in (site / "en" / "organisations.html", site / "en" / "search.html", *(site / "zh" / "id").glob("*.html")):
        page.goto(file.as_uri())
        assert page.evaluate("window.ran") is None
    page.close()
