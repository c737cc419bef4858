"""File formats of a map, by suffix."""

from collections.abc import Callable, Mapping

from kg.errors import UsageError
from kg.map.compose import VIEWS_UP_TO
from kg.map.rendered import Page
from kg.map.scene import edges
from kg.map.scene.model import FULL_UP_TO, Scene
from kg.map.svg import document
from kg.network import Network
from kg.texts import Message


def is_large(network: Network, suffix: str) -> bool:
    """Return whether the map is a page with more points than the full page supports."""
    return FORMATS[suffix] is _page and len(network.actors) + int(edges.hyperedges(network).sum()) > FULL_UP_TO


def includes_links(network: Network, suffix: str, view: str = "map") -> bool:
    """Return whether the map shows each link: a full page with its evidence, or a picture of links over time."""
    return not is_large(network, suffix) if FORMATS[suffix] is _page else view in {"timeline", "years"}


def has_panel(network: Network, suffix: str) -> bool:
    """Return whether the map is a page with a panel."""
    return FORMATS[suffix] is _page and not is_large(network, suffix)


def draw(scene: Scene, suffix: str) -> Page:
    """Return the scene as a file with this suffix.

    Raises:
        UsageError: the scene, or a page of its size, does not have the initial view.
    """
    large = FORMATS[suffix] is _page and not scene.is_full
    points = len(scene.nodes) + len(scene.hyperedges)
    _check_view(scene, points, large=large)
    content = FORMATS[suffix](scene)
    return Page(content, suffix, _note(scene, points, large=large))


def _note(scene: Scene, points: int, *, large: bool) -> str:
    """Return the note on a map that is drawn otherwise than as a full map, in its language."""
    if large:
        note = Message(
            "{points} points exceed the {full} of the full map, so WebGL draws them; each line lists its sources, and "
            "kg show prints what they state",
            points=points,
            full=FULL_UP_TO,
        )
    elif not scene.nodes:
        note = Message("The map is empty: {reason}.", reason=EMPTY)
    else:
        return ""
    return note.localise(scene.lang)


def _check_view(scene: Scene, points: int, *, large: bool) -> None:
    """Raise an error with the reason if the initial view does not exist."""
    view = scene.initial_view
    if view == "map":
        return
    if large:
        raise UsageError(
            "--view {view}: a page with more than {FULL_UP_TO} points has only the map, and this one has {points}; "
            "narrow it with --layer, --place, --since or --focus, or write an .svg",
            view=view,
            FULL_UP_TO=FULL_UP_TO,
            points=points,
        )
    if view not in {one.name for one in scene.views}:
        size = len(scene.nodes) + len(scene.links)
        limit = Message(
            "it is laid out for at most {limit} organisations and links, and this map has {size}",
            limit=VIEWS_UP_TO,
            size=size,
        )
        raise UsageError("--view {view}: {reason}", view=view, reason=limit if size > VIEWS_UP_TO else _REASONS[view])


EMPTY = Message("no link with a named party passes this lens")
_NO_DATES = Message("it requires two links with different dates")
_REASONS = {
    "two-mode": EMPTY,
    "bands": EMPTY,
    "geo": Message("no organisation has a city with known coordinates"),
    "timeline": _NO_DATES,
    "years": _NO_DATES,
}
VIEWS = ("map", *_REASONS)
"""Names of the views; see `kg.map.scene.model.SceneView`."""


def _page(scene: Scene) -> str:
    """Return the full page, or the WebGL page of a large scene."""
    # Pyvis and the search keys take 0.3 s, and pictures and reports do not need them.
    if not scene.is_full:
        from kg.map.webgl import page as webgl_page  # noqa: PLC0415

        return webgl_page.render(scene)
    from kg.map.html import page  # noqa: PLC0415

    return page.render(scene)


FORMATS: Mapping[str, Callable[[Scene], str | bytes]] = {
    ".html": _page,
    ".htm": _page,
    ".svg": document.svg,
    ".png": document.png,
    ".pdf": document.pdf,
}
"""The writer of each suffix; text is written as UTF-8."""
