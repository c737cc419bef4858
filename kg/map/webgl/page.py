"""The map of a network that is too large for the page: points and lines by WebGL2, drawn by our own script.

It holds who is there and how central they are, and of each link its parties in their roles, its kind, stage and days,
and which sources say so (``links``); the name of a link where the page has room for it. What each source says, and
where, is left out, and the page says so and gives the command that tells it. Points are in the order of their score, so
that the first thousand are the table, and names are written in the order in which they matter. Everything else is as in
`kg.map.html.page`: one file, no request, two digests in the policy, text as text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from importlib.resources import files

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.map.compose import LARGEST, SMALLEST
from kg.map.html.page import embed, policy
from kg.map.messages import LARGE
from kg.map.scene.model import HYPEREDGE_SIZE, Scene, SceneNode
from kg.map.scene.styles import SECTORS, base, style_of, unit_area
from kg.map.webgl import binary, links
from kg.model import localise
from kg.terms import BASE

_SHAPES = ("dot", "square", "triangle", "triangleDown", "diamond", "star", "hexagon")
_SCRIPTS = (
    "html/script/dom",
    "html/script/parse",
    "html/script/matching",
    "html/script/download",
    "webgl/data",
    "webgl/links",
    "webgl/visible",
    "webgl/render",
    "webgl/labels",
    "webgl/pick",
    "webgl/describe",
    "webgl/panel",
    "webgl/facets",
    "webgl/search",
    "webgl/exports",
    "webgl/address",
    "webgl/pointer",
)
_STEPS = 65535
ROOM = 9_000_000
"""Bytes that points and links may take together with the names of links; beyond, these are left out."""


def render(scene: Scene) -> str:
    """The page, to be written as UTF-8. The same scene gives the same text."""
    script = f'"use strict";\n(() => {{\n{"".join(_own(f"{name}.js") for name in _SCRIPTS)}}})();\n'
    style = base() + _own("webgl/page.css")
    environment = Environment(
        loader=PackageLoader("kg.map.webgl", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["embed"] = embed
    return environment.get_template("page.html").render(
        scene=scene,
        data=_data(scene),
        word={key: label.localise(scene.lang) for key, label in LARGE.items()},
        script=script,
        style=style,
        policy=policy(scripts=(script,), styles=(style,)),
    )


def _own(name: str) -> str:
    return files("kg.map").joinpath(name).read_text(encoding="utf-8")


def _data(scene: Scene) -> Mapping[str, object]:
    """What the script reads: points (actors by score, then hyperedges), lines, looks, names."""
    order = sorted(range(len(scene.nodes)), key=lambda i: (-_score(scene.nodes[i]), -len(scene.nodes[i].links), i))
    nodes = [scene.nodes[i] for i in order]
    looks = sorted({(node.sector, node.kind) for node in nodes}, key=_in_legend)
    look_at = {look: i for i, look in enumerate(looks)}
    places = np.array([(n.x, n.y) for n in nodes] + [(k.x, k.y) for k in scene.hyperedges]).reshape(-1, 2)
    rank = np.argsort(order).tolist()
    low, wide = places.min(axis=0), float(np.ptp(places, axis=0).max()) or 1.0
    pieces, names = binary.names([text for node in nodes for text in _texts(node)])
    told = {"pieces": pieces, "names": names, **links.coded(scene, rank)}
    return {
        "title": list(astuple(scene.title)),
        "subtitle": list(astuple(scene.subtitle)),
        "lang": scene.lang,
        "theme": scene.theme,
        "base": BASE,
        "notes": [[localise(note, lang) for lang in ("en", "zh")] for note in scene.notes],
        "measure": scene.measure,
        "words": {key: list(astuple(label)) for key, label in LARGE.items()},
        "terms": {key: list(astuple(label)) for key, label in scene.terms.items()},
        "styles": [_look(*look, count=sum((n.sector, n.kind) == look for n in nodes)) for look in looks],
        "shapes": list(_SHAPES),
        "step": wide / _STEPS,
        "actors": len(nodes),
        "hyperedgeSize": HYPEREDGE_SIZE,
        "positions": binary.base64(np.round((places - low) / wide * _STEPS).astype(np.uint16)),
        "area": [SMALLEST, LARGEST],
        "style": binary.base64(np.array([look_at[n.sector, n.kind] for n in nodes], dtype=np.uint8)),
        "scores": _falling(nodes),
        **told,
        "linkNames": links.names(scene) if _bytes(told) + links.room(scene) <= ROOM else None,
    }


def _bytes(value: object) -> int:
    return len(embed(value).encode())


def _falling(nodes: Sequence[SceneNode]) -> str:
    """The scores as floats of 32 bits, each as its bits less those of the one before: few bytes, as scores fall."""
    bits = np.array([np.nan if node.score is None else node.score for node in nodes], dtype="<f4").view(np.uint32)
    return binary.varints(np.diff(-bits.astype(np.int64), prepend=0) % 2**32)


def _score(node: SceneNode) -> float:
    return -1.0 if node.score is None else node.score


def _texts(node: SceneNode) -> tuple[str, str, str, str]:
    """Its label in English and Chinese, its IRI, and all other names, a line each."""
    labels = node.label.en or "", node.label.zh or ""
    others = dict.fromkeys(" ".join(text.split()) for _, text in node.names if text not in labels)
    return *labels, links.short(node.iri), "\n".join(others)


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
        "area": unit_area(style.shape),
        "light": style.light,
        "dark": style.dark,
        "hollow": style.hollow,
        "path": style.path,
    }
