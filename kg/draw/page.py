"""A `Scene` as one HTML page: pyvis draws it, with our template, our script and our style sheet.

What pyvis's own template does wrong (it asks CDNs, and runs text from the data as code) cannot happen here: the
page holds everything it needs, data stand in one block of JSON that is never parsed as HTML or as a script, the
script makes elements and text nodes only, and the Content-Security-Policy lets nothing run but the two scripts
whose digests it names.
"""

import json
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from pyvis.network import Network as PyvisNetwork

from kg.draw.payload import payload
from kg.draw.scene import KNOT_SIZE, Scene
from kg.draw.styles import SIGNS, style_of
from kg.draw.words import UI

VIS_PATH = "templates/lib/vis-9.1.2/vis-network.min.js"
"""Where the pyvis wheel keeps vis-network."""

OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False, "borderWidth": 1.5, "labelHighlightBold": False},
    "edges": {"chosen": False, "smooth": False, "hoverWidth": 0, "selectionWidth": 0, "color": {"inherit": False}},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "multiselect": False,
        "dragNodes": False,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}
"""Positions are fixed and physics is off; what is chosen is coloured by our script, not by vis-network."""

_THIN, _THICK = 0.8, 5.0  # widths of lines, map units


class Canvas(PyvisNetwork):
    """pyvis with our template first, its own behind it, and autoescape on."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(height="100%", width="100%", cdn_resources="in_line")
        self.path = "page.html"
        self.templateEnv = Environment(
            loader=ChoiceLoader([PackageLoader("kg.draw", "."), PackageLoader("pyvis", "templates")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templateEnv.filters["embed"] = embed
        vis, script, style = vis_network(), _own("map.js"), _own("map.css")
        self.templateEnv.globals.update(
            scene=scene,
            payload=payload(scene),
            signs=SIGNS,
            halos=any(halo.count for halo in [*(n.halo for n in scene.nodes), *(k.halo for k in scene.knots)]),
            word={key: label.best(scene.lang) for key, label in UI.items()},
            vis=vis,
            script=script,
            style=style,
            policy=policy(scripts=(vis, script), styles=(style,)),
        )
        self.options = OPTIONS
        # At once: pyvis's add_edge looks through all edges for each.
        self.nodes = _nodes(scene)
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = dict(zip(self.node_ids, self.nodes, strict=True))
        self.edges = _edges(scene)


def render(scene: Scene) -> str:
    """The page, to be written as UTF-8. The same scene gives the same text."""
    html: str = Canvas(scene).generate_html()
    return html


def embed(value: object) -> str:
    """JSON that may stand in a ``<script>`` element: no character in it can end the element or begin another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """The Content-Security-Policy: nothing may be loaded, and only what is inlined here may run or style."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_digest, scripts))}",
            f"style-src {' '.join(map(_digest, styles))}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def vis_network() -> str:
    """The script of vis-network from the installed pyvis wheel, without the address of its source map."""
    text = files("pyvis").joinpath(VIS_PATH).read_text(encoding="utf-8")
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


def _own(name: str) -> str:
    """One of our own files."""
    return files("kg.draw").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The source expression that names an inline element by its content."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _nodes(scene: Scene) -> list[dict[str, object]]:
    """The points as vis-network takes them: actors, then knots. Colours come with the theme, labels by our script."""
    nodes: list[dict[str, object]] = [
        {"id": i, "x": node.x, "y": node.y, "size": node.size, "shape": style_of(node.kind, node.sector).shape}
        for i, node in enumerate(scene.nodes)
    ]
    nodes += [
        {"id": len(nodes) + i, "x": knot.x, "y": knot.y, "size": KNOT_SIZE, "shape": "dot"}
        for i, knot in enumerate(scene.knots)
    ]
    return nodes


def _edges(scene: Scene) -> list[dict[str, object]]:
    """The lines as vis-network takes them; the width grows with the weight, within bounds."""
    return [
        {
            "id": i,
            "from": edge.a,
            "to": edge.b,
            "width": round(min(_THIN + 1.1 * edge.weight, _THICK), 2),
        }
        for i, edge in enumerate(scene.edges)
    ]
