"""The page of a large network: points and lines drawn by WebGL2.

The page contains every actor with its score, and every link with its parties, roles, kind, stage, dates and sources
(`kg.map.webgl.links`), and the names of links if they fit. It omits the evidence and states the command that prints it.
Points are sorted by score, so that the first thousand are the table and labels have a priority. As in
`kg.map.html.page`, the page is one file without requests, and text remains text.
"""

from collections.abc import Sequence

import numpy as np
from jinja2 import PackageLoader

from kg.map.compose import LARGEST, SMALLEST
from kg.map.html import modules, template
from kg.map.html.payload import name_keys
from kg.map.html.payload_types import LargePayload, LargeStyle
from kg.map.messages import LARGE
from kg.map.scene.model import HYPEREDGE_SIZE, Scene, SceneNode
from kg.map.scene.styles import SECTORS, base, style_of, unit_area
from kg.map.webgl import binary, links
from kg.model import Text, localise
from kg.terms import BASE

_SHAPES = ("dot", "square", "triangle", "triangleDown", "diamond", "star", "hexagon")
MAIN = "script/webgl/main.js"
"""The module that starts the page."""
_STEPS = 65535  # positions are 16-bit integers
MAX_BYTES = 9_000_000
"""Maximum size of points, links and names of links; the names are omitted if they exceed it."""


def render(scene: Scene) -> str:
    """Return the page, to be written as UTF-8; equal scenes have equal pages."""
    script = modules.script(MAIN)
    style = base() + template.read("webgl/page.css")
    environment = template.environment(PackageLoader("kg.map.webgl", "."))
    return environment.get_template("page.html").render(
        scene=scene,
        lang=template.language_tag(scene.lang),
        title=scene.title.localise(scene.lang),
        data=_data(scene),
        word={key: label.localise(scene.lang) for key, label in LARGE.items()},
        script=script,
        style=style,
        policy=template.policy(scripts=(script,), styles=(style,)),
    )


def _data(scene: Scene) -> LargePayload:
    """Return the data of the scripts: points (actors by score, then hyperedges), links, styles and names."""
    order = sorted(range(len(scene.nodes)), key=lambda i: (-_score(scene.nodes[i]), -len(scene.nodes[i].links), i))
    nodes = [scene.nodes[i] for i in order]
    styles = sorted({(node.sector, node.kind) for node in nodes}, key=_legend_order)
    style_index = {style: i for i, style in enumerate(styles)}
    positions = np.array([(n.x, n.y) for n in nodes] + [(k.x, k.y) for k in scene.hyperedges]).reshape(-1, 2)
    rank = np.argsort(order).tolist()
    low, wide = positions.min(axis=0), float(np.ptp(positions, axis=0).max()) or 1.0
    pieces, names = binary.names([text for node in nodes for text in _texts(node)])
    encoded = links.encode(scene, rank)
    size = _size(pieces) + _size(names) + _size(encoded) + links.names_size(scene)
    return {
        "title": list(scene.title.pair),
        "subtitle": list(scene.subtitle.pair),
        "lang": scene.lang,
        "theme": scene.theme,
        "base": BASE,
        "notes": [[localise(note, lang) for lang in ("en", "zh")] for note in scene.notes],
        "measure": scene.measure,
        "findings": links.findings(scene),
        "words": {key: list(label.pair) for key, label in LARGE.items()},
        "nameKeys": name_keys(nodes),
        "terms": {key: list(label.pair) for key, label in scene.terms.items()},
        "styles": [_style(*style, count=sum((n.sector, n.kind) == style for n in nodes)) for style in styles],
        "shapes": list(_SHAPES),
        "step": wide / _STEPS,
        "actors": len(nodes),
        "hyperedgeSize": HYPEREDGE_SIZE,
        "positions": binary.base64(np.round((positions - low) / wide * _STEPS).astype(np.uint16)),
        "area": [SMALLEST, LARGEST],
        "style": binary.base64(np.array([style_index[n.sector, n.kind] for n in nodes], dtype=np.uint8)),
        "scores": _encoded_scores(nodes),
        "pieces": pieces,
        "stated": {place: list(node.stated.pair) for place, node in enumerate(nodes) if node.stated != Text()},
        "names": names,
        **encoded,
        "linkNames": links.names(scene) if size <= MAX_BYTES else None,
    }


def _size(value: object) -> int:
    return len(template.embed(value).encode())


def _encoded_scores(nodes: Sequence[SceneNode]) -> str:
    """Return the bits of the scores as 32-bit floats, each minus the previous one; small, because scores descend."""
    bits = np.array([np.nan if node.score is None else node.score for node in nodes], dtype="<f4").view(np.uint32)
    return binary.varints(np.diff(-bits.astype(np.int64), prepend=0) % 2**32)


def _score(node: SceneNode) -> float:
    return -1.0 if node.score is None else node.score


def _texts(node: SceneNode) -> tuple[str, str, str, str]:
    """Return the English and Chinese names, the IRI, and the other names, one per line."""
    labels = node.label.en or "", node.label.zh or ""
    others = dict.fromkeys(" ".join(text.split()) for _, text in node.names if text not in labels)
    return *labels, links.short(node.iri), "\n".join(others)


def _legend_order(style: tuple[str, str]) -> tuple[int, str, str]:
    order = {sector: i for i, sector in enumerate(SECTORS)}
    return order.get(style[0], len(order)), *style


def _style(sector: str, kind: str, count: int) -> LargeStyle:
    style = style_of(kind, sector)
    return {
        "sector": sector,
        "kind": kind,
        "count": count,
        "shape": _SHAPES.index(style.shape),
        "area": unit_area(style.shape),
        "light": style.light,
        "dark": style.dark,
        "hollow": style.hollow,
        "path": style.path,
    }
