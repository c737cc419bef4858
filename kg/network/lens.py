"""What part of the graph a network looks at, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.errors import UsageError
from kg.incidence import Incidence

Weight = Literal["newman", "newman-named", "count", "contribution"]
"""What a tie between two actors weighs (see `kg.network.Network.projection`)."""


@dataclass(frozen=True, slots=True)
class Lens:
    """What part of the graph is looked at, and what a tie weighs there.

    A link is kept when all of these hold (``None``: always, but for the first two):

    * its stage is in `stages`; with ``None``, in the ontology's default stages or not stated;
    * a named actor takes part in it in a role of one of the `layers` (``None``: the ontology's default layers), in one
      of the `roles`, and is of one of the `sectors`;
    * its kind is in `kinds`, its class in `forms`;
    * one of its sources is in `sources` (by IRI, key or publisher), one of them has a quality in `qualities`;
    * with `derived` "without" a source states who takes part, with "only" nothing does but inferences of ours;
    * it was made at one of the `places`, or such an actor sits there (region or city of itself or its host);
    * it may have begun within [`since`, `until`], both days included: its start is an interval of days, an open end
      of which reaches for ever, and one common day is enough. With `in_force` it may have been in force on a day of the
      window; with `certain` it surely began, or was in force, there, whatever the open bounds are. With neither day
      given the date does not matter; with either, a link of which no bound is known is left out, or with `undated`
      kept (and counted both ways).

    Only participations in those layers and roles, by actors of those sectors, are incidences. With `between`, two
    sectors, only their actors are, only links with both are kept, and ties join one with the other alone. A unit counts
    for its host, and for the host of that, with `units` "host"; with "own" each actor stands for itself.

    `weight` is what ties weigh; contributions are of one `currency`, which need not be said where there is one only.

    Raises:
        UsageError: `since` is after `until`, or links are to be both certain and undated.
    """

    layers: frozenset[str] | None = None
    stages: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    units: Literal["host", "own"] = "host"
    roles: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    certain: bool = False
    in_force: bool = False
    undated: bool = False
    places: frozenset[str] | None = None
    sectors: frozenset[str] | None = None
    between: tuple[str, str] | None = None
    sources: frozenset[str] | None = None
    qualities: frozenset[str] | None = None
    derived: Literal["with", "without", "only"] = "with"
    weight: Weight = "newman"
    currency: str | None = None

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins, and what no link can be."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"the first day, {self.since}, is after the last, {self.until}")
        if self.certain and self.undated:
            raise UsageError("a link of no known date is never certain: ask for certain links or for undated ones")

    @property
    def windowed(self) -> bool:
        """Whether dates matter."""
        return self.since is not None or self.until is not None

    @property
    def across(self) -> bool:
        """Whether ties join one sector with another, and nobody within either."""
        return self.between is not None and self.between[0] != self.between[1]

    @property
    def partners(self) -> frozenset[str] | None:
        """The sectors whose actors are looked at; ``None`` for all."""
        asked = [each for each in (self.sectors, self.between and frozenset(self.between)) if each is not None]
        return frozenset.intersection(*asked) if asked else None


def describe(lens: Lens, incidence: Incidence) -> str:
    """The lens in one sentence, with the defaults filled in."""
    layers = incidence.default_layers if lens.layers is None else lens.layers
    stages = incidence.default_stages if lens.stages is None else lens.stages
    units = "units count for their hosts" if lens.units == "host" else "units stand for themselves"
    kinds = "any kind" if lens.kinds is None else f"kinds {words(lens.kinds)}"
    parts = [f"layers {words(layers)}", f"stages {words(stages)}", kinds, _dates(lens), *_asked(lens), units]
    return f"Lens: {'; '.join(parts)}."


def words(values: Iterable[str]) -> str:
    """The values in order, for people."""
    return ", ".join(sorted(values)) or "none"


def _asked(lens: Lens) -> Iterator[str]:
    """What is looked at only where somebody asks."""
    chosen = {
        "roles": lens.roles,
        "forms": lens.forms,
        "places": lens.places,
        "parties of the sectors": lens.sectors,
        "sources": lens.sources,
        "sources of quality": lens.qualities,
    }
    for what, values in chosen.items():
        if values is not None:
            yield f"{what} {words(values)}"
    if lens.between:
        yield "between {} and {}".format(*lens.between)
    if lens.derived != "with":
        yield "without links that are only inferred" if lens.derived == "without" else "only links that are inferred"
    if lens.weight != "newman":
        yield f"ties weigh by {lens.weight}" + (f" in {lens.currency}" if lens.currency else "")


def _dates(lens: Lens) -> str:
    how = f"{'certainly' if lens.certain else 'possibly'} {'in force' if lens.in_force else 'begun'}"
    more = ", or of no known date" if lens.undated else ""
    match lens.since, lens.until:
        case None, None:
            return "any date"
        case since, None:
            return f"{how} since {since}{more}"
        case None, until:
            return f"{how} until {until}{more}"
        case since, until:
            return f"{how} between {since} and {until}{more}"
