"""Ribbons between the bands of a picture by sector: the links of each two sectors, as wide as their share."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.findings.wording import percent
from kg.map.scene.model import Scene, SceneView
from kg.map.scene.styles import LEAST_SHARE, Style, style_of
from kg.network.nodes import record_of

_SIDE = 70.0  # distance between the outermost points and the edge of a band, map units
_ROOM = 0.66  # share of the width that ribbons cover


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A ribbon from the band above to the band below it, in map units.

    Attributes:
        x, width: its middle and its width.
        top, bottom: the last row of the upper band, and the first row of the lower one.
        below: the middle between the upper band and the next one, where the text is.
        styles, sectors: the styles and the notations of the two sectors; the last band has no notation.
        count, text: number of its links, and the number with their share.
    """

    x: float
    width: float
    top: float
    bottom: float
    below: float
    styles: tuple[Style, Style]
    sectors: tuple[str, str]
    count: int
    text: str


def ribbons(
    scene: Scene, view: SceneView, top: Collection[int], links: Sequence[str]
) -> tuple[tuple[Ribbon, ...], int]:
    """Return the ribbons of the visible links, and the number of links that are only in pairs without a ribbon.

    A link with parties of several sectors is in a ribbon for each two. Two sectors with under 2% have none.
    """
    band_of = {name: i for i, (name, _, _) in enumerate(view.bands)}
    places = {i: band_of.get(scene.nodes[i].sector, len(view.bands) - 1) for i in top}
    everything = len({record_of(iri) for iri in links})
    found = _pairs({iri: [i for i in scene.members[iri] if i in places] for iri in links}, places)
    pairs = {pair: one for pair, one in found.items() if len(one.records) >= LEAST_SHARE * everything}
    bundled = {record for one in pairs.values() for record in one.records}
    unbundled = {record for one in found.values() for record in one.records} - bundled
    return tuple(_laid_out(view, places, pairs, everything)), len(unbundled)


def _laid_out(
    view: SceneView, places: Mapping[int, int], pairs: "Mapping[tuple[int, int], _Pair]", everything: int
) -> Iterator[Ribbon]:
    """Yield a ribbon for each pair of bands, from left to right by the mean position of the parties."""
    xs = [view.actors[i][0] for i in places] or [0.0]
    left, wide = min(xs) - _SIDE, max(xs) - min(xs) + 2 * _SIDE
    total = sum(len(pair.records) for pair in pairs.values())
    at = gap = (1 - _ROOM) * wide / (len(pairs) + 1)
    means = {pair: _mean([view.actors[i][0] for i in one.parties]) for pair, one in pairs.items()}
    for upper, lower in sorted(pairs, key=lambda pair: (means[pair], pair)):
        count = len(pairs[upper, lower].records)
        width = _ROOM * wide * count / total
        names = view.bands[upper][0], view.bands[lower][0]
        yield Ribbon(
            x=left + at + width / 2,
            width=width,
            top=view.bands[upper][2],
            bottom=view.bands[lower][1],
            below=(view.bands[upper][2] + view.bands[upper + 1][1]) / 2,
            styles=(style_of("", names[0]), style_of("", names[1])),
            sectors=names,
            count=count,
            text=f"{count} · {percent(count / everything)}",
        )
        at += width + gap


@dataclass(slots=True)
class _Pair:
    """The links between two bands, and the parties of them and of their parts."""

    records: set[str] = field(default_factory=set)
    parties: list[int] = field(default_factory=list)


def _pairs(members: Mapping[str, Sequence[int]], places: Mapping[int, int]) -> dict[tuple[int, int], _Pair]:
    """Return the links between each two bands, by the indexes of the bands; the parts of a link count once."""
    pairs: dict[tuple[int, int], _Pair] = defaultdict(_Pair)
    for iri, parties in members.items():
        for upper, lower in combinations(sorted({places[i] for i in parties}), 2):
            pairs[upper, lower].records.add(record_of(iri))
            pairs[upper, lower].parties.extend(i for i in parties if places[i] in {upper, lower})
    return pairs


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 6)
