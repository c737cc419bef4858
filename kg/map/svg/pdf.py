"""PDF of pictures and pages by WeasyPrint, which draws shapes and text as vectors."""

from __future__ import annotations

import re
from typing import NoReturn

from kg import extras

_OUTLINED = re.compile(r'<text([^>]* paint-order="stroke"[^>]*)>(.*?)</text>', re.DOTALL)
_OUTLINE = re.compile(r' (?:stroke|stroke-[a-z]+|paint-order)="[^"]*"')


def pdf(html: str) -> bytes:
    """Return a tagged PDF of the page as it prints, with its links."""
    weasyprint = extras.load("weasyprint", "docs")
    page = weasyprint.HTML(string=_with_letters_last(html), url_fetcher=_refuse)
    document: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return document


def picture(svg: str, width: str, height: str, lang: str, title: str) -> bytes:
    """Return one page of the size of the picture; `width` and `height` are lengths of CSS, `title` is escaped HTML."""
    style = f"@page {{ size: {width} {height}; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    return pdf(
        f'<html lang="{lang}"><head><title>{title}</title><style>{style}</style></head><body>{svg}</body></html>'
    )


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    """Refuse to load an address; a page of ours contains everything."""
    raise ValueError(url)


def _with_letters_last(html: str) -> str:
    """Return the page with outlined texts drawn twice, because WeasyPrint draws an outline over its letters."""

    def twice(match: re.Match[str]) -> str:
        return f"{match[0]}<text{_OUTLINE.sub('', match[1])}>{match[2]}</text>"

    return _OUTLINED.sub(twice, html)
