"""JSON-LD of pages in the vocabulary of schema.org, for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pages.model import ActorPage, HomePage, LinkPage, NodePage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.pages.model import Page
    from kg.pages.parts import Fact
    from kg.pages.served import ServedPage
    from kg.rdf.jsonld import Json
    from kg.texts import Text

_ACTORS = {
    "university": "CollegeOrUniversity",
    "government": "GovernmentOrganization",
    "firm": "Corporation",
    "institute": "ResearchOrganization",
}
"""Types of actors by sector; others are organisations."""
_NODES = {"source": "WebPage", "collection": "Dataset", "place": "Place"}
"""Types of other nodes; plans and events are creative works."""

MAX_PARTIES = 50
"""Parties of a link that are listed; the page lists all."""


def describe(page: Page | ServedPage, lang: str) -> Json:
    """Return the description of a page in `lang`; nothing for lists, answers and the search."""
    if isinstance(page, HomePage):
        catalogue: dict[str, Json] = {"@type": "DataCatalog", "name": _text(page.title, lang)}
        catalogue["dataset"] = [dict(_node(one, lang)) for one in page.datasets]
        return {"@context": "https://schema.org", **catalogue}
    if isinstance(page, ActorPage):
        return _filled(_actor(page, lang))
    if isinstance(page, LinkPage):
        return _filled(_link(page, lang))
    return _filled(_node(page, lang)) if isinstance(page, NodePage) else ""


def _filled(fields: Iterable[tuple[str, Json]]) -> Json:
    return {"@context": "https://schema.org", **{key: value for key, value in fields if value}}


def _names(page: ActorPage | LinkPage | NodePage, lang: str) -> Iterator[tuple[str, Json]]:
    yield "@id", page.head.iri
    yield "name", _text(page.head.label, lang)
    other = _text(page.head.label, "en" if lang == "zh" else "zh")
    aliases = [other] if other != _text(page.head.label, lang) else []
    if isinstance(page, ActorPage):
        aliases += [_text(one.text, lang) for fact in page.names for one in fact.values]
    listed = list(dict.fromkeys(one for one in aliases if one != _text(page.head.label, lang)))
    yield "alternateName", [*listed]


def _actor(page: ActorPage, lang: str) -> Iterator[tuple[str, Json]]:
    yield "@type", _ACTORS.get(page.head.sector, "Organization") if page.head.sector or page.place else "Thing"
    yield from _names(page, lang)
    yield "sameAs", [*page.addresses]
    yield "identifier", [*_identifiers(page.identifiers, lang)]
    if page.place is not None:
        yield "location", {"@type": "Place", "name": _text(page.place.label, lang)}


def _identifiers(facts: Iterable[Fact], lang: str) -> Iterator[Json]:
    for fact in facts:
        for one in fact.values:
            yield {"@type": "PropertyValue", "propertyID": _text(fact.name, lang), "value": _text(one.text, lang)}


def _link(page: LinkPage, lang: str) -> Iterator[tuple[str, Json]]:
    yield "@type", "Action"
    yield from _names(page, lang)
    yield "description", " ".join(filter(None, (_own(one.text, lang) for one in page.described)))
    yield "startTime", page.start or ""
    named = [one for one in page.parties if not one.is_group]
    yield "participant", [{"@type": "Organization", "name": _text(one.ref.label, lang)} for one in named[:MAX_PARTIES]]


def _node(page: NodePage, lang: str) -> Iterator[tuple[str, Json]]:
    yield "@type", _NODES.get(page.form, "CreativeWork")
    yield from _names(page, lang)
    yield "description", " ".join(filter(None, (_own(one, lang) for one in page.described)))
    yield "url", page.address or ""
    yield "license", page.licence or ""
    if publisher := _text(page.publisher, lang):
        yield "publisher", {"@type": "Organization", "name": publisher}
    if page.coordinates is not None:
        latitude, longitude = page.coordinates
        yield "geo", {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def _text(text: Text | str, lang: str) -> str:
    return text if isinstance(text, str) else text.localise(lang) or ""


def _own(text: Text | str, lang: str) -> str:
    """Return a text in `lang` only."""
    return text if isinstance(text, str) else (text.zh if lang == "zh" else text.en) or ""
