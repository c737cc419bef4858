"""`kg report`: files, options and errors; tests/report covers the content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.markup import elements, strings
from helpers.stores import Done, error_of, kg
from lxml import html

import kg as helix
from kg import files
from kg.report import contents

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_page_is_written_and_its_size_printed(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    words = ("report", "-o", path, "--annex", "--measure", "degree")
    done = kg(*words, store=small)
    assert (done.status, done.out) == (0, "")
    assert done.err == f"{path}: {files.size_text(path)}\n"
    first = path.read_bytes()
    assert kg(*words, "--quiet", store=small) == Done(0, "", "")
    assert path.read_bytes() == first
    document = html.document_fromstring(first.decode())
    assert strings(document, "//section[@id='ranking']//tbody/tr/th//text()")[0] == "Anvil Works"
    assert "https://gazette.example/2025/1" in strings(document, "//@href")


def test_options_reach_the_report(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    words = ("--sector", "university", "--measure", "degree", "--limit", "1", "--lang", "zh", "--layer", "cooperates")
    assert kg("report", "-o", path, *words, store=small).status == 0
    document = html.document_fromstring(path.read_text(encoding="utf-8"))
    assert strings(document, "//section[@id='ranking']//tbody/tr/th//text()") == ["北方大学"]
    assert any("关系层：合作" in note for note in strings(document, "//section[@id='method']//li/text()"))


def test_changes_since_a_day_are_those_of_kg_diff(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    words = ("--changes-since", "2025-01-01", "--issued", "2025-12-31", "--measure", "degree")
    assert kg("report", "-o", path, *words, store=small).status == 0
    document = html.document_fromstring(path.read_text(encoding="utf-8"))
    (section,) = elements(document, "//section[@id='changes']")
    summary = kg("diff", "2025-01-01", "2025-12-31", "--measure", "degree", "--sector", "firm", store=small).err.strip()
    assert section.xpath("string(p)") == summary
    assert "links begun: 1" in summary
    assert strings(section, ".//tbody/tr/th//text()") == ["The pact of the forge"]


def test_changes_of_a_brief_about_an_actor_are_its_own(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    for about, listed in (("anvil", ["The pact of the forge"]), ("crucible", [])):
        words = ("--changes-since", "2025-01-01", "--issued", "2025-12-31", "--measure", "degree", "--about", about)
        assert kg("report", "-o", path, *words, store=small).status == 0
        document = html.document_fromstring(path.read_text(encoding="utf-8"))
        assert strings(document, "//section[@id='changes']//tbody/tr/th//text()") == listed


def test_an_empty_network_gives_a_report_with_a_note(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    done = kg("report", "-o", path, "--layer", "guides", store=small)
    assert done.status == 0
    assert done.err.endswith("The report is empty: no link with a named party passes this lens.\n")
    assert "No link passes this lens" in path.read_text(encoding="utf-8")


def test_the_report_on_the_shipped_files_is_below_two_megabytes(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    quick = ("--measure", "degree", "--sector", "institute")  # without samples of betweenness, and with as many rows
    assert kg("report", "-o", path, "--annex", *quick, store=built).status == 0
    assert path.stat().st_size < 2e6
    document = html.document_fromstring(path.read_text(encoding="utf-8"))
    places = set(strings(document, "//@id"))
    assert {href[1:] for href in strings(document, "//@href") if href.startswith("#")} <= places
    cards = elements(document, "//section[@id='links']/article")
    assert all(elements(card, ".//ul[@class='evidence']/li/a") for card in cards)
    with helix.open(built) as graph:
        assert len(cards) == graph.network().data.totals().links  # a divided link is one card


def test_unknown_suffixes_and_large_networks_are_refused(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = error_of(kg("report", "-o", tmp_path / "report.odt", store=small), status=2)
    assert message == "kg: report.odt: a report is written as one of: .html, .htm, .pdf, .docx"
    monkeypatch.setattr(contents, "MAX_LINKS", 1)
    message = error_of(kg("report", "-o", tmp_path / "report.html", store=small), status=2)
    assert message.startswith("kg: a report lists at most 1 links with 7500 parties, and the lens selects ")
    done = kg("report", "-o", tmp_path / "r.html", "--sector", "x", store=small)
    assert "there is no sector" in error_of(done, status=2)
    assert list(tmp_path.iterdir()) == []
