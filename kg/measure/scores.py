"""What a measure returns, and what a measure is."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.measure.messages import WORDS
from kg.model import Text
from kg.network import Mode, Network


@dataclass(frozen=True, slots=True)
class Scores:
    """One value for each actor of a network, in its order.

    Attributes:
        values: ``None`` where the measure is not defined; never nan.
        notes: why it is not defined there, or what else a reader must know, one sentence each.
        lower, upper: bounds of each value for what is not known, where the measure has any; else nothing.
    """

    values: tuple[float | None, ...]
    notes: tuple[Text, ...] = ()
    lower: tuple[float | None, ...] | None = None
    upper: tuple[float | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A name for the command line, the function, and who proposed it; its words are in `kg.measure.messages`."""

    name: str
    function: Callable[[Network, Mode], Scores]
    citation: str

    def describe(self, mode: Mode) -> Text:
        """What the score is, in half a sentence."""
        half = WORDS.get(f"{self.name}/{mode}") or WORDS[self.name]
        return Text("Score: {half}.", "得分：{half}。").format(half=half)

    def explain(self) -> Text:
        """How it is measured, in words, with the citation."""
        return cited(self.name, WORDS[f"{self.name}/explained"], self.citation)


def cited(name: str, words: Text, citation: str) -> Text:
    """What is called `name`, in words, with its citation."""
    return Text("{name}: {words} [{citation}]", "{name}：{words}[{citation}]").format(
        name=name, words=words, citation=citation
    )
