"""Text placement for static pictures: estimate the width of a text and find it a free position."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, east_asian_width

_NARROW = frozenset("ijl.,:;'|!I ()[]/-ftr\u2019")
_BROAD = frozenset("mwMW@%&")
_EMS = {"narrow": 0.42, "broad": 0.98, "small": 0.63, "large": 0.76, "wide": 1.0}
_LINE_HEIGHT = 1.2  # over the font size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y downwards."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Return whether the two rectangles have an area in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def contains(self, other: "Box") -> bool:
        """Return whether `other` lies within this rectangle."""
        return (
            other.x >= self.x
            and other.y >= self.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """A label to place near a point.

    Attributes:
        rows: the rows of text.
        size: font size, pixels.
        x, y: the point, pixels.
        distance: minimum distance between the point and the label, pixels.
        required: the label may cover other points if no position is free of them.
    """

    rows: tuple[str, ...]
    size: float
    x: float
    y: float
    distance: float
    required: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with its position."""

    request: LabelRequest
    box: Box


def width(text: str, size: float) -> float:
    """Return the estimated width of `text` in pixels; an upper bound for the usual fonts at font size `size`."""
    return sum(map(_em, text)) * size


@cache
def _em(letter: str) -> float:
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WF":
        return _EMS["wide"]
    if letter in _NARROW:
        return _EMS["narrow"]
    if letter in _BROAD:
        return _EMS["broad"]
    return _EMS["large"] if letter.isupper() else _EMS["small"]


def wrapped(text: str, limit: float, size: float) -> tuple[str, ...]:
    """Return `text` in rows of at most `limit` pixels, broken between words or before a wide character."""
    rows: list[str] = []
    for part, space in _parts(text):
        longer = f"{rows[-1]}{space}{part}" if rows else part
        if rows and width(longer, size) <= limit:
            rows[-1] = longer
        else:
            rows.append(part)
    return tuple(rows)


def _parts(text: str) -> Iterable[tuple[str, str]]:
    """Yield the unbreakable pieces of `text`, each with the space before it."""
    for word in text.split():
        piece, space = "", " "
        for letter in word:
            if east_asian_width(letter) in "WF":
                if piece:
                    yield piece, space
                    piece, space = "", ""
                yield letter, space
                space = ""
            else:
                piece += letter
        if piece:
            yield piece, space


def place(
    requests: Sequence[LabelRequest], points: Sequence[Box], frame: Box, occupied: Sequence[Box] = ()
) -> list[PlacedLabel]:
    """Place the labels in `frame` in order of priority; no label overlaps another one or an `occupied` area.

    A label goes below, above, right or left of its point, where it covers the fewest `points`. A label that is
    not required is dropped if every position covers a point outside its own.
    """
    covered, placed = list(occupied), []
    for request in requests:
        box = _free_box(request, points, frame, covered)
        if box is not None:
            covered.append(box)
            placed.append(PlacedLabel(request, box))
    return placed


def _free_box(request: LabelRequest, points: Sequence[Box], frame: Box, covered: Sequence[Box]) -> Box | None:
    wide = max(width(row, request.size) for row in request.rows) + 4
    high = len(request.rows) * request.size * _LINE_HEIGHT + 2
    distance = request.distance
    own_point = Box(request.x - distance, request.y - distance, 2 * distance, 2 * distance)
    offsets = (
        (-wide / 2, distance),
        (-wide / 2, -distance - high),
        (distance, -high / 2),
        (-distance - wide, -high / 2),
    )
    best, fewest = None, float("inf") if request.required else 1.0
    for dx, dy in offsets:
        box = Box(request.x + dx, request.y + dy, wide, high)
        if not frame.contains(box) or any(box.overlaps(other) for other in covered):
            continue
        count = float(sum(box.overlaps(point) and not own_point.contains(point) for point in points))
        if count < fewest:
            best, fewest = box, count
    return best
