"""Indicators of a whole network: a value, its bounds, its p, how many cases it rests on; or why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.model import Cell, Table, Text
from kg.network import Network
from kg.rdf.ontology import in_chinese

COLUMNS = ("indicator", "group", "value", "lower", "upper", "expected", "p", "observations", "reason")

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number about a network.

    Attributes:
        name: what is measured, in which `group`.
        value: ``None`` where it is not defined; then `reason` says why.
        observations: how many links, ties or actors it rests on.
        lower, upper: what it could be if the parties or dates that are not known were; ``None`` where that is not told.
        expected, p: what chance alone gives, and how often chance is as extreme.
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
        """The row of a table with the columns `COLUMNS`."""
        numbers = map(rounded, (self.value, self.lower, self.upper, self.expected, self.p))
        return self.name, self.group, *numbers, self.observations, self.reason or None


def undefined(name: str, group: str, observations: int, reason: Text) -> Indicator:
    """An indicator that has no value, and why."""
    return Indicator(name, group, None, observations, reason=reason)


def table(indicators: Iterable[Indicator], notes: Sequence[Text]) -> Table:
    """The indicators in their order."""
    return Table(COLUMNS, tuple(one.cells() for one in indicators), tuple(notes))


def rounded(value: float | None) -> float | None:
    """`value` as far as it tells something; the digits beyond are left over from adding up."""
    return None if value is None else float(f"{value:.{_DIGITS}g}")


def sectors(network: Network) -> tuple[str, ...]:
    """The sectors of the actors of `network`, sorted."""
    return tuple(sorted({actor.sector for actor in network.actors if actor.sector is not None}))


def sectors_here(names: Sequence[str]) -> Text:
    """Which sectors somebody may ask for."""
    chinese = "、".join(f"{in_chinese('sector', name)}（{name}）" for name in names)
    return Text(f"Sectors in this network: {', '.join(names) or 'none'}.", f"该网络中的部门：{chinese or '无'}。")


def pairs(names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """All pairs of places in `names`, each with itself too, in order."""
    return tuple(sorted([*combinations(range(len(names)), 2), *((place, place) for place in range(len(names)))]))
