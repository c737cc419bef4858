"""What a picture says, in the language of its scene."""

from kg.draw.scene import Scene
from kg.draw.words import UI, numbered
from kg.model import Label


def text(scene: Scene, label: Label) -> str:
    """The name that a label gives; nothing where it gives none."""
    return label.best(scene.lang) or ""


def word(scene: Scene, key: str) -> str:
    """One of our own words."""
    return text(scene, UI[key])


def counted(scene: Scene, key: str, n: int) -> str:
    """One of our own words of so many things."""
    return word(scene, numbered(UI, key, n)).format(n=n)


def shown(scene: Scene, actors: int, links: int) -> str:
    """How much is shown."""
    said = {"actors": counted(scene, "members", actors), "links": counted(scene, "inWindow", links)}
    return word(scene, "shown").format(**said)


def term(scene: Scene, scheme: str, notation: str) -> str:
    """What a notation of a scheme is called; itself where nobody knows."""
    label = scene.terms.get(f"{scheme}/{notation}")
    return text(scene, label) if label else notation
