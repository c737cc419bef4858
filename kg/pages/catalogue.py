"""Files about the site for programs: VoID and DCAT as Turtle, the sitemap, and the rules for robots."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pyoxigraph as ox

from kg.pages.address import path
from kg.terms import BASE, HX, ONTOLOGY_GRAPH, PREFIXES, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.pages.content import Content
    from kg.pages.index import Index
    from kg.pages.nodes import Memberships
    from kg.query.imprint import Imprint
    from kg.store.view import Size

URLS = 40_000
"""Addresses in one sitemap; the protocol allows 50,000."""

_VOID = "http://rdfs.org/ns/void#"
_XSD = PREFIXES["xsd"]
_DATASET = ox.NamedNode(BASE)
_CLASSES = ("Organisation", "Link", "Evidence", "Source")


def description(content: Content, size: Size, url: str | None) -> bytes:
    """Return VoID and DCAT of the dataset and of its collections; `url` is the address of the site."""
    index = content.index
    triples = [*_of_dataset(index, size, content.imprint, url)]
    for iri in index.collections:
        triples += _of_collection(index, content.memberships, iri, url)
    prefixes = {"void": _VOID, **{name: PREFIXES[name] for name in ("dcat", "dct", "xsd", "hx")}}
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def _of_dataset(index: Index, size: Size, imprint: Imprint, url: str | None) -> Iterator[ox.Triple]:
    yield _triple(_DATASET, TYPE, ox.NamedNode(_VOID + "Dataset"))
    yield _triple(_DATASET, TYPE, ox.NamedNode(PREFIXES["dcat"] + "Catalog"))
    for lang, title in (("en", "Helix KG"), ("zh", "螺旋知识图谱")):
        yield _triple(_DATASET, PREFIXES["dct"] + "title", ox.Literal(title, language=lang))
    yield _triple(
        _DATASET, PREFIXES["dct"] + "modified", ox.Literal(str(imprint.issued), datatype=ox.NamedNode(_XSD + "date"))
    )
    yield _triple(_DATASET, _VOID + "uriSpace", ox.Literal(BASE))
    yield _triple(_DATASET, _VOID + "vocabulary", ox.NamedNode(ONTOLOGY_GRAPH + "#"))
    yield _triple(_DATASET, _VOID + "triples", _number(size.statements))
    counts = (size.actors, size.links, size.evidence, size.sources)
    for name, count in zip(_CLASSES, counts, strict=True):
        part = ox.NamedNode(f"{BASE}#{name}")
        yield _triple(_DATASET, _VOID + "classPartition", part)
        yield _triple(part, _VOID + "class", ox.NamedNode(str(getattr(HX, name))))
        yield _triple(part, _VOID + "entities", _number(count))
    if url is not None:
        yield _triple(_DATASET, "http://xmlns.com/foaf/0.1/homepage", ox.NamedNode(url))
    for iri in index.collections:
        yield _triple(_DATASET, PREFIXES["dcat"] + "dataset", ox.NamedNode(iri))


def _of_collection(index: Index, memberships: Memberships, iri: str, url: str | None) -> Iterator[ox.Triple]:
    node = ox.NamedNode(iri)
    for one in index.facts.described[iri]:
        yield _triple(node, one.predicate, one.value)
    yield _triple(node, TYPE, ox.NamedNode(_VOID + "Dataset"))
    yield _triple(node, _VOID + "entities", _number(len(memberships.links_of_collection.get(iri, ()))))
    if url is not None:
        for lang in ("en", "zh"):
            yield _triple(node, PREFIXES["dcat"] + "landingPage", ox.NamedNode(f"{url}{lang}/{path(iri)}.html"))


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _number(count: int) -> ox.Literal:
    return ox.Literal(str(count), datatype=ox.NamedNode(_XSD + "integer"))


def sitemaps(paths: Iterable[str], url: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield the sitemaps of a site, which are compressed, and their index, as files by name."""
    lines = [
        f"<url><loc>{escape(url + lang)}/{escape(one)}</loc>{_alternates(url, one)}</url>\n"
        for one in paths
        for lang in ("en", "zh")
    ]
    files = ["".join(lines[start : start + URLS]) for start in range(0, len(lines), URLS)]
    names = [f"sitemap-{number}.xml.gz" for number in range(1, len(files) + 1)]
    for name, text in zip(names, files, strict=True):
        yield name, gzip.compress(_SITEMAP.format("urlset", text).encode(), mtime=0)
    listed = "".join(f"<sitemap><loc>{escape(url + name)}</loc></sitemap>\n" for name in names)
    yield "sitemap.xml", _SITEMAP.format("sitemapindex", listed)


_SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{1}</{0}>
"""


def _alternates(url: str, path: str) -> str:
    """Return the addresses of a page in both languages."""
    tags = (("en", "en"), ("zh-Hans", "zh"))
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(url)}{lang}/{escape(path)}"/>'
        for tag, lang in tags
    )


def robots(url: str | None) -> str:
    """Return the rules for robots, with the address of the sitemap if the site has one."""
    return "User-agent: *\nAllow: /\n" + (f"\nSitemap: {url}sitemap.xml\n" if url else "")
