"""A report as a Word document, made from the elements that its page contains.

The page has a fixed set of elements: headings, paragraphs, lists, definition lists, tables and pictures.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from kg import extras

_SVG_TAG = re.compile(r"<(/?)svg\b[^>]*>")
_SKIPPED = frozenset({"style", "title", "nav", "footer", "summary"})
_BLOCKS = frozenset({"p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3"})
_PAGE_WIDTH, _CHART_WIDTH = 6.3, 1.5
"""Inches."""


def docx(html: str) -> bytes:
    """Return a Word document with the headings, texts, tables and pictures of a page of `kg.report`.

    Pictures are PNG, because Word displays SVG in new versions only.

    Raises:
        UsageError: a library is not installed.
    """
    library = extras.load("docx", "docs")
    resvg = extras.load("resvg_py", "docs")
    reader = _Reader()
    text, pictures = _without_pictures(html)
    reader.feed(text)
    drawn = [bytes(resvg.svg_to_bytes(svg_string=one, zoom=2, font_family="sans-serif")) for one in pictures]
    document = library.Document()
    document.core_properties.title = reader.title
    writer = _Writer(document, drawn, library.shared.Inches)
    for block in reader.blocks:
        writer.write(block)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _without_pictures(html: str) -> tuple[str, list[str]]:
    """Return the page with ``<img alt="number">`` in place of each outermost ``<svg>``, and these elements."""
    texts: list[str] = []
    pictures: list[str] = []
    depth = start = end = 0
    for tag in _SVG_TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if not tag[1] and depth == 1:
            texts.append(html[end : tag.start()])
            start = tag.start()
        elif tag[1] and not depth:
            end = tag.end()
            texts.append(f'<img alt="{len(pictures)}">')
            pictures.append(html[start:end].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
    return "".join((*texts, html[end:])), pictures


@dataclass(slots=True)
class _Cell:
    text: str = ""
    picture: int | None = None


@dataclass(slots=True)
class _Block:
    """A heading, paragraph, item, picture or table (`rows`)."""

    tag: str
    text: str = ""
    picture: int | None = None
    rows: list[list[_Cell]] = field(default_factory=list)


class _Reader(HTMLParser):
    """The blocks of a page in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.title = ""
        self._table: _Block | None = None
        self._skipped = 0
        self._open: list[_Block | _Cell] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "table":
            self._table = _Block("table")
            self.blocks.append(self._table)
        elif tag == "tr" and self._table is not None:
            self._table.rows.append([])
        elif tag in {"td", "th"} and self._table is not None:
            self._begin(_Cell())
        elif tag == "img":
            self._add_picture(int(dict(attrs)["alt"] or 0))
        elif tag == "br":
            self.handle_data("\n")
        elif tag in _BLOCKS:
            self._begin(_Block(tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped -= 1
        elif tag == "table":
            self._table = None
        elif tag in _BLOCKS and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and not self._skipped:
            self._open[-1].text += re.sub(r"[ \t\r\n]+", " ", data) if data != "\n" else "\n"
            if not self.title and isinstance(self._open[-1], _Block) and self._open[-1].tag == "h1":
                self.title = self._open[-1].text.strip()

    def _begin(self, item: _Block | _Cell) -> None:
        self._open.append(item)
        if isinstance(item, _Block):
            self.blocks.append(item)
        elif self._table is not None and self._table.rows:
            self._table.rows[-1].append(item)

    def _add_picture(self, number: int) -> None:
        if self._open and isinstance(self._open[-1], _Cell):
            self._open[-1].picture = number
        else:
            self.blocks.append(_Block("img", picture=number))


class _Writer:
    """The blocks as parts of a Word document."""

    def __init__(self, document: Any, pictures: list[bytes], inches: Any) -> None:  # noqa: ANN401 - of an extra
        self._document, self._pictures, self._inches = document, pictures, inches

    def write(self, block: _Block) -> None:
        """Append a block to the document."""
        text = block.text.strip()
        if block.tag == "table":
            self._write_table(block.rows)
        elif block.picture is not None:
            picture = io.BytesIO(self._pictures[block.picture])
            self._document.add_picture(picture, width=self._inches(_PAGE_WIDTH))
        elif block.tag in {"h1", "h2", "h3"}:
            self._document.add_heading(text, level=int(block.tag[1]) - 1)
        elif text:
            self._document.add_paragraph(text, style={"li": "List Bullet"}.get(block.tag))

    def _write_table(self, rows: list[list[_Cell]]) -> None:
        if not rows:
            return
        table = self._document.add_table(rows=0, cols=max(map(len, rows)), style="Light Grid Accent 1")
        for row in rows:
            for cell, target in zip(row, table.add_row().cells, strict=False):
                target.text = cell.text.strip()
                if cell.picture is not None:
                    picture = io.BytesIO(self._pictures[cell.picture])
                    target.paragraphs[0].add_run().add_picture(picture, width=self._inches(_CHART_WIDTH))
