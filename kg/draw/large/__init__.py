"""The map of a network that is too large for the page: points and lines by WebGL2, drawn by our own script.

It holds who is there, how they are tied and how central they are; links and their evidence are left out, and the page
says so and gives the command that tells them. Points are in the order of their score, so that the first thousand are
the table, and names are written in the order in which they matter. Everything else is as in `kg.draw.page`: one file,
no request, two digests in the policy, text as text.
"""

from collections.abc import Mapping
from dataclasses import astuple
from importlib.resources import files

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.draw import compact
from kg.draw.page import embed, policy
from kg.draw.scene import KNOT_SIZE, Scene, SceneNode
from kg.draw.styles import SECTORS, style_of
from kg.draw.words import UI
from kg.terms import BASE

_SHAPES = ("dot", "square", "triangle", "triangleDown", "diamond", "star", "hexagon")
_SCRIPTS = (
    "script/tools",
    "script/reading",
    "script/finding",
    "script/saving",
    "large/data",
    "large/draw",
    "large/names",
    "large/panel",
    "large/search",
    "large/address",
    "large/hands",
)
_STEPS = 65535
_GRADES = 255
"""So many sizes are told apart: less than a fifth of a unit of the map lies between two."""


def render(scene: Scene) -> str:
    """The page, to be written as UTF-8. The same scene gives the same text."""
    script = f'"use strict";\n(() => {{\n{"".join(_own(f"{name}.js") for name in _SCRIPTS)}}})();\n'
    style = _own("large/page.css")
    environment = Environment(
        loader=PackageLoader("kg.draw", "large"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["embed"] = embed
    return environment.get_template("page.html").render(
        scene=scene,
        data=_data(scene),
        word={key: label.best(scene.lang) for key, label in UI.items()},
        script=script,
        style=style,
        policy=policy(scripts=(script,), styles=(style,)),
    )


def _own(name: str) -> str:
    return files("kg.draw").joinpath(name).read_text(encoding="utf-8")


def _data(scene: Scene) -> Mapping[str, object]:
    """What the script reads: points (actors by score, then knots), lines, looks, names."""
    order = sorted(range(len(scene.nodes)), key=lambda i: (-_score(scene.nodes[i]), -len(scene.nodes[i].links), i))
    nodes = [scene.nodes[i] for i in order]
    looks = sorted({(node.sector, node.kind) for node in nodes}, key=_in_legend)
    look_at = {look: i for i, look in enumerate(looks)}
    places = np.array([(n.x, n.y) for n in nodes] + [(k.x, k.y) for k in scene.knots]).reshape(-1, 2)
    low, wide = places.min(axis=0), float(np.ptp(places, axis=0).max()) or 1.0
    sizes = np.array([*(n.size for n in nodes), *(KNOT_SIZE for _ in scene.knots)])
    largest = float(sizes.max(initial=KNOT_SIZE))
    pieces, names = compact.names([text for node in nodes for text in _texts(node)])
    return {
        "title": list(astuple(scene.title)),
        "subtitle": list(astuple(scene.subtitle)),
        "lang": scene.lang,
        "base": BASE,
        "notes": list(scene.said),
        "measure": scene.measure,
        "words": {key: list(astuple(label)) for key, label in UI.items()},
        "terms": {key: list(astuple(label)) for key, label in scene.terms.items()},
        "looks": [_look(*look, count=sum((n.sector, n.kind) == look for n in nodes)) for look in looks],
        "shapes": list(_SHAPES),
        "step": wide / _STEPS,
        "actors": len(nodes),
        "places": compact.base64(np.round((places - low) / wide * _STEPS).astype(np.uint16)),
        "grade": largest / _GRADES,
        "sizes": compact.base64(np.round(sizes / largest * _GRADES).astype(np.uint8)),
        "look": compact.base64(np.array([look_at[n.sector, n.kind] for n in nodes], dtype=np.uint8)),
        "scores": compact.base64(
            np.array([n.score if n.score is not None else np.nan for n in nodes], dtype=np.float32)
        ),
        "counts": compact.varints(
            [count for n in nodes for count in (n.named, 2 * (n.declared - n.named) + n.bound, len(n.links))]
        ),
        "lines": _lines(scene, order),
        "pieces": pieces,
        "names": names,
    }


def _lines(scene: Scene, order: list[int]) -> str:
    """Each line as its first point less that of the line before, and its second less its first."""
    rank = np.empty(len(order) + len(scene.knots), dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[len(order) :] = np.arange(len(order), len(rank))
    ends = np.sort(rank[np.array([(edge.a, edge.b) for edge in scene.edges], dtype=np.int64).reshape(-1, 2)], axis=1)
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    return compact.varints(np.stack([np.diff(ends[:, 0], prepend=0), ends[:, 1] - ends[:, 0]], axis=1).ravel())


def _score(node: SceneNode) -> float:
    return -1.0 if node.score is None else node.score


def _texts(node: SceneNode) -> tuple[str, str, str, str]:
    """Its label in English and Chinese, its IRI, and all other names, a line each."""
    labels = node.label.en or "", node.label.zh or ""
    others = dict.fromkeys(" ".join(text.split()) for _, text in node.names if text not in labels)
    return *labels, node.iri, "\n".join(others)


def _in_legend(look: tuple[str, str]) -> tuple[int, str, str]:
    order = {sector: i for i, sector in enumerate(SECTORS)}
    return order.get(look[0], len(order)), *look


def _look(sector: str, kind: str, count: int) -> Mapping[str, object]:
    style = style_of(kind, sector)
    return {
        "sector": sector,
        "kind": kind,
        "count": count,
        "shape": _SHAPES.index(style.shape),
        "light": style.light,
        "dark": style.dark,
        "hollow": style.hollow,
        "path": style.path,
    }
