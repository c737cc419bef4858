"""Text placement for static pictures: estimate the width of a text and find it a free position."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, sqrt
from unicodedata import combining, east_asian_width

_NARROW = frozenset("ijl.,:;'|!I ()[]/-ftr\u2019")
_BROAD = frozenset("mwMW@%&")
_CLOSING, _OPENING = frozenset("，。；：、！？）》」』”’％"), frozenset("（《「『“‘")  # neither begins nor ends a row
_EMS = {"narrow": 0.42, "broad": 0.98, "small": 0.63, "large": 0.76, "wide": 1.0}
_LINE_HEIGHT = 1.2  # over the font size
_LEADERS = (8.0, 16.0, 26.0, 38.0, 52.0, 70.0, 92.0, 118.0, 150.0, 190.0, 240.0)  # lengths of leader lines, pixels
_QUARTER = ((2, 1), (1, 2), (1, 0), (0, 1), (5, 1), (5, 4), (1, 5))
_SLOPES = dict.fromkeys((dx * right, dy * down) for dx, dy in _QUARTER for right in (1, -1) for down in (1, -1))
_DIRECTIONS = tuple((dx / sqrt(dx * dx + dy * dy), dy / sqrt(dx * dx + dy * dy)) for dx, dy in _SLOPES)
_SAME = 1e-6  # distance below which two positions are the same, pixels
_DOT = 3.0  # size of the squares along a leader line by which it is checked, pixels

Position = tuple[float, float]


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

    def is_around(self, x: float, y: float) -> bool:
        """Return whether a point is the centre of this rectangle."""
        return abs(self.x + self.width / 2 - x) < _SAME and abs(self.y + self.height / 2 - y) < _SAME

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
        leader: maximum length of a line from the point to the label if no position beside the point is free, pixels.
    """

    rows: tuple[str, ...]
    size: float
    x: float
    y: float
    distance: float
    required: bool = False
    leader: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with its position, and the ends of its leader line if it has one."""

    request: LabelRequest
    box: Box
    leader: tuple[Position, Position] | None = None


def width(text: str, size: float) -> float:
    """Return the estimated width of `text` in pixels; an upper bound for the usual fonts at font size `size`."""
    return sum(map(_em, text)) * size


@cache
def _em(letter: str) -> float:
    if combining(letter):
        return 0.0
    if _is_wide(letter):
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
            ends = piece and (letter not in _CLOSING) and (_is_wide(letter) or _is_wide(piece[-1]))
            if ends and piece[-1] not in _OPENING:
                yield piece, space
                piece, space = "", ""
            piece += letter
        yield piece, space


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"


def place(
    requests: Sequence[LabelRequest], points: Sequence[Box], frame: Box, occupied: Sequence[Box] = ()
) -> list[PlacedLabel]:
    """Place the labels in `frame` in order of priority; no label overlaps another one or an `occupied` area.

    A label goes beside its point, where it covers none of the `points`. Otherwise it goes to the end of a leader line.
    A required label may also cover other points than those of required labels; another one is dropped.
    """
    covered, dots, placed = list(occupied), list[Box](), list[PlacedLabel]()
    centres = [Box(request.x - 1, request.y - 1, 2, 2) for request in requests if request.required]
    for request in requests:
        reserved = [centre for centre in centres if not centre.is_around(request.x, request.y)]
        label = _label(request, points, frame, ([*covered, *reserved], dots, occupied))
        if label is not None:
            covered.append(label.box)
            dots.extend(_dots(*label.leader) if label.leader else ())
            placed.append(label)
    return placed


def _label(
    request: LabelRequest, points: Sequence[Box], frame: Box, drawn: tuple[Sequence[Box], Sequence[Box], Sequence[Box]]
) -> PlacedLabel | None:
    """Return the label at its best free position, or ``None``; `drawn` are texts, leader lines and fixed texts."""
    x, y = request.x, request.y
    reach = _reach(request)
    others = [point for point in points if reach.overlaps(point) and not point.is_around(x, y)]
    texts, dots, fixed = ([box for box in boxes if reach.overlaps(box)] for boxes in drawn)
    best, fewest = None, float("inf")
    for box in _beside(request):
        if frame.contains(box) and not any(box.overlaps(other) for other in (*texts, *dots)):
            count = float(sum(box.overlaps(point) for point in others))
            if count < fewest:
                best, fewest = box, count
    if best is not None and not fewest:
        return PlacedLabel(request, best)
    centre = Box(x, y, 0.01, 0.01)
    outside = [point for point in others if not point.overlaps(centre)]
    taken = [*texts, *dots, *others]
    led = _led(request, taken, [*texts, *dots, *outside], frame)
    if led or not request.required:
        return led
    led = _led(request, taken, [*texts, *dots], frame)
    if led:
        return led
    if best is not None:
        return PlacedLabel(request, best)
    return _led(request, taken, texts, frame) or _led(request, taken, fixed, frame)


def _measures(request: LabelRequest) -> tuple[float, float]:
    """Return the width and the height of a label."""
    wide = max(width(row, request.size) for row in request.rows) + 4
    return wide, len(request.rows) * request.size * _LINE_HEIGHT + 2


def _reach(request: LabelRequest) -> Box:
    """Return an area that contains each position of a label and its leader line; boxes outside cannot matter."""
    wide, high = _measures(request)
    far = request.distance + request.leader + _DOT
    return Box(request.x - far - wide, request.y - far - high, 2 * (far + wide), 2 * (far + high))


def _beside(request: LabelRequest) -> Iterable[Box]:
    """Yield the positions below, above, right and left of the point, and at its corners."""
    wide, high = _measures(request)
    distance, corner = request.distance, request.distance * 0.7
    offsets = (
        (-wide / 2, distance),
        (-wide / 2, -distance - high),
        (distance, -high / 2),
        (-distance - wide, -high / 2),
        (corner, corner - high * 0.2),
        (corner, -corner - high * 0.8),
        (-corner - wide, corner - high * 0.2),
        (-corner - wide, -corner - high * 0.8),
    )
    for dx, dy in offsets:
        yield Box(request.x + dx, request.y + dy, wide, high)


def _led(request: LabelRequest, taken: Sequence[Box], obstacles: Sequence[Box], frame: Box) -> PlacedLabel | None:
    """Return the label outside `taken` at the end of the shortest leader line that crosses no obstacle, or ``None``."""
    wide, high = _measures(request)
    x, y, radius = request.x, request.y, max(request.distance - 2, 0.0)
    for length in (length for length in _LEADERS if length <= request.leader):
        for dx, dy in _DIRECTIONS:
            end = x + (radius + length) * dx, y + (radius + length) * dy
            box = Box(end[0] + (dx - 1) * wide / 2, end[1] + (dy - 1) * high / 2, wide, high)
            if not frame.contains(box) or any(box.overlaps(other) for other in taken):
                continue
            start = x + radius * dx, y + radius * dy
            if not any(dot.overlaps(other) for dot in _dots(start, end) for other in obstacles):
                return PlacedLabel(request, box, (start, end))
    return None


def _dots(start: Position, end: Position) -> list[Box]:
    """Return squares along a line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    steps = max(ceil(sqrt(dx * dx + dy * dy) / _DOT), 1)
    half = _DOT / 2
    return [Box(start[0] + dx * k / steps - half, start[1] + dy * k / steps - half, _DOT, _DOT) for k in range(steps)]
