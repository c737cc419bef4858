"""Title, publisher, date and address of a web page, from its own metadata.

Chinese public bodies state them by the names of the national guideline for government websites (SiteName, PubDate, …);
others use Open Graph, Dublin Core or schema.org. Nothing is guessed from the text of the article.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.read.documents import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_TITLES = ("articletitle", "og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_PUBLISHERS = ("sitename", "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "contentsource")
_DATES = (
    *("pubdate", "publishdate", "publish_date", "article:published_time", "og:published_time", "datepublished"),
    *("firstpublishedtime", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "citation_publication_date"),
    *("date", "publish-date", "publication_date"),
)
_MAX_JSON = 1 << 20


class Metadata(NamedTuple):
    """The metadata of a page; ``None`` where it states nothing."""

    title: str | None
    publisher: str | None
    date: str | None
    address: str | None


def metadata(tree: HtmlElement) -> Metadata:
    """Return the metadata of a page."""
    tags, linked = _tags(tree), list(_linked_data(tree))
    title = _first(tags, _TITLES) or next(_texts(linked, "headline"), None) or _heading(tree)
    publisher = _first(tags, _PUBLISHERS) or next(_publishers(linked), None)
    stated = [*(tags[name] for name in _DATES if name in tags), *_texts(linked, "datePublished"), *_times(tree)]
    date = next((found for text in stated if (found := dates.stated(text))), None)
    return Metadata(title, publisher, date, _address(tree, tags))


def _tags(tree: HtmlElement) -> dict[str, str]:
    """Return the first content of each name of a ``<meta>`` element."""
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop") or ""
        content = " ".join((tag.get("content") or "").split())
        if name and content:
            tags.setdefault(name.lower(), content)
    return tags


def _first(tags: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _heading(tree: HtmlElement) -> str | None:
    for name in ("h1", "title"):
        for element in tree.iter(name):
            if text := " ".join(element.text_content().split()):
                return text
    return None


def _times(tree: HtmlElement) -> Iterator[str]:
    """Yield the times that the page marks as those of its publication."""
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished":
            yield element.get("datetime") or element.text_content()


def _address(tree: HtmlElement, tags: Mapping[str, str]) -> str | None:
    """Return the address that the page declares, if it is one of the web."""
    declared = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    found = (one.strip() for one in (*declared, tags.get("og:url", ""), tags.get("url", "")))
    return next((one for one in found if one.startswith(("https://", "http://"))), None)


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of schema.org in a page; broken ones state nothing."""
    for script in tree.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").lower() != "application/ld+json" or len(text) > _MAX_JSON:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        listed = value if isinstance(value, list) else [value]
        for one in listed:
            graph = one.get("@graph") if isinstance(one, dict) else None
            yield from (each for each in (graph if isinstance(graph, list) else [one]) if isinstance(each, dict))


def _texts(objects: list[dict[str, Any]], name: str) -> Iterator[str]:
    for one in objects:
        if isinstance(text := one.get(name), str) and text.strip():
            yield " ".join(text.split())


def _publishers(objects: list[dict[str, Any]]) -> Iterator[str]:
    for one in objects:
        publisher = one.get("publisher")
        if isinstance(publisher, dict):
            yield from _texts([publisher], "name")
