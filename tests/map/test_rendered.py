"""Pages and pictures as files and as a notebook displays them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from helpers.scenes import hostile, small

from kg.errors import OutputError
from kg.map import formats
from kg.map.rendered import Page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


class _Frames(HTMLParser):
    """The elements of a text and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_a_page_is_displayed_in_a_sandbox() -> None:
    page = formats.draw(hostile(), ".html")
    ((tag, attributes),) = _Frames(page._repr_html_() or "").elements
    assert tag == "iframe"
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
    assert (attributes["srcdoc"] or "").replace('<base href="about:srcdoc">', "") == page.content
    assert (page._repr_svg_(), page._repr_png_()) == (None, None)


def test_pictures_are_displayed_as_they_are() -> None:
    svg, png = (formats.draw(small(), suffix) for suffix in (".svg", ".png"))
    assert (svg._repr_html_(), svg._repr_svg_(), svg._repr_png_()) == (None, svg.content, None)
    assert (png._repr_html_(), png._repr_svg_(), png._repr_png_()) == (None, None, png.content)
    assert str(svg.content).startswith("<svg")
    assert bytes(png.content).startswith(b"\x89PNG")  # type: ignore[arg-type]


def test_the_representation_omits_the_content() -> None:
    assert repr(Page("<html>", ".html", "A note.")) == "Page(suffix='.html', note='A note.')"


def test_save(tmp_path: Path) -> None:
    Page("页", ".html").save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == "页".encode()
    Page(b"\x89PNG", ".png").save(str(tmp_path / "page.png"))
    assert (tmp_path / "page.png").read_bytes() == b"\x89PNG"
    with pytest.raises(OutputError, match="does not exist"):
        Page("", ".html").save(tmp_path / "none" / "page.html")


@pytest.mark.browser
def test_a_page_works_in_a_frame(browser: Browser, tmp_path: Path) -> None:
    page = formats.draw(small(), ".html")
    (tmp_path / "notebook.html").write_text(f"<!doctype html><meta charset=utf-8>{page._repr_html_()}")
    tab = browser.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto((tmp_path / "notebook.html").as_uri())
    frame = tab.frames[1]
    frame.locator("#search").fill("Huawei")
    frame.locator("#search").press("Enter")
    frame.locator("#panel h2").wait_for()
    assert frame.locator("#panel h2").inner_text() == "Huawei Technologies Co., Ltd."
    assert frame.url.startswith("about:srcdoc#")  # the state of the map is in the address of the frame
    assert tab.url.endswith("notebook.html")
    assert errors == []
    tab.close()
