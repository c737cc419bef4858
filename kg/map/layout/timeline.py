"""Links by when they began: a band for each kind of link, in it a row for as many as do not overlap.

A start is an interval of days (`LinkCard.start` to `LinkCard.latest`): a dot where both are one day, a bar between them
where they are not. A link of which only one bound is known stands there; one without any stands nowhere and is counted.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from kg.map.scene.model import SceneView
from kg.query.cards import LinkCard

_EPOCH = date(1970, 1, 1)
_WIDE = 290.0  # map units from the first day to the last, for each kind of link: as wide as a screen
_NARROWEST = 1200.0
_UPRIGHT = 1100.0  # of the one for an upright screen, on which it goes on below
_ROW = 40.0  # map units between two rows
_BETWEEN = 156.0  # map units between two bands
_APART = 32.0  # map units that a dot takes in its row


def timeline(cards: Mapping[str, LinkCard], *, upright: bool = False) -> SceneView | None:
    """The view, or ``None`` where fewer than two links have a date or all have the same; narrower if `upright`."""
    spans = {iri: span for iri, card in cards.items() if (span := bounds(card))}
    if len(spans) < 2 or len(set(spans.values())) < 2:  # noqa: PLR2004 - one dot is no timeline
        return None
    first, last = min(low for low, _ in spans.values()), max(high for _, high in spans.values())
    counts = Counter(cards[iri].kind for iri in spans)
    wide = _UPRIGHT if upright else max(_WIDE * len(counts), _NARROWEST)
    unit = wide / max(last - first, 1)
    places: dict[str, tuple[float, float]] = {}
    drawn, top = [], 0.0
    for kind in sorted(counts, key=lambda kind: (-counts[kind], kind)):
        ends: list[float] = []
        for iri in sorted((iri for iri in spans if cards[iri].kind == kind), key=lambda iri: (spans[iri], iri)):
            x, end = ((day - first) * unit for day in spans[iri])
            row = next((row for row, taken in enumerate(ends) if taken <= x), len(ends))
            ends[row : row + 1] = [end + _APART]
            places[iri] = (round(x, 1), top + row * _ROW)
        drawn.append((kind, top, top + (len(ends) - 1) * _ROW))
        top += (len(ends) - 1) * _ROW + _BETWEEN
    return SceneView("timeline-upright" if upright else "timeline", (), places, tuple(drawn), days=(first, unit))


_LETTERS = 34  # of a name beside its dot


def short_name(name: str, kind: str) -> str:
    """What a link is called beside its dot: without its kind, which its band tells, and in few letters."""
    rest = name[len(kind) :].lstrip(" :：") if name.lower().startswith(kind.lower()) else name
    told = rest or name
    return told if len(told) <= _LETTERS else f"{told[: _LETTERS - 1].rstrip()}…"


def bounds(card: LinkCard) -> tuple[int, int] | None:
    """The first and the last day on which the link can have begun, in days since 1970-01-01."""
    known = [day for day in (card.start, card.latest) if day is not None]
    return ((min(known) - _EPOCH).days, (max(known) - _EPOCH).days) if known else None
