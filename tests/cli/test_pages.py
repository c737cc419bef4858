"""`kg pages`: files, options and errors; tests/pages covers the content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.stores import error_of, everything, kg

if TYPE_CHECKING:
    from pathlib import Path


def test_a_site_is_written_and_replaced_by_equal_files(small: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    words = ("pages", "-o", site, "--issued", "2026-01-31")
    done = kg(*words, store=small)
    assert (done.status, done.out) == (0, "")
    assert "pages in two languages" in done.err
    first = everything(site)
    assert {"index.html", "style.css", "en/index.html", "zh/index.html", "robots.txt"} <= first.keys()
    assert "sitemap.xml" not in first
    assert kg(*words, "--quiet", store=small).err == ""
    assert everything(site) == first
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_other_files_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = kg("pages", "-o", tmp_path, store=small)
    assert done.status == 1
    assert "it contains mine.txt" in error_of(done)
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.txt"]


def test_errors_name_the_remedy(small: Path, tmp_path: Path) -> None:
    file = tmp_path / "site"
    file.write_text("")
    assert "it is a file; name a folder" in error_of(kg("pages", "-o", file, store=small))
    assert "create it first" in error_of(kg("pages", "-o", tmp_path / "no" / "site", store=small))
    done = kg("pages", "-o", tmp_path / "new", "--url", "example.org", store=small)
    assert "such as https://" in error_of(done, status=2)
