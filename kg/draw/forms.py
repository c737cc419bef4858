"""What a map can be written as, by the suffix of its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.draw import large, page, still
from kg.draw.compose import VIEWS_UP_TO
from kg.draw.scene import Scene
from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file is to hold, and what its reader must be told of it."""

    content: str | bytes
    note: str = ""


def tells_links(points: int, form: str, opens: str = "map") -> bool:
    """Whether a map of so many points has room for each link and its evidence, or its view is one of links in time."""
    return not large.is_large(points) if FORMS[form] is _page else opens in {"timeline", "years"}


def draw(scene: Scene, form: str) -> Drawn:
    """The scene as a file of the suffix `form`.

    Raises:
        UsageError: the view that it is to open with is none that this scene, or so large a page, has.
    """
    points = len(scene.nodes) + len(scene.knots)
    _check(scene, form, points)
    if FORMS[form] is not _page or not large.is_large(points):
        return Drawn(FORMS[form](scene), "" if scene.nodes else f"There is nothing on it: {NOTHING}.")
    said = f"{points} points are more than the {large.FROM} that the full map bears, so WebGL draws them"
    return Drawn(large.render(scene), f"{said}; links and evidence are left out, ask kg show for them")


def _check(scene: Scene, form: str, points: int) -> None:
    """Refuse a view that is not there, in words that say why."""
    if scene.opens == "map":
        return
    if FORMS[form] is _page and large.is_large(points):
        raise UsageError(
            f"--view {scene.opens}: a page of more than {large.FROM} points has the map alone, and these are {points}; "
            "narrow it, as by --layer, --place, --since or --focus, or write an .svg"
        )
    if scene.opens not in {view.name for view in scene.views}:
        many = len(scene.nodes) + len(scene.links)
        why = f"it is laid out for at most {VIEWS_UP_TO} organisations and links, and these are {many}"
        raise UsageError(f"--view {scene.opens}: {why if many > VIEWS_UP_TO else _WITHOUT[scene.opens]}")


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
"""Ways to look at a network, as `kg.draw.scene.SceneView` names them."""


def _page(scene: Scene) -> str:
    """The page that bears so many points."""
    return large.render(scene) if large.is_large(len(scene.nodes) + len(scene.knots)) else page.render(scene)


FORMS: Mapping[str, Callable[[Scene], str | bytes]] = {
    ".html": _page,
    ".htm": _page,
    ".svg": still.svg,
    ".png": still.png,
}
"""The writer of each suffix; text is to be written as UTF-8."""
