"""A `Scene` as one picture that stands still, for reports: an SVG that holds everything it needs, and its PNG.

It shows what the page opens with in one of its views: the organisations of the highest score, their lines, rings for
those that are counted and not named, and as many names as find a free place. There is nothing in it but shapes and
text: no script, no style sheet, no address that could be asked. The same scene gives the same bytes of SVG; those of
the PNG depend on the faces that the machine has, too.
"""

from xml.etree import ElementTree as ET

import resvg_py

from kg.map.scene.model import Scene
from kg.map.scene.styles import THEMES, Theme
from kg.map.svg import elements, label_placement, render, small_multiples
from kg.map.svg import legend as svg_legend
from kg.map.svg import text as svg_text
from kg.map.svg.display_list import Plan, plan

FACES = (
    "Segoe UI, Roboto, PingFang SC, Microsoft YaHei, Noto Sans, Noto Sans CJK SC, Noto Sans SC, DejaVu Sans, sans-serif"
)

_WIDTH = 1600.0
_EDGE = 40.0  # pixels free around everything
_SIDE = 290.0  # width of the legend
_HEIGHTS = 640.0, 1240.0  # of the map, at least and at most
_TITLE, _SMALL = 26.0, 15.0  # sizes of letters


def svg(scene: Scene) -> str:
    """The picture of the view and in the theme that the scene opens with, to be written as UTF-8."""
    theme, shown = THEMES[scene.theme or "light"], plan(scene, scene.initial_view)
    heads = _heads(scene, shown, theme)
    top = _EDGE + sum(size * 1.35 for _, size, _ in heads) + 16
    body = ET.Element("g")
    ends = [_body(body, scene, shown, top, theme)]
    legend = ET.Element("g")
    ends.append(svg_legend.add(legend, scene, shown, (_WIDTH - _EDGE - _SIDE + 20, top + 10), theme))
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
    """The picture as PNG, two pixels for each of the SVG; letters are those of the faces that the machine has."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg(scene), zoom=2, languages=[scene.lang], font_family="sans-serif"))


def _body(group: ET.Element, scene: Scene, shown: Plan, top: float, theme: Theme) -> float:
    """The view itself, beside the legend; returns where it ends."""
    wide = _WIDTH - 2 * _EDGE - _SIDE
    if scene.initial_view == "years":
        return small_multiples.add(group, scene, shown, (_EDGE, top, wide), theme)
    sheet = render.fitted(shown, (_EDGE, top), wide, _HEIGHTS)
    render.paint(group, shown, sheet, theme)
    frame = sheet.frame
    if not shown.spots:
        at = {"x": frame.x + frame.width / 2, "y": frame.y + frame.height / 2}
        elements.add(group, "text", svg_text.word(scene, "empty"), text_anchor="middle", fill=theme.muted, **at)
    return frame.y + frame.height


def _root(height: float, lang: str) -> dict[str, str]:
    size = {"width": elements.number(_WIDTH), "height": elements.number(height)}
    box = f"0 0 {size['width']} {size['height']}"
    told = {"xml:lang": "zh-Hans" if lang == "zh" else "en", "role": "img", "font-family": FACES}
    return {"xmlns": elements.NAMESPACE, **size, "viewBox": box, **told}


def _heads(scene: Scene, shown: Plan, theme: Theme) -> list[tuple[str, float, str]]:
    """The rows above the map: text, size of its letters, colour."""
    said = svg_text.text(scene, scene.subtitle)
    if shown.actors < len(scene.nodes):
        said += " · " + svg_text.shown(scene, shown.actors, shown.links)
    wide = _WIDTH - 2 * _EDGE
    heads = [
        (row, _TITLE, theme.ink) for row in label_placement.wrapped(svg_text.text(scene, scene.title), wide, _TITLE)
    ]
    return heads + [(row, _SMALL, theme.muted) for row in label_placement.wrapped(said, wide, _SMALL)]
