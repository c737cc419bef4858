"""Addresses of pages: the path of the page of a node, and hyperlinks between pages."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from kg.terms import BASE

_SAFE = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\.|$))[a-z0-9_][a-z0-9._+-]{0,79}(?<!\.)")
"""A part of a path that every file system and web server keeps: lower case, short, and no name of a device."""
_OTHER = re.compile(r"[^a-z0-9]+")


@cache
def path(iri: str) -> str:
    """Return the path of the page of a node, below the folder of a language and without a suffix.

    It follows from the IRI alone. A part with other characters is shortened, and a digest of the IRI keeps it distinct.

    >>> path("https://w3id.org/helix-kg/id/link/xaut-36")
    'id/link/xaut-36'
    >>> path("https://w3id.org/helix-kg/id/office/延长")
    'id/office/x-d36b1b8b5a'
    """
    if not iri.startswith(BASE):
        return f"other/{_distinct(iri.rpartition('/')[2], iri)}"
    *folders, last = iri.removeprefix(BASE).split("/")
    parts = [part if _SAFE.fullmatch(part) else _distinct(part, part) for part in folders]
    return "/".join((*parts, last if _SAFE.fullmatch(last) else _distinct(last, iri)))


def _distinct(part: str, whole: str) -> str:
    start = _OTHER.sub("-", part.casefold())[:40].strip("-") or "x"
    return f"{start}-{sha256(whole.encode(errors='surrogatepass')).hexdigest()[:10]}"


class Links(NamedTuple):
    """The form of hyperlinks in one page.

    Attributes:
        top: what leads from the page to the folder of its language, such as ``../../``; ``./`` from that folder.
        site: what leads to the folder of all languages.
        suffix: the end of the address of a page, such as ``.html``.
    """

    top: str
    site: str
    suffix: str = ".html"

    def page(self, path: str) -> str:
        """Return the hyperlink to the page at `path`, below the folder of the language."""
        return f"{self.top}{path}{self.suffix}"

    def node(self, iri: str) -> str:
        """Return the hyperlink to the page of a node."""
        return self.page(path(iri))


def from_file(page: str) -> Links:
    """Return the hyperlinks of the file of the page at `page`: relative ones.

    >>> from_file("id/link/xaut-36").page("id/xaut")
    '../../id/xaut.html'
    """
    depth = page.count("/")
    return Links("../" * depth or "./", "../" * (depth + 1))
