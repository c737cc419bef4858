"""What a map can be written as, by the suffix of its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.errors import UsageError
from kg.map.compose import VIEWS_UP_TO
from kg.map.html import page
from kg.map.scene import edges
from kg.map.scene.model import FULL_UP_TO, Scene
from kg.map.svg import document
from kg.map.webgl import page as webgl_page
from kg.network import Network


@dataclass(frozen=True, slots=True)
class RenderedMap:
    """What a file is to hold, and what its reader must be told of it."""

    content: str | bytes
    note: str = ""


def is_large(network: Network, form: str) -> bool:
    """Whether this becomes a page of more points than the one with all views and all evidence can bear."""
    return FORMATS[form] is _page and len(network.actors) + int(edges.hyperedges(network).sum()) > FULL_UP_TO


def tells_links(network: Network, form: str, opens: str = "map") -> bool:
    """Whether a map of this network has room for each link and its evidence, or its view is one of links in time."""
    return not is_large(network, form) if FORMATS[form] is _page else opens in {"timeline", "years"}


def has_panel(network: Network, form: str) -> bool:
    """Whether it is a page that tells all that is known of whom its reader chooses."""
    return FORMATS[form] is _page and not is_large(network, form)


def draw(scene: Scene, form: str) -> RenderedMap:
    """The scene as a file of the suffix `form`.

    Raises:
        UsageError: the view that it is to open with is none that this scene, or so large a page, has.
    """
    is_large = FORMATS[form] is _page and not scene.is_full
    points = len(scene.nodes) + len(scene.hyperedges)
    _check(scene, points, is_large=is_large)
    content = FORMATS[form](scene)
    if not is_large:
        return RenderedMap(content, "" if scene.nodes else f"There is nothing on it: {NOTHING}.")
    said = f"{points} points are more than the {FULL_UP_TO} that the full map bears, so WebGL draws them"
    return RenderedMap(content, f"{said}; each line names its sources, and what these say kg show tells")


def _check(scene: Scene, points: int, *, is_large: bool) -> None:
    """Refuse a view that is not there, in words that say why."""
    if scene.initial_view == "map":
        return
    if is_large:
        raise UsageError(
            f"--view {scene.initial_view}: a page of more than {FULL_UP_TO} points has the map alone, "
            f"and these are {points}; "
            "narrow it, as by --layer, --place, --since or --focus, or write an .svg"
        )
    if scene.initial_view not in {view.name for view in scene.views}:
        many = len(scene.nodes) + len(scene.links)
        why = f"it is laid out for at most {VIEWS_UP_TO} organisations and links, and these are {many}"
        raise UsageError(f"--view {scene.initial_view}: {why if many > VIEWS_UP_TO else _WITHOUT[scene.initial_view]}")


NOTHING = "no link with a named party passes this lens"
_NO_DATES = "it shows links over time, and here fewer than two have a date, or all have the same"
_WITHOUT = {
    "two-mode": NOTHING,
    "bands": NOTHING,
    "geo": "of no organisation here is the city of its seat known, with its place",
    "timeline": _NO_DATES,
    "years": _NO_DATES,
}
VIEWS = ("map", *_WITHOUT)
"""Ways to look at a network, as `kg.map.scene.model.SceneView` names them."""


def _page(scene: Scene) -> str:
    """The page that bears so many points."""
    return page.render(scene) if scene.is_full else webgl_page.render(scene)


FORMATS: Mapping[str, Callable[[Scene], str | bytes]] = {
    ".html": _page,
    ".htm": _page,
    ".svg": document.svg,
    ".png": document.png,
}
"""The writer of each suffix; text is to be written as UTF-8."""
