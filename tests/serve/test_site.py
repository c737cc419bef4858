"""`kg.serve.site`: the files of a site, the language of a visitor, the pages of nodes, and paths outside the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import UsageError
from kg.pages.folder import MARK
from kg.serve.http import HttpError, Request
from kg.serve.negotiation import prefers_pages
from kg.serve.site import Site
from kg.terms import ID

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one page in each language beside a secret."""
    site = tmp_path / "site"
    for lang in ("en", "zh"):
        (site / lang / "id").mkdir(parents=True)
        (site / lang / "id" / "xaut.html").write_text(f"<p lang={lang}>XAUT</p>", encoding="utf-8")
    (site / MARK).write_text("en\nzh\n", encoding="utf-8")
    (site / "notes.docx").write_text("x", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "en" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return site


async def _no_body() -> bytes:
    return b""


def _request(path: str, method: str = "GET", lang: str = "en", **headers: bytes) -> Request:
    named = {name.replace("_", "-").encode(): value for name, value in headers.items()}
    return Request(method, path, b"", named, "127.0.0.1", _no_body, lang)


def test_a_page_has_its_type_and_a_tag_that_answers_304(folder: Path) -> None:
    site = Site(folder)
    first = site.answer(_request("/en/id/xaut.html"))
    assert first is not None
    headers = dict(first.headers)
    assert (first.status, headers[b"content-type"]) == (200, b"text/html; charset=utf-8")
    again = site.answer(_request("/en/id/xaut.html", if_none_match=headers[b"etag"]))
    assert again is not None
    assert (again.status, again.body) == (304, b"")


def test_a_changed_page_is_read_again(folder: Path) -> None:
    site = Site(folder)
    before = site.answer(_request("/en/id/xaut.html"))
    (folder / "en/id/xaut.html").write_text("<p>another size</p>", encoding="utf-8")
    after = site.answer(_request("/en/id/xaut.html"))
    assert before is not None
    assert after is not None
    assert before.body != after.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/en/../../secret.txt",
        "/en//id/xaut.html",
        "/en/link.txt",
        "/notes.docx",
        f"/{MARK}",
        "/en\\..\\..\\secret.txt",
        "/en/id",
        "/en/\0.html",
        "/en/" + "a" * 5000 + ".html",
    ],
)
def test_nothing_outside_the_pages_is_served(folder: Path, path: str) -> None:
    assert Site(folder).answer(_request(path)) is None


def test_the_front_page_leads_to_the_language_of_the_visitor(folder: Path) -> None:
    answer = Site(folder).answer(_request("/", lang="zh"))
    assert answer is not None
    assert (answer.status, dict(answer.headers)[b"location"]) == (303, b"/zh/index.html")


def test_a_node_with_a_page_has_its_path(folder: Path) -> None:
    site = Site(folder)
    assert site.node(f"{ID}xaut", "zh") == "/zh/id/xaut.html"
    assert site.node(f"{ID}no-such-actor", "zh") is None


def test_a_page_is_not_written(folder: Path) -> None:
    with pytest.raises(HttpError) as error:
        Site(folder).answer(_request("/en/id/xaut.html", "PUT"))
    assert error.value.status == 405


def test_a_folder_that_kg_pages_did_not_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kg pages did not write this folder"):
        Site(tmp_path)


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
