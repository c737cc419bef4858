"""Small pictures in pages: bars, intervals of ranks, and an actor between its partners."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from wcwidth import wcswidth

from kg.map.scene.styles import SECTORS
from kg.map.svg.elements import add
from kg.model.display import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.pages.model import ActorPage
    from kg.pages.parts import Standing
    from kg.texts import Text

WIDTH, HEIGHT = 160.0, 12.0
MAX_NEIGHBOURS = 12
MIN_NEIGHBOURS = 3
"""Partners below which there is no picture."""
_STEP, _ASIDE = 34.0, 60.0
"""Height of a partner, and its distance from the middle."""


def bar(share: float) -> str:
    """Return a bar of a share of 1."""
    root = _canvas()
    add(root, "rect", x=0, y=3, width=WIDTH, height=6, fill="var(--rule)")
    add(root, "rect", x=0, y=3, width=round(WIDTH * min(max(share, 0.0), 1.0), 1), height=6, fill="var(--accent)")
    return ET.tostring(root, encoding="unicode")


def interval(standing: Standing) -> str:
    """Return the rank of an actor as a dot, and its interval as a line; the first rank is at the left."""
    root, middle = _canvas(), HEIGHT / 2
    add(root, "line", x1=4, x2=WIDTH - 4, y1=middle, y2=middle, stroke="var(--rule)", stroke_width=1)

    def place(rank: int) -> float:
        return round(4 + (WIDTH - 8) * (rank - 1) / max(standing.of - 1, 1), 1)

    if standing.lower is not None and standing.upper is not None:
        ends = place(standing.lower), place(standing.upper)
        add(root, "line", x1=ends[0], x2=ends[1], y1=middle, y2=middle, stroke="var(--accent)", stroke_width=3)
    add(root, "circle", cx=place(standing.rank), cy=middle, r=3.5, fill="var(--ink)")
    return ET.tostring(root, encoding="unicode")


def _canvas() -> ET.Element:
    attributes = {"class": "chart", "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}", "aria-hidden": "true"}
    return ET.Element("svg", attributes)


def neighbours(page: ActorPage, word: Callable[..., str], text: Callable[[Text], str]) -> str:
    """Return an actor between its partners with most links as an ``<svg>`` element; nothing if there are few.

    The list of partners contains the same.
    """
    listed = [(one, group.sector) for group in page.partners for one in group.listed]
    if len(listed) < MIN_NEIGHBOURS:
        return ""
    chosen = sorted(listed, key=lambda item: (-item[0].links, item[0].ref.path or ""))[:MAX_NEIGHBOURS]
    chosen.sort(key=lambda item: (item[1], -item[0].links, item[0].ref.path or ""))
    left, right = chosen[: len(chosen) // 2], chosen[len(chosen) // 2 :]
    height = len(right) * _STEP
    root = ET.Element("svg", {"viewBox": f"-200 0 400 {height:g}", "role": "img"})
    root.set("aria-label", safe(word("neighbours", name=text(page.head.label))))
    placed = [
        (one, sector, side * _ASIDE, height * (row + 0.5) / len(several))
        for side, several in ((-1, left), (1, right))
        for row, (one, sector) in enumerate(several)
    ]
    for width in sorted({_width(one.links) for one, *_ in placed}):
        ends = ((x, y) for one, _, x, y in placed if _width(one.links) == width)
        lines = "".join(f"M0 {height / 2:g}L{x:g} {y:.0f}" for x, y in ends)
        add(root, "path", d=lines, stroke_width=width)
    for one, sector, x, y in placed:
        add(root, "circle", cx=x, cy=round(y), r=5, **{"class": _sector(sector)})
        lines_of_name = wrapped(safe(text(one.ref.label)), 200 - _ASIDE - 12)
        for number, line in enumerate(lines_of_name):
            top = round(y + 4 + 13 * (number - (len(lines_of_name) - 1) / 2))
            add(root, "text", line, x=x + (10 if x > 0 else -10), y=top, **({} if x > 0 else {"class": "end"}))
    add(root, "circle", cy=height / 2, r=8, **{"class": _sector(page.head.sector)})
    return ET.tostring(root, encoding="unicode")


def width_of(text: str) -> float:
    """Return about the width of a text of 12 units; a Chinese character takes two columns."""
    return 6.6 * max(wcswidth(text), 0)


def shortened(text: str, width: float) -> str:
    """Return a text, or its beginning and an ellipsis if it is wider than `width`."""
    if width_of(text) <= width:
        return text
    end = next(size for size in range(len(text), -1, -1) if width_of(text[:size]) <= width - 6)
    return f"{text[:end].rstrip()}…"


def wrapped(text: str, width: float) -> list[str]:
    """Return a text in one or two lines; the second one ends in an ellipsis if it is too wide."""
    if width_of(text) <= width:
        return [text]
    end = next(size for size in range(len(text), 0, -1) if width_of(text[:size]) <= width)
    space = text.rfind(" ", 0, end + 1)
    first = text[:space] if space > 0 else text[:end]
    return [first, shortened(text[len(first) :].lstrip(), width)]


def _width(links: int) -> int:
    return min(links, 6)


def _sector(sector: str) -> str:
    return sector if sector in SECTORS else "other"
