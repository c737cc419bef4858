"""Choice of a format by the Accept header of a request (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RESULTS: Mapping[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""Media types of the answers to SELECT and ASK, the preferred format first."""

GRAPHS: Mapping[str, tuple[str, ...]] = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
    "trig": ("application/trig",),
    "nq": ("application/n-quads",),
}
"""Media types of graphs, the preferred format first; a type after the first counts only if a client names it."""

LONGEST = 4096
"""Number of characters of the longest Accept header that is read."""

_ANY = ("*", "*/*")


@lru_cache(maxsize=512)
def formats(accept: str) -> tuple[str, str]:
    """Return the format of results and that of graphs that a client prefers; empty if it accepts none.

    A header without a usable range is treated as missing, because some programs send one.
    """
    ranges = dict(filter(None, map(_range, accept[:LONGEST].split(","))))
    if not ranges:
        ranges = {"*/*": 1.0}
    return _preferred(RESULTS, ranges), _preferred(GRAPHS, ranges)


def prefers_pages(accept: str) -> bool:
    """Return whether a client names HTML, and no format of graphs before it.

    >>> prefers_pages("text/html,application/xhtml+xml,*/*;q=0.8"), prefers_pages("text/turtle, text/html;q=0.5")
    (True, False)
    """
    ranges = dict(filter(None, map(_range, accept[:LONGEST].split(","))))
    weight = ranges.get("text/html", 0.0)
    named = (ranges.get(media, 0.0) for types in GRAPHS.values() for media in types)
    return weight > 0 and weight >= max(named)


def _range(text: str) -> tuple[str, float] | None:
    """Return a media range and its weight, or ``None`` if it is malformed."""
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    kind, slash, subtype = name.partition("/")
    if name not in _ANY and not (kind and slash and subtype):
        return None
    weight = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return None
    return ("*/*" if name == "*" else name), weight if 0 <= weight <= 1 else 0.0


def _preferred(known: Mapping[str, tuple[str, ...]], ranges: Mapping[str, float]) -> str:
    weights = {
        name: max([_weight(types[0], ranges), *(ranges[other] for other in types[1:] if other in ranges)])
        for name, types in known.items()
    }
    best = max(weights, key=lambda name: weights[name])  # the first of equal ones
    return best if weights[best] > 0 else ""


def _weight(media: str, ranges: Mapping[str, float]) -> float:
    """Return the weight of a media type by the most specific range that matches it."""
    for name in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0
