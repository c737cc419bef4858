"""The interactive page of a `Scene`: one HTML file, drawn by vis-network and the scripts of this package.

The template of pyvis is replaced because it loads files from CDNs and executes text from the data. This page contains
everything it needs. The data are one block of JSON that is never parsed as HTML or script, the scripts create elements
and text nodes only, and the Content-Security-Policy allows only the two scripts by their digests.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from jinja2 import PackageLoader
from pyvis.network import Network as PyvisNetwork

from kg.map.html import modules, template
from kg.map.html.payload import payload
from kg.map.messages import UI
from kg.map.scene.model import HYPEREDGE_SIZE, Scene
from kg.map.scene.styles import SIGNS, base, style_of

VIS_PATH = "templates/lib/vis-9.1.2/vis-network.min.js"
"""Path of vis-network in the pyvis package."""

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
"""Options of vis-network: positions are fixed, and the scripts colour the choice."""

MAIN = "script/canvas/main.js"
"""The module that starts the page."""
VIEW_WORDS = {
    "two-mode": "viewTwoMode",
    "bands": "viewBands",
    "geo": "viewGeo",
    "timeline": "viewTimeline",
    "years": "viewYears",
}
"""Keys of the names of the views in `kg.map.messages`."""
STYLES = ("page", "panel", "tools", "print")


class PyvisPage(PyvisNetwork):
    """A pyvis network that renders the template of this package."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(height="100%", width="100%", cdn_resources="in_line")
        self.path = "page.html"
        self.templateEnv = template.environment(PackageLoader("kg.map.html", "."))
        self.templateEnv.filters["columns"] = columns
        vis, script = vis_network(), modules.script(MAIN)
        style = base() + "".join(template.read(f"html/style/{name}.css") for name in STYLES)
        self.templateEnv.globals.update(
            scene=scene,
            lang=template.language_tag(scene.lang),
            title=scene.title.localise(scene.lang),
            payload=payload(scene),
            signs=SIGNS,
            view_words=VIEW_WORDS,
            word={key: label.localise(scene.lang) for key, label in UI.items()},
            vis=vis,
            script=script,
            style=style,
            policy=template.policy(scripts=(vis, script), styles=(style,)),
        )
        self.options = OPTIONS
        # Set as a whole, because pyvis's add_edge compares each edge with all others.
        self.nodes = _nodes(scene)
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = dict(zip(self.node_ids, self.nodes, strict=True))
        self.edges = _edges(scene)


def render(scene: Scene) -> str:
    """Return the page, to be written as UTF-8; equal scenes have equal pages."""
    html: str = PyvisPage(scene).generate_html()
    return html


def vis_network() -> str:
    """Return the script of vis-network from the installed pyvis package, without the address of its source map."""
    text = files("pyvis").joinpath(VIS_PATH).read_text(encoding="utf-8")
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


def columns(records: Sequence[Mapping[str, object]], *names: str) -> dict[str, list[object]]:
    """Return the fields `names` of the records as an object of columns, which is half as long."""
    return {name: [record[name] for record in records] for name in names}


def _nodes(scene: Scene) -> list[dict[str, object]]:
    """Return the points for vis-network: actor i has the id i, and the hyperedge of link k the id n + k.

    Positions are whole map units, a fifth of the smallest disc. The scripts add colours and labels.
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


def _edges(scene: Scene) -> list[dict[str, object]]:
    """Return the lines for vis-network with the ids of their links."""
    link_ids = {iri: k for k, iri in enumerate(scene.links)}
    n = len(scene.nodes)

    def point(index: int) -> int:
        return index if index < n else n + link_ids[scene.hyperedges[index - n].link]

    return [
        {"from": point(edge.a), "to": point(edge.b), "links": _unwrapped([link_ids[iri] for iri in edge.links])}
        for edge in scene.edges
    ]


def _unwrapped(values: list[int]) -> int | list[int]:
    """Return a single value without its list."""
    return values[0] if len(values) == 1 else values
