"""What a map can be written as, by the suffix of its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.draw import large, page, still
from kg.draw.scene import Scene


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file is to hold, and what its reader must be told of it."""

    content: str | bytes
    note: str = ""


def tells_links(points: int, form: str) -> bool:
    """Whether a map of so many points has room for each link and its evidence."""
    return FORMS[form] is _page and not large.is_large(points)


def draw(scene: Scene, form: str) -> Drawn:
    """The scene as a file of the suffix `form`."""
    points = len(scene.nodes) + len(scene.knots)
    if FORMS[form] is not _page or not large.is_large(points):
        return Drawn(FORMS[form](scene))
    said = f"{points} points are more than the {large.FROM} that the full map bears, so WebGL draws them"
    return Drawn(large.render(scene), f"{said}; links and evidence are left out, ask kg show for them")


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
