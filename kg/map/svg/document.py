"""A `Scene` as one static, self-contained picture for reports: SVG, and PNG and PDF rendered from it.

The picture contains what the page shows when it opens: the organisations with the highest scores, their lines, a ring
for unnamed parties, and as many names as fit. It contains shapes and text only, without scripts, style sheets or
external addresses. The SVG of a scene is always the same bytes; the PNG also depends on the installed fonts.
"""

from dataclasses import dataclass, replace
from html import escape
from math import ceil
from xml.etree import ElementTree as ET

from kg import extras
from kg.map.scene.model import Scene
from kg.map.scene.styles import THEMES, Theme
from kg.map.svg import elements, label_placement, render, small_multiples
from kg.map.svg import legend as svg_legend
from kg.map.svg import pdf as svg_pdf
from kg.map.svg import text as svg_text
from kg.map.svg.canvas import Canvas, fit
from kg.map.svg.cropping import cropped
from kg.map.svg.display_list import display_list
from kg.map.svg.headline import heading
from kg.map.svg.shapes import DisplayList
from kg.texts import Message, Text

FONTS = (
    "Segoe UI, Roboto, PingFang SC, Microsoft YaHei, Noto Sans, Noto Sans CJK SC, Noto Sans SC, DejaVu Sans, sans-serif"
)

_EDGE, _NARROW_EDGE = 40.0, 14.0  # margin of the picture, pixels
_SIDE = 290.0  # width of the legend
_TITLE, _SMALL = 26.0, 15.0  # font sizes
_NARROW = 1000.0  # width below which the legend is under the map, pixels
_TALLEST = 4.0  # maximum height of the timeline of a slim picture over its width
_POINTS = 0.5625
"""Points of print per pixel of a picture with a width in millimetres: its smallest text has 5.9 points."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The measures of a picture in pixels, and its width as a length of CSS."""

    width: float
    length: str

    @property
    def is_narrow(self) -> bool:
        return self.width < _NARROW

    @property
    def edge(self) -> float:
        return _NARROW_EDGE if self.is_narrow else _EDGE

    @property
    def map_width(self) -> float:
        return self.width - 2 * self.edge - (0.0 if self.is_narrow else _SIDE)

    @property
    def heights(self) -> tuple[float, float]:
        """Minimum and maximum height of the map."""
        return 0.52 * self.map_width, 1.0 * self.map_width

    @property
    def title(self) -> float:
        return 0.65 * _TITLE if self.is_narrow else _TITLE

    @property
    def small(self) -> float:
        return 0.8 * _SMALL if self.is_narrow else _SMALL


def _sheet(scene: Scene) -> _Sheet:
    if scene.width is None:
        return _Sheet(1600.0, "1600")
    return _Sheet(round(scene.width / 25.4 * 72 / _POINTS), f"{scene.width}mm")


def svg(scene: Scene) -> str:
    """Return the picture of the scene's initial view and theme, to be written as UTF-8."""
    root, _ = _picture(scene)
    return ET.tostring(root, encoding="unicode") + "\n"


def pdf(scene: Scene) -> bytes:
    """Return the picture as a PDF of one page of its size."""
    root, sheet = _picture(scene)
    height = f"{float(root.get('height', '0').removesuffix('mm')):g}{'mm' if scene.width else 'px'}"
    width = sheet.length if scene.width else f"{sheet.length}px"
    text = ET.tostring(root, encoding="unicode")
    return svg_pdf.picture(text, width, height, scene.lang, escape(root.findtext("title") or ""))


