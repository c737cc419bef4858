"""Saved web pages: trafilatura finds the main text, and the page's own metadata describe it."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import replace
from importlib import metadata as packages
from typing import TYPE_CHECKING, NamedTuple

from kg import extras, text_encodings
from kg.errors import InputError
from kg.read.documents import dates, plain
from kg.read.documents.content import Content
from kg.read.documents.page_metadata import metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*(?P<name>[A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4096
_INVISIBLE = ("script", "style", "noscript", "template", "head")
_STATED = "(?:发布|发表)?(?:时间|日期)|(?:信息)?来源|稿源|作者|(?:责任)?编辑|责编|审核|供稿"
_VIEWS = "浏览(?:次数|量)?|阅读|点击数?|字号"
_ENGLISH = "Published|Updated|Date|Source|Author|By|Editor|Views"
_INFO = re.compile(rf"^\W*(?:{_STATED}|{_VIEWS}|{_ENGLISH})\s*[:：]", re.IGNORECASE)
_SOURCE = re.compile(r"(?:信息来源|来源|稿源|[Ss]ource)\s*[:：]\s*(?P<name>[^\s|｜丨：:]+(?: [A-Z][^\s|:]*)*)")
_TIME = re.compile(r"(?:发布|发表)?(?:时间|日期)\s*[:：]|(?:Published|Date)\s*:", re.IGNORECASE)
_EDGE, _MAX_INFO = 4, 120
_LEAST = 20


class _Info(NamedTuple):
    """The text without its lines of publication, and what these state."""

    text: str
    source: str | None
    date: str | None


def page(data: bytes, path: str) -> Content:
    """Return the main text of a page.

    Raises:
        InputError: the page has no main text, or its encoding is doubtful.
        UsageError: trafilatura is not installed.
    """
    trafilatura = extras.load("trafilatura", "docs")
    html = extras.load("lxml.html", "docs")
    etree = extras.load("lxml.etree", "docs")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = _XML.sub("", _decoded(data, path))
    try:
        tree = html.document_fromstring(text)
    except (etree.ParserError, ValueError) as error:
        raise InputError("{path}: is not a web page ({error})", path=path, error=error) from error
    main = trafilatura.extract(
        text, include_comments=False, include_tables=True, include_formatting=False, include_links=False
    )
    if main is None or len(main) < _LEAST:
        raise InputError("{path}: the page has no main text; save the text as .txt", path=path)
    info = _without_info(main)
    own = metadata(tree)
    content = Content(info.text, own.title, own.publisher, own.date, own.address)
    return replace(
        content,
        publisher=own.publisher or info.source,
        date=own.date or info.date,
        removed=max(0, _visible(tree) - len("".join(info.text.split()))),
        tool=f"trafilatura {packages.version('trafilatura')}",
    )


def _decoded(data: bytes, path: str) -> str:
    """Return the text of a page in the encoding that it declares, or in the one that its bytes show."""
    stated = _DECLARED.search(data[:_HEAD])
    codec = text_encodings.declared(stated["name"].decode("ascii")) if stated else None
    if codec:
        with suppress(UnicodeDecodeError):  # a page saved again keeps its former declaration
            return data.decode(codec)
    return plain.decoded(data, path)


def _visible(tree: HtmlElement) -> int:
    """Return the number of characters that a reader of the whole page would see, without white space."""
    for name in _INVISIBLE:
        for element in list(tree.iter(name)):
            element.drop_tree()
    return len("".join(tree.text_content().split()))


def _without_info(main: str) -> _Info:
    """Cut the lines at the edges that state time, source, author or views."""
    lines = main.splitlines(keepends=True)
    edges = {*range(min(_EDGE, len(lines))), *range(max(0, len(lines) - _EDGE), len(lines))}
    cut = {number for number in edges if len(lines[number]) <= _MAX_INFO and _INFO.match(lines[number])}
    stated = "".join(lines[number] for number in sorted(cut))
    source = _SOURCE.search(stated)
    text = "".join(line for number, line in enumerate(lines) if number not in cut).strip("\n")
    return _Info(text, source["name"] if source else None, dates.stated(stated) if _TIME.search(stated) else None)
