"""Indicators of a whole network: values with bounds, p-values and numbers of observations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from kg.measure.scores import rounded
from kg.model import Cell, Table, Text
from kg.network import Network
from kg.rdf.ontology import Concept
from kg.texts import Message, listed

COLUMNS = ("indicator", "group", "value", "lower", "upper", "expected", "p", "observations", "reason")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number about a network.

    Attributes:
        name: the indicator.
        group: the actors or links that it describes.
        value: the number; ``None`` where it is not defined, and `reason` states the reason.
        observations: the number of links, ties or actors that it is computed from.
        lower, upper: bounds for any values of the unknown parties or dates; ``None`` without such bounds.
        expected: the mean under the null model.
        p: the share of draws from the null model that are as extreme.
    """

    name: str
    group: str
    value: float | None
    observations: int
    lower: float | None = None
    upper: float | None = None
    expected: float | None = None
    p: float | None = None
    reason: Text | None = None

    def cells(self) -> tuple[Cell, ...]:
        """Return the row of a table with the columns `COLUMNS`."""
        numbers = map(rounded, (self.value, self.lower, self.upper, self.expected, self.p))
        return self.name, self.group, *numbers, self.observations, self.reason


def undefined(name: str, group: str, observations: int, reason: Text) -> Indicator:
    """Return an indicator without a value."""
    return Indicator(name, group, None, observations, reason=reason)


def indicator_table(indicators: Iterable[Indicator], notes: Sequence[Text]) -> Table:
    """Return `indicators` as a table with the columns `COLUMNS`."""
    return Table(COLUMNS, tuple(one.cells() for one in indicators), tuple(notes))


def sectors(network: Network) -> tuple[str, ...]:
    """Return the sectors of the actors of `network`, sorted."""
    return tuple(sorted({actor.sector for actor in network.actors if actor.sector is not None}))


def sector_note(names: Sequence[str]) -> Text:
    """Return a sentence that lists the sectors of a network."""
    called = listed(Concept("sector", name) for name in names) if names else Message("none")
    return Message("Sectors in this network: {names}.", names=called)


def sector_pairs(count: int) -> tuple[tuple[int, int], ...]:
    """Return all unordered pairs of `count` sectors by index, in order; a sector is paired with itself too."""
    return tuple(combinations_with_replacement(range(count), 2))
