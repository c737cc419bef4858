"""The brief: short tables, charts, layouts, imprint, and the files made from the page."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date

import pytest
from helpers.markup import elements, plain_text, strings
from helpers.reports import hostile_report, plain_report
from lxml import html

from kg.map.rendered import Page
from kg.query.imprint import Imprint
from kg.report import charts, document, page
from kg.report.brief import BriefWriter
from kg.report.overview import MAX_YEARS
from kg.report.writer import Layout

REFERENCES = plain_report()
BRIEF = page.render(REFERENCES, Layout(annex=False))


def text_of(document: html.HtmlElement, section: str) -> str:
    return plain_text(elements(document, f"//section[@id='{section}']")[0])


def test_the_brief_has_no_annex_and_no_link_into_it() -> None:
    parsed = html.document_fromstring(BRIEF)
    sections = strings(parsed, "//section/@id")
    assert sections == ["ranking", "picture", "sectors", "missing", "method"]
    assert set(strings(parsed, "//@href")) <= {f"#{one}" for one in (*sections, "top")}
    assert "kg report --annex" in text_of(parsed, "method")


def test_the_parts_lead_to_each_other_if_the_annex_is_a_file() -> None:
    brief = html.document_fromstring(page.render(REFERENCES, Layout(annex=False, other="annex.html")))
    annex = html.document_fromstring(page.render(REFERENCES, Layout(brief=False, other="brief.html")))
    inside = {href.partition("#")[2] for href in strings(brief, "//@href") if href.startswith("annex.html#")}
    assert inside
    assert inside <= set(strings(annex, "//@id"))
    assert "brief.html" in strings(annex, "//nav//@href")
    assert {href[1:] for href in strings(annex, "//@href") if href.startswith("#")} <= set(strings(annex, "//@id"))


def test_shares_of_ties_are_those_of_the_mixing_table() -> None:
    shares = {"-".join(one.sectors): one.share for one in REFERENCES.content.overview.sectors}
    table = [dict(zip(REFERENCES.content.mixing.columns, row, strict=True)) for row in REFERENCES.content.mixing.rows]
    stated = {row["group"]: row["value"] for row in table if row["indicator"] == "share-of-ties"}
    assert shares == {group: stated[group] for group in shares}
    assert sum(shares.values()) == pytest.approx(1)


def test_years_count_each_link_once() -> None:
    years = REFERENCES.content.overview.years
    total = sum(count for _, count in years.counts) + years.earlier + years.uncertain
    assert total == len(REFERENCES.cards)
    assert len(years.counts) <= MAX_YEARS


def test_places_count_each_organisation_once() -> None:
    places = REFERENCES.content.overview.places
    counted = sum(count for _, count in places.counts) + places.others + places.unknown
    assert counted == len(REFERENCES.content.scene.nodes)


def test_the_imprint_has_day_maker_licence_and_citation() -> None:
    parsed = html.document_fromstring(BRIEF)
    (imprint,) = elements(parsed, "//p[contains(@class, 'imprint')]")
    words = plain_text(imprint)
    assert words.startswith("Issued 2026-11-29 · Made by Li & <Sons> · Data: CC BY 4.0")
    assert "Cite as: Li & <Sons>. " in words
    assert "5 links from" in words


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (0.0004, "< 0.001"), (0.10594, "0.106"), (0.5, "0.5"), (12.0, "12"), (1234.5, "1234"), (None, "")],
)
def test_scores_have_three_decimals_and_no_exponent(value: float | None, shown: str) -> None:
    assert BriefWriter(REFERENCES).three(value) == shown


def test_charts_place_values_between_0_and_the_scale() -> None:
    (bar, mark) = html.fragment_fromstring(charts.bar(2.0, 4.0, mark=1.0))
    assert float(bar.get("width", "")) == charts.WIDTH / 2
    assert float(mark.get("x1", "")) == charts.WIDTH / 4
    (_, line, dot) = html.fragment_fromstring(charts.interval(1.0, (0.0, 2.0), 2.0))
    assert float(line.get("x1", "")) < float(dot.get("cx", "")) < float(line.get("x2", ""))
    assert charts.scale_of([None, 0.0]) == 1.0


def test_a_pdf_is_tagged_and_has_the_text_of_the_page() -> None:
    content = document.content(Page(BRIEF, ".html"), ".pdf")
    assert isinstance(content, bytes)
    assert content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    assert any(b"pdfuaid:part" in _inflated(stream) for stream in streams)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


@pytest.mark.parametrize("references", [REFERENCES, hostile_report()], ids=["plain", "hostile"])
def test_a_word_document_has_the_headings_tables_and_pictures_of_the_page(references: object) -> None:
    text = page.render(references, Layout(annex=False))  # type: ignore[arg-type]
    content = document.content(Page(text, ".html"), ".docx")
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = package.read("word/document.xml").decode()
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
    parsed = html.document_fromstring(text)
    assert body.count("<w:tbl>") == len(elements(parsed, "//table"))
    assert body.count('w:val="Heading1"') == len(elements(parsed, "//h2"))
    assert pictures


def test_colours_are_values_outside_browsers() -> None:
    picture = '<rect fill="var(--firm)" stroke="var(--ink)"/>'
    assert "var(" not in document.with_colours(picture)
    assert document.with_colours("<p>var(--ink)</p>") == "<p>var(--ink)</p>"


def test_the_imprint_of_a_page_without_a_maker_is_short() -> None:
    imprint = Imprint(date(2026, 1, 2), None)
    assert list(BriefWriter(REFERENCES).imprint(imprint)) == ["Issued 2026-01-02"]
