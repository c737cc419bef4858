"""A report as a file: HTML, or PDF and Word made from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from kg import extras
from kg.map.scene.styles import LIGHT, SECTORS, style_of
from kg.report import word

if TYPE_CHECKING:
    from kg.map.rendered import Page

_VARIABLE = re.compile(r'="var\(--([a-z]+)\)"')
_OUTLINED = re.compile(r'<text([^>]* paint-order="stroke"[^>]*)>(.*?)</text>', re.DOTALL)
_OUTLINE = re.compile(r' (?:stroke|stroke-[a-z]+|paint-order)="[^"]*"')
_COLOURS = {
    **{name: getattr(LIGHT, name) for name in ("ground", "raised", "soft", "ink", "muted", "accent", "edge", "rule")},
    **{style.name: LIGHT.colour(style) for style in (style_of("", sector) for sector in (*SECTORS, ""))},
}


def content(page: Page, suffix: str) -> str | bytes:
    """Return the content of a file with `suffix` (".html", ".htm", ".pdf" or ".docx").

    Raises:
        UsageError: a library that the format requires is not installed.
    """
    html = str(page.content)
    if suffix == ".pdf":
        return pdf(html)
    return word.docx(with_colours(html)) if suffix == ".docx" else html


def pdf(html: str) -> bytes:
    """Return a tagged PDF of the page as it prints, with its links."""
    weasyprint = extras.load("weasyprint", "docs")
    page = weasyprint.HTML(string=_with_letters_last(with_colours(html)), url_fetcher=_refuse)
    document: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return document


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    """Refuse to load an address; a page of ours contains everything."""
    raise ValueError(url)


def _with_letters_last(html: str) -> str:
    """Return the page with outlined texts drawn twice, because WeasyPrint draws an outline over its letters."""

    def twice(match: re.Match[str]) -> str:
        return f"{match[0]}<text{_OUTLINE.sub('', match[1])}>{match[2]}</text>"

    return _OUTLINED.sub(twice, html)


def with_colours(html: str) -> str:
    """Return the page with the colours of the light theme in its pictures, which outside browsers lack variables.

    >>> with_colours('<rect fill="var(--ink)"/>')
    '<rect fill="#1d2433"/>'
    """
    return _VARIABLE.sub(lambda match: f'="{_COLOURS[match[1]]}"' if match[1] in _COLOURS else match[0], html)
