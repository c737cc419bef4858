"""Layout of the timeline: a band for each frequent kind of link, with as many rows as overlapping links require.

The start of a link is an interval of days (`LinkCard.start` to `LinkCard.latest`), drawn as a dot if both are the same
day and as a span otherwise. A link with one known bound is placed there. A link without dates is only counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from kg.map.scene.model import SceneView
from kg.query.cards import LinkCard

_EPOCH = date(1970, 1, 1)
_WIDE = 3400.0  # width, map units
_UPRIGHT = 1100.0  # width for a portrait screen, which scrolls downwards
_ROW = 32.0  # distance between two rows, map units
_BETWEEN = 130.0  # distance between two bands, map units
_APART = 36.0  # minimum distance between dots of a row, map units
_MOST_BANDS = 8  # kinds with a band of their own; the others share the last one
_NAMED = 2  # parties in the name of a dot


def timeline(cards: Mapping[str, LinkCard], *, upright: bool = False) -> SceneView | None:
    """Return the view, or ``None`` if all dated links have the same dates; narrower if `upright`."""
    spans = {iri: span for iri, card in cards.items() if (span := bounds(card))}
    if len(spans) < 2 or len(set(spans.values())) < 2:  # noqa: PLR2004 - a timeline requires two dots
        return None
    first, last = min(low for low, _ in spans.values()), max(high for _, high in spans.values())
    kinds = _bands({iri: cards[iri].kind for iri in spans})
    wide = _UPRIGHT if upright else _WIDE
    positions: dict[str, tuple[float, float]] = {}
    bands, top, unit = [], 0.0, wide / max(last - first, 1)
    for kind in dict.fromkeys(kinds.values()):
        ends: list[float] = []
        for iri in sorted((iri for iri in spans if kinds[iri] == kind), key=lambda iri: (spans[iri], iri)):
            x, end = ((day - first) * unit for day in spans[iri])
            row = next((row for row, taken in enumerate(ends) if taken <= x), len(ends))
            ends[row : row + 1] = [end + _APART]
            positions[iri] = (round(x, 1), top + row * _ROW)
        bands.append((kind, top, top + (len(ends) - 1) * _ROW))
        top += (len(ends) - 1) * _ROW + _BETWEEN
    return SceneView("timeline-upright" if upright else "timeline", (), positions, tuple(bands), days=(first, unit))


def _bands(kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the band of each link, the largest first: its kind, or "" for kinds beyond the first."""
    counts = Counter(kinds.values())
    order = sorted(counts, key=lambda kind: (-counts[kind], kind))
    own = {kind: kind if len(order) <= _MOST_BANDS or i < _MOST_BANDS - 1 else "" for i, kind in enumerate(order)}
    return {iri: own[kinds[iri]] for iri in sorted(kinds, key=lambda iri: order.index(kinds[iri]))}


def parties_text(names: Sequence[str]) -> str:
    """Return the first two of some names with the number of the others.

    >>> parties_text(["XJTU", "Huawei", "HIT"])
    'XJTU – Huawei +1'
    """
    rest = len(names) - _NAMED
    return " – ".join(names[:_NAMED]) + (f" +{rest}" if rest > 0 else "")


def bounds(card: LinkCard) -> tuple[int, int] | None:
    """Return the first and the last possible day of the start, in days since 1970-01-01."""
    known = [day for day in (card.start, card.latest) if day is not None]
    return ((min(known) - _EPOCH).days, (max(known) - _EPOCH).days) if known else None
