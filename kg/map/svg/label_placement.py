"""Names on a drawing that nobody can zoom: how wide they are, taken roughly, and where each finds a free place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, east_asian_width

_NARROW = frozenset("ijl.,:;'|!I ()[]/-ftr\u2019")
_BROAD = frozenset("mwMW@%&")
_EMS = {"narrow": 0.42, "broad": 0.98, "small": 0.63, "large": 0.76, "wide": 1.0}
_LINE = 1.2  # height of a row over the size of its letters


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y downwards."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        """Whether the two cover a place in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies within."""
        return (
            other.x >= self.x
            and other.y >= self.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that wants a place near a point.

    Attributes:
        key: whose name it is.
        rows: what is written; size: of the letters, pixels.
        x, y, away: the point, and how far from it the name must stay.
        sure: it may cover other points where it must.
    """

    key: int
    rows: tuple[str, ...]
    size: float
    x: float
    y: float
    away: float
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A name that found its place."""

    wish: Wish
    box: Box


def width(text: str, size: float) -> float:
    """About how many pixels `text` takes in letters of `size`, rather more than less for any common face."""
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
    """`text` in rows of at most `limit` pixels, broken between words or before any character of a wide script."""
    rows: list[str] = []
    for part, space in _parts(text):
        longer = f"{rows[-1]}{space}{part}" if rows else part
        if rows and width(longer, size) <= limit:
            rows[-1] = longer
        else:
            rows.append(part)
    return tuple(rows)


def _parts(text: str) -> Iterable[tuple[str, str]]:
    """The pieces between which a row may end, each with what stands before it in a row."""
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


def placed(wishes: Sequence[Wish], points: Sequence[Box], frame: Box, taken: Sequence[Box] = ()) -> list[Written]:
    """The names that find a free place in the frame, earlier ones first; none covers another or what is `taken`.

    Of the four places around a point (below, above, right, left) a name takes the one that covers the fewest of
    `points`; unless it is sure it may cover none but those within its own.
    """
    covered, found = list(taken), []
    for wish in wishes:
        box = _free(wish, points, frame, covered)
        if box is not None:
            covered.append(box)
            found.append(Written(wish, box))
    return found


def _free(wish: Wish, points: Sequence[Box], frame: Box, covered: Sequence[Box]) -> Box | None:
    wide = max(width(row, wish.size) for row in wish.rows) + 4
    high = len(wish.rows) * wish.size * _LINE + 2
    near = Box(wish.x - wish.away, wish.y - wish.away, 2 * wish.away, 2 * wish.away)
    corners = (
        (-wide / 2, wish.away),
        (-wide / 2, -wish.away - high),
        (wish.away, -high / 2),
        (-wish.away - wide, -high / 2),
    )
    best, fewest = None, float("inf") if wish.sure else 1.0
    for dx, dy in corners:
        box = Box(wish.x + dx, wish.y + dy, wide, high)
        if not frame.holds(box) or any(box.meets(other) for other in covered):
            continue
        count = float(sum(box.meets(point) and not near.holds(point) for point in points))
        if count < fewest:
            best, fewest = box, count
    return best
