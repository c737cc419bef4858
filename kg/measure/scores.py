"""What a measure returns, and what a measure is."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Label
from kg.network import Mode, Network


@dataclass(frozen=True, slots=True)
class Scores:
    """One value for each actor of a network, in its order.

    Attributes:
        values: ``None`` where the measure is not defined; never nan.
        notes: why it is not defined there, or what else a reader must know, one sentence each.
    """

    values: tuple[float | None, ...]
    notes: tuple[str, ...] = ()


_UNSAID = Label()


@dataclass(frozen=True, slots=True)
class Measure:
    """A name for the command line, the function, and what the score is, in half a sentence for each mode.

    Attributes:
        explanation, citation: how it is measured, in words for people, and who proposed it.
    """

    name: str
    function: Callable[[Network, Mode], Scores]
    two_mode: str
    one_mode: str
    explanation: Label = _UNSAID
    citation: str = ""

    def says(self, mode: Mode) -> str:
        """What the score is."""
        return self.two_mode if mode == "two-mode" else self.one_mode
