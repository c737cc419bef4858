"""A report as a file: HTML, or PDF and Word made from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.map.scene.styles import LIGHT, SECTORS, style_of
from kg.map.svg.pdf import pdf
from kg.report import word

if TYPE_CHECKING:
    from kg.map.rendered import Page

_VARIABLE = re.compile(r'="var\(--([a-z]+)\)"')
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
        return pdf(with_colours(html))
    return word.docx(with_colours(html)) if suffix == ".docx" else html


def with_colours(html: str) -> str:
    """Return the page with the colours of the light theme in its pictures, which outside browsers lack variables.

    >>> with_colours('<rect fill="var(--ink)"/>')
    '<rect fill="#1d2433"/>'
    """
    return _VARIABLE.sub(lambda match: f'="{_COLOURS[match[1]]}"' if match[1] in _COLOURS else match[0], html)
