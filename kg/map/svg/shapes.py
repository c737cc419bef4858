"""Shapes of a picture in map units: points, lines and the background."""

from dataclasses import dataclass
from math import sqrt

from kg.map.scene.model import UnnamedRing
from kg.map.scene.styles import Style, ring_radius
from kg.map.svg.ribbons import Ribbon

Position = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

NO_RING = UnnamedRing()


@dataclass(frozen=True, slots=True)
class Point:
    """An actor, link or city to draw.

    Attributes:
        iri: IRI of the actor or link; for a city its name.
        size: size of the shape in map units, or in pixels (see `DisplayList.pixels`).
        style: style of an actor; ``None`` for a link or a city.
        name: full name.
        rows: the label, if there is room for it.
        is_required: the label is drawn even if it covers points.
    """

    iri: str
    x: float
    y: float
    size: float
    style: Style | None
    name: str
    rows: tuple[str, ...] = ()
    ring: UnnamedRing = NO_RING
    is_required: bool = False

    @property
    def reach(self) -> float:
        """Distance from the centre to the edge of the shape or its ring."""
        return ring_radius(self.size, self.ring.count) + 2 if self.ring.count else self.size


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points for a number of links; an `arc` bends to the left of the direction west to east.

    An arc has the IRIs of the records of its links.
    """

    a: Point
    b: Point
    links: int
    arc: bool = False
    records: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Exit:
    """The links of a point that leave the picture in the direction `dx`, `dy` of length 1; the text is their number."""

    point: Point
    dx: float
    dy: float
    records: frozenset[str]
    text: str

    @property
    def width(self) -> float:
        """Width of the line, pixels."""
        return min(0.8 + 0.9 * sqrt(len(self.records)), 5)


@dataclass(frozen=True, slots=True)
class Band:
    """A named rectangle in the colour of a sector, or uncoloured."""

    name: str
    style: Style | None
    box: Box


@dataclass(frozen=True, slots=True)
class DisplayList:
    """All shapes of one view.

    Attributes:
        points: the points by descending priority of their labels.
        exits: the links that leave the viewport.
        ribbons: the links between bands.
        unbundled: number of links only in pairs of sectors with too small a share for a ribbon.
        graticule: background lines, each with a name and its positions.
        spans: bars under the points, each from one position to another.
        viewport: the part to draw; ``None`` for everything.
        pixels: sizes are in pixels instead of map units.
        unnamed: names of cities for whose labels there is no room.
        actors, links: number of actors and links drawn.
        nodes: indexes of the nodes drawn.
    """

    view: str
    points: tuple[Point, ...]
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    exits: tuple[Exit, ...] = ()
    ribbons: tuple[Ribbon, ...] = ()
    unbundled: int = 0
    graticule: tuple[tuple[str, tuple[Position, ...]], ...] = ()
    spans: tuple[tuple[Position, Position], ...] = ()
    viewport: Box | None = None
    pixels: bool = False
    unnamed: tuple[str, ...] = ()
    actors: int = 0
    links: int = 0
    nodes: tuple[int, ...] = ()