def _picture(scene: Scene) -> tuple[ET.Element, _Sheet]:
    """Return the picture as an element, and its sheet."""
    sheet, theme = _sheet(scene), THEMES[scene.theme or "light"]
    if scene.ground:
        theme = replace(theme, ground="#ffffff")
    drawn = display_list(scene, scene.initial_view)
    heads = _heads(scene, drawn, theme, sheet)
    top = sheet.edge + sum(size * 1.35 for _, size, _ in heads) + 16
    body = ET.Element("g")
    heights = (0.0, _TALLEST * sheet.map_width) if scene.is_slim and drawn.view == "timeline" else sheet.heights
    canvas = fit(drawn, (sheet.edge, top), sheet.map_width, heights)
    drawn = cropped(drawn, canvas.visible) if drawn.viewport else drawn
    end_of_map, unnamed = _body(body, scene, drawn, canvas, theme)
    drawn, ends = replace(drawn, unnamed=unnamed), [end_of_map]
    legend = ET.Element("g")
    beside = (sheet.width - sheet.edge - _SIDE + 20, top + 10, _SIDE - 20)
    below = (sheet.edge, ends[0] + 10, sheet.map_width)
    if sheet.is_narrow:
        ends.append(svg_legend.below(legend, scene, drawn, below, theme))
    else:
        ends.append(svg_legend.beside(legend, scene, drawn, beside, theme))
    end = float(ceil(max(ends) + sheet.edge))
    root = ET.Element("svg", _root(sheet, end, scene.lang))
    elements.add(root, "title", " ".join(text for text, size, _ in heads if size == sheet.title))
    elements.add(root, "desc", " ".join(text for text, size, _ in heads if size != sheet.title))
    if scene.ground != "transparent":
        elements.add(root, "rect", width=sheet.width, height=end, fill=theme.ground)
    y = sheet.edge
    for text, size, ink in heads:
        y += size * 1.35
        weight = 650 if size == sheet.title else 400
        elements.add(root, "text", text, x=sheet.edge, y=y - size * 0.35, font_size=size, font_weight=weight, fill=ink)
    root.extend([body, legend])
    return root, sheet


def png(scene: Scene) -> bytes:
    """Return the picture as PNG in the installed fonts: two pixels per unit of the SVG, or 300 per inch of print."""
    resvg = extras.load("resvg_py", "png")
    root, sheet = _picture(scene)
    _, _, width, height = root.get("viewBox", "").split()
    root.attrib.update(width=width, height=height)  # resvg reads no millimetres
    zoom = 2.0 if scene.width is None else round(scene.width / 25.4 * 300 / sheet.width, 3)
    text = ET.tostring(root, encoding="unicode")
    return bytes(resvg.svg_to_bytes(svg_string=text, zoom=zoom, languages=[scene.lang], font_family="sans-serif"))


def _body(
    group: ET.Element, scene: Scene, drawn: DisplayList, canvas: Canvas, theme: Theme
) -> tuple[float, tuple[str, ...]]:
    """Draw the view left of the legend, or above it; return its lower edge, and the cities without a label."""
    frame = canvas.frame
    if scene.initial_view == "years":
        return small_multiples.add(group, scene, drawn, (frame.x, frame.y, frame.width), theme), ()
    unnamed = render.paint(group, drawn, canvas, theme)
    if not drawn.points:
        at = {"x": frame.x + frame.width / 2, "y": frame.y + frame.height / 2}
        elements.add(group, "text", svg_text.word(scene, "empty"), text_anchor="middle", fill=theme.muted, **at)
    return frame.y + frame.height, unnamed


def _root(sheet: _Sheet, height: float, lang: str) -> dict[str, str]:
    box = f"0 0 {elements.number(sheet.width)} {elements.number(height)}"
    length = elements.number(height)
    if sheet.length.endswith("mm"):
        length = f"{elements.number(round(height * _POINTS / 72 * 25.4, 1))}mm"
    attributes = {"xml:lang": "zh-Hans" if lang == "zh" else "en", "role": "img", "font-family": FONTS}
    return {"xmlns": elements.NAMESPACE, "width": sheet.length, "height": length, "viewBox": box, **attributes}


def _heads(scene: Scene, drawn: DisplayList, theme: Theme, sheet: _Sheet) -> list[tuple[str, float, str]]:
    """Return the rows above the map as text, font size and colour."""
    subtitle = svg_text.text(scene, scene.subtitle)
    if drawn.actors < len(scene.nodes):
        subtitle += " · " + svg_text.visible(scene, drawn.actors, drawn.links)
    wide = sheet.width - 2 * sheet.edge
    title = svg_text.text(scene, heading(scene, drawn))
    if title != svg_text.text(scene, scene.title):
        subtitle = svg_text.text(
            scene, Message("{title}. {counts}", title=scene.title, counts=Text(subtitle, subtitle))
        )
    heads = [(row, sheet.title, theme.ink) for row in label_placement.wrapped(title, wide, sheet.title)]
    return heads + [(row, sheet.small, theme.muted) for row in label_placement.wrapped(subtitle, wide, sheet.small)]
