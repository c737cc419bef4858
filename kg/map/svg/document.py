"""A `Scene` as one static, self-contained picture for reports: SVG, and PNG rendered from it.

The picture contains what the page shows when it opens: the organisations with the highest scores, their lines, a ring
for unnamed parties, and as many names as fit. It contains shapes and text only, without scripts, style sheets or
external addresses. The SVG of a scene is always the same bytes; the PNG also depends on the installed fonts.
"""

from xml.etree import ElementTree as ET

from kg import extras
from kg.map.scene.model import Scene
from kg.map.scene.styles import THEMES, Theme
from kg.map.svg import elements, label_placement, render, small_multiples
from kg.map.svg import legend as svg_legend
from kg.map.svg import text as svg_text
from kg.map.svg.display_list import DisplayList, display_list

FONTS = (
    "Segoe UI, Roboto, PingFang SC, Microsoft YaHei, Noto Sans, Noto Sans CJK SC, Noto Sans SC, DejaVu Sans, sans-serif"
)

_WIDTH = 1600.0
_EDGE = 40.0  # margin of the picture, pixels
_SIDE = 290.0  # width of the legend
_HEIGHTS = 640.0, 1240.0  # minimum and maximum height of the map
_TITLE, _SMALL = 26.0, 15.0  # font sizes


def svg(scene: Scene) -> str:
    """Return the picture of the scene's initial view and theme, to be written as UTF-8."""
    theme, drawn = THEMES[scene.theme or "light"], display_list(scene, scene.initial_view)
    heads = _heads(scene, drawn, theme)
    top = _EDGE + sum(size * 1.35 for _, size, _ in heads) + 16
    body = ET.Element("g")
    ends = [_body(body, scene, drawn, top, theme)]
    legend = ET.Element("g")
    ends.append(svg_legend.add(legend, scene, drawn, (_WIDTH - _EDGE - _SIDE + 20, top + 10), theme))
    end = max(ends) + _EDGE
    root = ET.Element("svg", _root(end, scene.lang))
    elements.add(root, "title", svg_text.text(scene, scene.title))
    elements.add(root, "desc", " ".join(text for text, size, _ in heads if size != _TITLE))
    elements.add(root, "rect", width=_WIDTH, height=end, fill=theme.ground)
    y = _EDGE
    for text, size, ink in heads:
        y += size * 1.35
        weight = 650 if size == _TITLE else 400
        elements.add(root, "text", text, x=_EDGE, y=y - size * 0.35, font_size=size, font_weight=weight, fill=ink)
    root.extend([body, legend])
    return ET.tostring(root, encoding="unicode") + "\n"


def png(scene: Scene) -> bytes:
    """Return the picture as PNG at two pixels per unit of the SVG, in the installed fonts."""
    resvg = extras.load("resvg_py", "png")
    return bytes(resvg.svg_to_bytes(svg_string=svg(scene), zoom=2, languages=[scene.lang], font_family="sans-serif"))


def _body(group: ET.Element, scene: Scene, drawn: DisplayList, top: float, theme: Theme) -> float:
    """Draw the view left of the legend and return its lower edge."""
    wide = _WIDTH - 2 * _EDGE - _SIDE
    if scene.initial_view == "years":
        return small_multiples.add(group, scene, drawn, (_EDGE, top, wide), theme)
    canvas = render.fit(drawn, (_EDGE, top), wide, _HEIGHTS)
    render.paint(group, drawn, canvas, theme)
    frame = canvas.frame
    if not drawn.points:
        at = {"x": frame.x + frame.width / 2, "y": frame.y + frame.height / 2}
        elements.add(group, "text", svg_text.word(scene, "empty"), text_anchor="middle", fill=theme.muted, **at)
    return frame.y + frame.height


def _root(height: float, lang: str) -> dict[str, str]:
    size = {"width": elements.number(_WIDTH), "height": elements.number(height)}
    box = f"0 0 {size['width']} {size['height']}"
    attributes = {"xml:lang": "zh-Hans" if lang == "zh" else "en", "role": "img", "font-family": FONTS}
    return {"xmlns": elements.NAMESPACE, **size, "viewBox": box, **attributes}


def _heads(scene: Scene, drawn: DisplayList, theme: Theme) -> list[tuple[str, float, str]]:
    """Return the rows above the map as text, font size and colour."""
    subtitle = svg_text.text(scene, scene.subtitle)
    if drawn.actors < len(scene.nodes):
        subtitle += " · " + svg_text.visible(scene, drawn.actors, drawn.links)
    wide = _WIDTH - 2 * _EDGE
    title = svg_text.text(scene, scene.title)
    heads = [(row, _TITLE, theme.ink) for row in label_placement.wrapped(title, wide, _TITLE)]
    return heads + [(row, _SMALL, theme.muted) for row in label_placement.wrapped(subtitle, wide, _SMALL)]
