"""What a picture says, in the language of its scene."""

from collections.abc import Sequence

from kg.map.messages import UI, numbered
from kg.map.scene.model import Scene
from kg.model import Label
from kg.network import LinkNode, Network


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


def subtitle(network: Network, told: Sequence[LinkNode]) -> Label:
    """How many organisations and links, begun when, and how many of the parties are named."""
    named, declared = int(network.links.named.sum()), int(network.links.declared.sum())
    actors, links = len(network.actors), len(told)
    least = ("at least ", "至少 ") if network.links.is_lower_bound.any() else ("", "")
    when = _when(told)
    return Label(
        en=f"{actors} organisation{'s' * (actors != 1)} in {links} link{'s' * (links != 1)}{when.en}; "
        f"{named} of {least[0]}{declared} parties are named",
        zh=f"{links} 项联系{when.zh}中的 {actors} 个单位；{least[1]}{declared} 个参与方中已具名 {named} 个",
    )


def _when(links: Sequence[LinkNode]) -> Label:
    """From which year to which the links began, and how many say no year; nothing where none does."""
    years = sorted(link.start.year for link in links if link.start)
    if not years:
        return Label("", "")
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    undated = len(links) - len(years)
    return Label(
        en=f" begun in {span}" + f" ({undated} undated)" * bool(undated),
        zh=f"（{span} 年" + f"，{undated} 项未注明年份" * bool(undated) + "）",
    )
