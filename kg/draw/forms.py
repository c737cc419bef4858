"""What a map can be written as, by the suffix of its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.draw import large, lines, page, still
from kg.draw.scene import FULL_UP_TO, Scene
from kg.network import Network


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file is to hold, and what its reader must be told of it."""

    content: str | bytes
    note: str = ""


def tells_links(network: Network, form: str) -> bool:
    """Whether a map of this network has room for each link and its evidence."""
    return FORMS[form] is _page and len(network.actors) + int(lines.knots(network).sum()) <= FULL_UP_TO


def draw(scene: Scene, form: str) -> Drawn:
    """The scene as a file of the suffix `form`."""
    content = FORMS[form](scene)
    if FORMS[form] is not _page or scene.is_full:
        return Drawn(content)
    points = len(scene.nodes) + len(scene.knots)
    said = f"{points} points are more than the {FULL_UP_TO} that the full map bears, so WebGL draws them"
    return Drawn(content, f"{said}; links and evidence are left out, ask kg show for them")


def _page(scene: Scene) -> str:
    """The page that bears so many points."""
    return page.render(scene) if scene.is_full else large.render(scene)


FORMS: Mapping[str, Callable[[Scene], str | bytes]] = {
    ".html": _page,
    ".htm": _page,
    ".svg": still.svg,
    ".png": still.png,
}
"""The writer of each suffix; text is to be written as UTF-8."""
