"""Small pictures in pages: bars, intervals of ranks, and an actor with its partners."""

from __future__ import annotations

from math import cos, pi, sin
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
_NAME = 24
"""Columns of a name beside a partner; a Chinese character takes two."""


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
    """Return an actor among its partners with most links as an ``<svg>`` element; nothing if there are few.

    The list of partners contains the same.
    """
    listed = [(one, group.sector) for group in page.partners for one in group.listed]
    if len(listed) < MIN_NEIGHBOURS:
        return ""
    chosen = sorted(listed, key=lambda item: (-item[0].links, item[0].ref.path or ""))[:MAX_NEIGHBOURS]
    chosen.sort(key=lambda item: (item[1], -item[0].links, item[0].ref.path or ""))
    root = ET.Element("svg", {"viewBox": "-260 -125 520 250", "role": "img"})
    root.set("aria-label", safe(word("neighbours", name=text(page.head.label))))
    angles = (2 * pi * (place + 0.5) / len(chosen) - pi / 2 for place in range(len(chosen)))
    places = [(cos(angle), sin(angle)) for angle in angles]
    for width in sorted({_width(one.links) for one, _ in chosen}):
        ends = (place for (one, _), place in zip(chosen, places, strict=True) if _width(one.links) == width)
        add(root, "path", d="".join(f"M0 0L{x * 120:.0f} {y * 100:.0f}" for x, y in ends), stroke_width=width)
    for (one, sector), (x, y) in zip(chosen, places, strict=True):
        add(root, "circle", cx=round(x * 120), cy=round(y * 100), r=5, **{"class": _sector(sector)})
        name = safe(text(one.ref.label))
        shown = name if wcswidth(name) <= _NAME else f"{_cut(name)}…"
        add(root, "text", shown, x=round(x * 130), y=round(y * 108 + 4), **({} if x > 0 else {"class": "end"}))
    add(root, "circle", r=8, **{"class": _sector(page.head.sector)})
    return ET.tostring(root, encoding="unicode")


def _cut(name: str) -> str:
    """Return the beginning of a name that fits."""
    return next(name[:size] for size in range(min(len(name), _NAME), -1, -1) if wcswidth(name[:size]) < _NAME)


def _width(links: int) -> int:
    return min(links, 6)


def _sector(sector: str) -> str:
    return sector if sector in SECTORS else "other"
