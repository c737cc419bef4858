"""Layout of the timeline: one band per kind of link, with as many rows as overlapping links require.

The start of a link is an interval of days (`LinkCard.start` to `LinkCard.latest`), drawn as a dot if both are the same
day and as a span otherwise. A link with one known bound is placed there. A link without dates is only counted.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from kg.map.scene.model import SceneView
from kg.query.cards import LinkCard

_EPOCH = date(1970, 1, 1)
_WIDE = 290.0  # width per kind of link, map units: the aspect ratio of a screen
_NARROWEST = 1200.0
_UPRIGHT = 1100.0  # width for a portrait screen, which scrolls downwards
_ROW = 40.0  # distance between two rows, map units
_BETWEEN = 156.0  # distance between two bands, map units
_APART = 32.0  # minimum distance between dots of a row, map units


def timeline(cards: Mapping[str, LinkCard], *, upright: bool = False) -> SceneView | None:
    """Return the view, or ``None`` if all dated links have the same dates; narrower if `upright`."""
    spans = {iri: span for iri, card in cards.items() if (span := bounds(card))}
    if len(spans) < 2 or len(set(spans.values())) < 2:  # noqa: PLR2004 - a timeline requires two dots
        return None
    first, last = min(low for low, _ in spans.values()), max(high for _, high in spans.values())
    counts = Counter(cards[iri].kind for iri in spans)
    wide = _UPRIGHT if upright else max(_WIDE * len(counts), _NARROWEST)
    unit = wide / max(last - first, 1)
    positions: dict[str, tuple[float, float]] = {}
    bands, top = [], 0.0
    for kind in sorted(counts, key=lambda kind: (-counts[kind], kind)):
        ends: list[float] = []
        for iri in sorted((iri for iri in spans if cards[iri].kind == kind), key=lambda iri: (spans[iri], iri)):
            x, end = ((day - first) * unit for day in spans[iri])
            row = next((row for row, taken in enumerate(ends) if taken <= x), len(ends))
            ends[row : row + 1] = [end + _APART]
            positions[iri] = (round(x, 1), top + row * _ROW)
        bands.append((kind, top, top + (len(ends) - 1) * _ROW))
        top += (len(ends) - 1) * _ROW + _BETWEEN
    return SceneView("timeline-upright" if upright else "timeline", (), positions, tuple(bands), days=(first, unit))


_LETTERS = 34  # maximum length of a name beside its dot


def short_name(name: str, kind: str) -> str:
    """Return the short name of a link, without its kind, because its band states the kind."""
    rest = name[len(kind) :].lstrip(" :：") if name.lower().startswith(kind.lower()) else name
    text = rest or name
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1].rstrip()}…"


def bounds(card: LinkCard) -> tuple[int, int] | None:
    """Return the first and the last possible day of the start, in days since 1970-01-01."""
    known = [day for day in (card.start, card.latest) if day is not None]
    return ((min(known) - _EPOCH).days, (max(known) - _EPOCH).days) if known else None
