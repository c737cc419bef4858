"""Texts of a picture in the language of its scene."""

from kg.map.messages import UI, numbered
from kg.map.scene.model import Scene
from kg.texts import Text


def text(scene: Scene, label: Text) -> str:
    """Return the name in `label`, or an empty text."""
    return label.localise(scene.lang) or ""


def word(scene: Scene, key: str) -> str:
    """Return the text of the page that has this key."""
    return text(scene, UI[key])


def counted(scene: Scene, key: str, n: int) -> str:
    """Return the text of the page that has this key, for `n` things."""
    return word(scene, numbered(UI, key, n)).format(n=n)


def visible(scene: Scene, actors: int, links: int) -> str:
    """Return the sentence that states how many actors and links are drawn."""
    counts = {"actors": counted(scene, "members", actors), "links": counted(scene, "inWindow", links)}
    return word(scene, "shown").format(**counts)


def term(scene: Scene, scheme: str, notation: str) -> str:
    """Return the name of a notation, or the notation if it has no name."""
    label = scene.terms.get(f"{scheme}/{notation}")
    return text(scene, label) if label else notation
