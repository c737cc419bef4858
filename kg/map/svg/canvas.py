"""The mapping from map units to pixels."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.map.svg import label_placement
from kg.map.svg.shapes import Box, DisplayList

MAX_SCALE = 2.0
_MARGIN = 70.0  # pixels for labels outside the outermost points, at most a part of the width
_FULL_SIZE = 900.0  # width of a map from which cities have their full size, pixels
_MIN_SIZE = 0.55  # size of cities on the narrowest map
_YEARS = 30.0  # height of the years above the first band, pixels
_RIBBON_HEIGHT = 0.8  # minimum height of a picture with ribbons, which need room for their texts, over its width


@dataclass(frozen=True, slots=True)
class Canvas:
    """The mapping from map units to pixels.

    Attributes:
        scale: pixels per map unit.
        x, y: the origin, pixels.
        frame: the area of the map, pixels.
        stretch: vertical distances are multiplied by this factor; sizes are not.
    """

    scale: float
    x: float
    y: float
    frame: label_placement.Box
    stretch: float = 1.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a position in map units."""
        return self.x + x * self.scale, self.y + y * self.scale * self.stretch

    @property
    def visible(self) -> Box:
        """The frame in map units: left, top, right and bottom."""
        left, top = (self.frame.x - self.x) / self.scale, (self.frame.y - self.y) / self.scale / self.stretch
        return (
            left,
            top,
            left + self.frame.width / self.scale,
            top + self.frame.height / self.scale / self.stretch,
        )


def fit(drawn: DisplayList, corner: tuple[float, float], wide: float, heights: tuple[float, float]) -> Canvas:
    """Return a canvas `wide` pixels wide and within the minimum and maximum of `heights` that contains all shapes."""
    boxes = [drawn.viewport] if drawn.viewport else list(_extents(drawn))
    left, top = (min(box[axis] for box in boxes) for axis in (0, 1))
    right, low = (max(box[axis] for box in boxes) for axis in (2, 3))
    margin = 0.0 if drawn.viewport else min(_MARGIN, 0.09 * wide)
    across, along = max(right - left, 1e-6), max(low - top, 1e-6)
    most = float("inf") if drawn.pixels else MAX_SCALE
    scale = min((wide - 2 * margin) / across, (heights[1] - margin) / along, most)
    stretch = max((_RIBBON_HEIGHT * wide - margin) / (along * scale), 1.0) if drawn.ribbons else 1.0
    head = _YEARS if drawn.bands and drawn.graticule else 0.0
    frame = label_placement.Box(*corner, wide, max(along * scale * stretch + margin + head, heights[0]))
    x = frame.x + wide / 2 - (left + right) / 2 * scale
    middle = frame.y + (frame.height + head) / 2
    return Canvas(scale, x, middle - (low + top) / 2 * scale * stretch, frame, stretch)


def scale(drawn: DisplayList, canvas: Canvas) -> float:
    """Return the pixels per unit of a size."""
    return min(max(canvas.frame.width / _FULL_SIZE, _MIN_SIZE), 1.0) if drawn.pixels else canvas.scale


def _extents(drawn: DisplayList) -> Iterator[tuple[float, float, float, float]]:
    for point in drawn.points:
        reach = 0.0 if drawn.pixels else point.reach
        yield point.x - reach, point.y - reach, point.x + reach, point.y + reach
    yield from (band.box for band in drawn.bands)
    if drawn.bands:
        yield from ((x, y, x, y) for _, positions in drawn.graticule for x, y in positions)
    if not drawn.points:
        yield -1.0, -1.0, 1.0, 1.0
