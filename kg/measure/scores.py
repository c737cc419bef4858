"""The types of scores and measures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kg.measure.messages import TEXTS
from kg.network import Mode, Network
from kg.texts import Message, Text

Cost = Literal["linear", "triads", "distances", "paths"]
"""The growth of the time of a measure: with the ties of a network; with pairs of ties that share an actor; with the
distances between all pairs of nodes; with the shortest paths between all pairs."""

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Scores:
    """One value for each actor of a network, in the order of its actors.

    Attributes:
        values: the scores; ``None`` where the measure is not defined, never nan.
        notes: reasons for undefined values, and other limits of the scores, one sentence each.
        lower, upper: bounds of each value that follow from unknown sizes; ``None`` if the measure has no bounds.
    """

    values: tuple[float | None, ...]
    notes: tuple[Text, ...] = ()
    lower: tuple[float | None, ...] | None = None
    upper: tuple[float | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of actors; its texts are in `kg.measure.messages`.

    Attributes:
        name: the name on the command line.
        function: the computation.
        citation: the publications that define it.
        cost: the growth of its time; `kg.measure.cost` decides by it.
        favourable: the end of the scores that is an advantage to the actor; ``None`` if neither is.
    """

    name: str
    function: Callable[[Network, Mode], Scores]
    citation: str
    cost: Cost
    favourable: Literal["high", "low"] | None = "high"

    def describe(self, mode: Mode) -> Text:
        """Return a short description of the score."""
        description = TEXTS.get(f"{self.name}/{mode}") or TEXTS[self.name]
        return Message("Score: {description}.", description=description)

    def ends(self) -> Text:
        """Return which end of the scores is an advantage."""
        return _ENDS[self.favourable]

    def explain(self) -> Text:
        """Return the method in words, with its citation."""
        return cited(self.name, TEXTS[f"{self.name}/explained"], self.citation)


_ENDS = {
    "high": Message("A high score is an advantage; rank 1 is the highest."),
    "low": Message("A low score is an advantage; rank 1 is the highest score."),
    None: Message("Neither end of the score is an advantage; rank 1 is the highest."),
}


def cited(name: str, text: Text, citation: str | Text) -> Text:
    """Return `text` after the `name` of a method and before its `citation`."""
    return Message("{name}: {text} [{citation}]", name=Message(name, "code"), text=text, citation=citation)


def rounded(value: float | None) -> float | None:
    """Return `value` with 12 significant digits.

    Further digits are summation error, which must neither order actors nor reach the output.
    """
    return None if value is None else float(f"{value:.{_DIGITS}g}") + 0.0  # turns -0.0 into 0.0
