"""A `Scene` as one HTML page: pyvis draws it, with our template, our script and our style sheet.

What pyvis's own template does wrong (it asks CDNs, and runs text from the data as code) cannot happen here: the
page holds everything it needs, data stand in one block of JSON that is never parsed as HTML or as a script, the
script makes elements and text nodes only, and the Content-Security-Policy lets nothing run but the two scripts
whose digests it names.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from pyvis.network import Network as PyvisNetwork

from kg.map.html.payload import payload
from kg.map.messages import UI
from kg.map.scene.model import HYPEREDGE_SIZE, Scene, SceneHyperedge, SceneNode
from kg.map.scene.styles import SIGNS, base, style_of

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
        "multiselect": False,
        "dragNodes": True,
        "selectConnectedEdges": False,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}
"""Positions are fixed and physics is off; what is chosen is coloured by our script, not by vis-network."""

SCRIPTS = (
    "tools",
    "data",
    "state",
    "reading",
    "address",
    "filter",
    "drawing",
    "canvas",
    "labels",
    "rings",
    "strokes",
    "cities",
    "years",
    "panel",
    "actor",
    "paths",
    "finding",
    "search",
    "facets",
    "time",
    "table",
    "saving",
    "files",
    "hands",
    "start",
)
"""Our script by its tasks, in the order in which its parts stand in the page."""
VIEW_WORDS = {
    "two-mode": "viewTwoMode",
    "bands": "viewBands",
    "geo": "viewGeo",
    "timeline": "viewTimeline",
    "years": "viewYears",
}
"""What the page calls its views."""
STYLES = ("page", "panel", "tools", "print")


class PyvisPage(PyvisNetwork):
    """pyvis with our template first, its own behind it, and autoescape on."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(height="100%", width="100%", cdn_resources="in_line")
        self.path = "page.html"
        self.templateEnv = Environment(
            loader=ChoiceLoader([PackageLoader("kg.map.html", "."), PackageLoader("pyvis", "templates")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templateEnv.filters.update(embed=embed, columns=columns)
        vis, script = vis_network(), script_text()
        style = base() + "".join(_own(f"style/{name}.css") for name in STYLES)
        self.templateEnv.globals.update(
            scene=scene,
            payload=payload(scene),
            signs=SIGNS,
            view_words=VIEW_WORDS,
            word={key: label.localise(scene.lang) for key, label in UI.items()},
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
    html: str = PyvisPage(scene).generate_html()
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
            f"script-src {' '.join(map(digest, scripts))}",
            f"style-src {' '.join(map(digest, styles))}",
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


def script_text() -> str:
    """Our script: its parts in their order, in one function, so that no name of theirs is seen outside.

    Comments and indents stay behind: they are for us, and a tenth of it.
    """
    lines = (line.strip() for name in SCRIPTS for line in _own(f"script/{name}.js").splitlines())
    parts = "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _own(name: str) -> str:
    """One of our own files."""
    return files("kg.map.html").joinpath(name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """The source expression that names an inline element by its content."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def columns(records: Sequence[Mapping[str, object]], *names: str) -> dict[str, list[object]]:
    """What records hold under `names` as an object of columns, which is half as long."""
    return {name: [record[name] for record in records] for name in names}


def _nodes(scene: Scene) -> list[dict[str, object]]:
    """The points as vis-network takes them: actor i is i, hyperedge of link k is k after the last actor.

    Places are whole map units, a fifth of the smallest disc. Colours come with the theme, labels by our script.
    """
    link_ids = {iri: k for k, iri in enumerate(scene.links)}
    nodes: list[dict[str, object]] = [
        {
            "id": i,
            "x": round(node.x),
            "y": round(node.y),
            "size": node.size,
            "shape": style_of(node.kind, node.sector).shape,
        }
        for i, node in enumerate(scene.nodes)
    ]
    nodes += [
        {
            "id": len(scene.nodes) + link_ids[hyperedge.link],
            "x": round(hyperedge.x),
            "y": round(hyperedge.y),
            "size": HYPEREDGE_SIZE,
            "shape": "dot",
        }
        for hyperedge in scene.hyperedges
    ]
    return nodes


def _spot(point: SceneNode | SceneHyperedge) -> dict[str, int]:
    return {"x": round(point.x), "y": round(point.y)}


def _edges(scene: Scene) -> list[dict[str, object]]:
    """The lines as vis-network takes them, with the links that each stands for."""
    link_ids = {iri: k for k, iri in enumerate(scene.links)}
    n = len(scene.nodes)

    def point(place: int) -> int:
        return place if place < n else n + link_ids[scene.hyperedges[place - n].link]

    return [
        {"from": point(edge.a), "to": point(edge.b), "links": _one([link_ids[iri] for iri in edge.links])}
        for edge in scene.edges
    ]


def _one(values: list[int]) -> int | list[int]:
    """The only value as itself."""
    return values[0] if len(values) == 1 else values
