"""Colours and shapes of sectors and kinds of actor, and the two themes.

The five colours are distinguishable with normal sight and with each of the three dichromacies (Machado, Oliveira &
Fernandes 2009, IEEE TVCG 15(6), doi 10.1109/TVCG.2009.113, severity 1). Their contrast with the ground is at least 3:1
(WCAG 2.2, 1.4.11). Each colour has its own shape, so that no difference is shown by colour alone.
"""

from dataclasses import dataclass, fields
from importlib.resources import files
from math import pi, sin, sqrt


@dataclass(frozen=True, slots=True)
class Style:
    """The style of one kind of actor.

    Attributes:
        name: name of the colour: a sector, or "other".
        shape: a shape of vis-network without a label inside.
        light, dark: colour in the light and the dark theme, ``#rrggbb``.
        hollow: only the outline is coloured.
        path: the shape as an SVG path in a box of 18 by 18, for the legend.
    """

    name: str
    shape: str
    light: str
    dark: str
    hollow: bool
    path: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a page or picture.

    Attributes:
        ground, raised, soft: the background, panels on it, and boxes in panels.
        ink, muted: text and secondary text.
        accent: the choice of the reader, and cities.
        edge, rule: lines of the network, and separators.
    """

    name: str
    ground: str
    raised: str
    soft: str
    ink: str
    muted: str
    accent: str
    edge: str
    rule: str

    def colour(self, style: Style) -> str:
        """Return the colour of a kind of actor."""
        return {"light": style.light, "dark": style.dark}.get(self.name) or f"var(--{style.name})"


_SHADES = tuple(field.name for field in fields(Theme) if field.name != "name")
LIGHT = Theme("light", "#fbfaf7", "#ffffff", "#eef2f8", "#1d2433", "#545e70", "#1b4f93", "#7c8799", "#e2e0d9")
DARK = Theme("dark", "#14171c", "#1c2027", "#252b35", "#e8ebf0", "#a7b0be", "#8fbcff", "#8a94a5", "#2e343e")
OF_PAGE = Theme("page", *(f"var(--{shade})" for shade in _SHADES))
"""The theme of the page that contains a picture, as CSS variables."""
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

_COLOURS = {
    "university": ("#1f5aa6", "#4e8fe0"),
    "firm": ("#d07a00", "#f0a63a"),
    "government": ("#a3195b", "#d0588f"),
    "institute": ("#1b9e85", "#5ad6ba"),
    "intermediary": ("#8c7ae6", "#c8bdf7"),
}
_OTHER = ("#667085", "#98a2b3")
_SHAPES = {"university": "dot", "firm": "square", "government": "triangle", "institute": "diamond"}
_KIND_SHAPES = {"Alliance": "star", "Association": "triangleDown", "Unit": "hexagon"}
_HOLLOW = frozenset({"VocationalCollege"})
_PATHS = {
    "dot": "M9 3a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
    "square": "M4 4h10v10h-10z",
    "triangle": "M9 2.5l7 12h-14z",
    "triangleDown": "M9 15.5l7-12h-14z",
    "diamond": "M9 1.5l7.5 7.5l-7.5 7.5l-7.5-7.5z",
    "star": "M9 1l2.1 5.1l5.5.4l-4.2 3.6l1.3 5.4l-4.7-2.9l-4.7 2.9l1.3-5.4l-4.2-3.6l5.5-.4z",
    "hexagon": "M2 9l3.5-6h7l3.5 6l-3.5 6h-7z",
}

SECTORS = tuple(_COLOURS)
"""The sectors in the order of the legend."""

_AREA_OF_RADIUS_ONE = {
    "dot": pi,
    "square": 4.0,
    "triangle": sqrt(3) / 4 * 2.3**2,
    "triangleDown": sqrt(3) / 4 * 2.3**2,
    "diamond": 2.0,
    "star": 5 * (0.82 * 1.3) * (0.82 * 0.5) * sin(pi / 5),
    "hexagon": sqrt(27) / 2,
}
"""The area of each shape at size 1, derived from the code of vis-network 9.1."""


def style_of(kind: str, sector: str) -> Style:
    """Return the style of an actor of class `kind` in `sector`; unknown sectors are grey discs."""
    light, dark = _COLOURS.get(sector, _OTHER)
    shape = _KIND_SHAPES.get(kind) or _SHAPES.get(sector, "dot")
    name = sector if sector in _COLOURS else "other"
    return Style(name, shape, light, dark, hollow=kind in _HOLLOW, path=_PATHS[shape])


def base() -> str:
    """Return the first CSS rules of each page: colours of themes and sectors as variables, and common rules.

    The attribute ``data-theme`` of the root selects the theme. Without it a screen uses the theme of the system, and
    paper the light theme.
    """
    sector_styles = [style_of("", sector) for sector in (*SECTORS, "")]

    def rules(theme: Theme) -> str:
        shades = "".join(f"--{shade}:{getattr(theme, shade)};" for shade in _SHADES)
        sectors = "".join(f"--{style.name}:{theme.colour(style)};" for style in sector_styles)
        return f"{shades}{sectors}color-scheme:{theme.name}"

    system = f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{rules(DARK)}}}}}"
    own = files("kg.map.html").joinpath("style/base.css").read_text(encoding="utf-8")
    return f":root{{{rules(LIGHT)}}}\n{system}\n:root[data-theme=dark]{{{rules(DARK)}}}\n{own}"


def unit_area(shape: str) -> float:
    """Return the area of `shape` at vis-network size 1, square map units."""
    return _AREA_OF_RADIUS_ONE[shape]


def radius(shape: str, area: float) -> float:
    """Return the vis-network size at which `shape` has `area` (square map units); a disc has pi r^2 = area."""
    return sqrt(area / _AREA_OF_RADIUS_ONE[shape])


def ring_radius(size: float, unnamed: int) -> float:
    """Return the radius of the ring around a point, map units; it grows with the number of dashes."""
    return round(size * 1.1 + 6 + min(unnamed, MAX_DASHES) / 9, 1)


MAX_DASHES = 72
"""Maximum number of dashes in a ring; the number beside it is exact."""

SIGNS = {
    "size": "M5 9a2 2 0 1 1 0 4a2 2 0 1 1 0-4zM12.5 4a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z",
    "hyperedge": "M9 7.5a1.5 1.5 0 1 1 0 3a1.5 1.5 0 1 1 0-3zM9 9L2 3M9 9L16 3M9 9L2 15M9 9L16 15",
    "city": "M9 3.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
    "dot": "M9 5.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z",
    "bar": "M2 6.5h14v5h-14z",
    "ring": "M9 2.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13",
}
"""Signs of the legend beside the kinds of actor, as SVG paths in a box of 18 by 18."""

LEAST_SHARE = 0.02
"""Share of the links below which two sectors have no ribbon in the view by sector."""
