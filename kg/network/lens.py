"""The part of the graph that a network shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, overload

from kg.errors import UsageError
from kg.network.incidence.tables import Incidence
from kg.rdf.ontology import Concept
from kg.rdf.publishers import publisher
from kg.texts import Message, Text, listed

_NO_NAMES: Mapping[str, Text] = MappingProxyType({})

Weight = Literal["newman", "newman-named", "count", "contribution"]
"""Weight of a tie between two actors (see `kg.network.Network.projection`)."""


Aggregate = Literal["none", "host", "group"]
"""Units as actors of their own, or counted for their hosts, or also subsidiaries and institutes for their groups."""


class NameSet:
    """A field of names: it accepts one string or an iterable of strings and contains a frozen set, or ``None``."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Store the name of the field."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> None: ...
    @overload
    def __get__(self, instance: object, owner: type) -> frozenset[str] | None: ...
    def __get__(self, instance: object | None, owner: type) -> frozenset[str] | None:
        """Return the set of an instance, or the default of the class."""
        names: frozenset[str] | None = None if instance is None else instance.__dict__[self._name]
        return names

    def __set__(self, instance: object, value: str | Iterable[str] | None) -> None:
        """Convert `value` to a frozen set.

        Raises:
            UsageError: a value is not a string.
        """
        names = None if value is None else frozenset([value] if isinstance(value, str) else value)
        for name in names or ():
            if not isinstance(name, str):
                raise UsageError("{_name} contains {name!r}; use strings", _name=self._name, name=name)
        instance.__dict__[self._name] = names


@dataclass(frozen=True)
class Lens:
    """The selection of links and participations, and the weight of ties.

    Each set of names may be given as one string or any iterable of strings.

    A link is kept if all of these hold (``None`` means no condition, except for the first two):

    * its stage is in `stages`; with ``None``, in the ontology's default stages or not stated;
    * a named actor takes part in it in a role of one of the `layers` (``None``: the ontology's default layers), in one
      of the `roles`, and belongs to one of the `participant_sectors`;
    * its kind is in `kinds`, its class in `link_types`;
    * one of its sources is in one of the `collections` (``None``: it has no source, or one that is not in a collection
      beside the default lens);
    * one of its sources is in `sources` (by IRI, key or publisher), and one of them has a quality in `qualities`;
    * it has at most `max_parties` named parties, in whatever role;
    * with `derived` "without", a source states its participations; with "only", all of them are inferred;
    * it was made at one of the `places`, or such an actor is located there (region or city of itself or its host);
    * it may have begun within [`since`, `until`], both days included: its start is an interval of days, possibly open,
      and one common day suffices. With `date_mode` "in-force" it may have been in force on a day of the window. With
      `certain_dates` it certainly began, or was in force, in the window for all possible dates. Without `since` and
      `until` dates do not matter. With either, a link without a known bound is left out, or kept with
      `include_undated` (and counted in both cases).

    Only participations in those layers and roles, by actors of those sectors, are incidences. With `between`, a pair of
    sectors, only their actors remain, only links with both are kept, and ties connect one sector with the other. With
    `aggregate` "host" a unit counts for its host, and for the host of that. With "group" a subsidiary or an institute
    counts for its group too; departments of a government stand for themselves. With "none" each actor is a node.

    `weight` determines the weight of ties; contributions are in one `currency`, which may be omitted if there is one.

    Raises:
        UsageError: `since` is after `until`, links must be both certain and undated, or `max_parties` is below 2.
    """

    layers: NameSet = NameSet()
    stages: NameSet = NameSet()
    kinds: NameSet = NameSet()
    since: date | None = None
    until: date | None = None
    aggregate: Aggregate = "host"
    roles: NameSet = NameSet()
    link_types: NameSet = NameSet()
    date_mode: Literal["started", "in-force"] = "started"
    certain_dates: bool = False
    include_undated: bool = False
    places: NameSet = NameSet()
    participant_sectors: NameSet = NameSet()
    between: tuple[str, str] | None = None
    sources: NameSet = NameSet()
    qualities: NameSet = NameSet()
    derived: Literal["with", "without", "only"] = "with"
    weight: Weight = "newman"
    currency: str | None = None
    collections: NameSet = NameSet()
    max_parties: int | None = None

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins, and conditions that no link or tie can satisfy."""
        if self.since and self.until and self.since > self.until:
            raise UsageError("the first day, {since}, is after the last, {until}", since=self.since, until=self.until)
        if self.certain_dates and self.include_undated:
            raise UsageError(
                "certain dates exclude links without a date: choose --certain-dates or --include-undated, not both"
            )

        if self.max_parties is not None and self.max_parties < 2:  # noqa: PLR2004 - a tie needs two parties
            raise UsageError("the largest number of parties must be 2 or more, not {count}", count=self.max_parties)

    @property
    def windowed(self) -> bool:
        """Return whether dates matter."""
        return self.since is not None or self.until is not None

    @property
    def in_force(self) -> bool:
        """Return whether dates refer to the period in force rather than to the start."""
        return self.date_mode == "in-force"

    @property
    def across(self) -> bool:
        """Return whether ties connect one sector with another, and no actors within either."""
        return self.between is not None and self.between[0] != self.between[1]

    @property
    def partners(self) -> frozenset[str] | None:
        """Return the sectors whose actors are selected; ``None`` for all."""
        conditions = [
            each for each in (self.participant_sectors, self.between and frozenset(self.between)) if each is not None
        ]
        return frozenset.intersection(*conditions) if conditions else None


def narrowed(lens: Lens, incidence: Incidence, regions: Mapping[str, Text]) -> Text | None:
    """Return the conditions of `lens` that differ from the defaults, with the names of `regions`; ``None`` for none."""
    parts = (
        *(() if lens.layers is None else (_these(Message("layers {values}"), lens.layers, "layer"),)),
        *(() if lens.stages is None else (_these(Message("stages {values}"), lens.stages, "stage"),)),
        *(() if lens.kinds is None else (_these(Message("kinds {values}"), lens.kinds, "kind"),)),
        *((_dates(lens),) if lens.windowed else ()),
        *(() if lens.collections is None else _collections(lens, incidence)),
        *_asked(lens, regions),
    )
    return Message("Scope: {parts}", parts=Message("; ").join(parts)) if parts else None


def describe(lens: Lens, incidence: Incidence) -> Text:
    """Return the lens in one sentence, with its defaults."""
    parts = (
        _these(Message("layers {values}"), incidence.default_layers if lens.layers is None else lens.layers, "layer"),
        _these(Message("stages {values}"), incidence.default_stages if lens.stages is None else lens.stages, "stage"),
        Message("any kind") if lens.kinds is None else _these(Message("kinds {values}"), lens.kinds, "kind"),
        _dates(lens),
        *_collections(lens, incidence),
        *_asked(lens),
        _AGGREGATE[lens.aggregate],
    )
    return Message("Lens: {parts}.", parts=Message("; ").join(parts))


_AGGREGATE = {
    "host": Message("units count for their hosts"),
    "group": Message("units and subsidiaries count for their groups"),
    "none": Message("units stand for themselves"),
}


def words(values: Iterable[str], none: str = "none") -> str:
    """Return the sorted values as text."""
    return ", ".join(sorted(values)) or none


def _these(
    condition: Message,
    values: Iterable[str],
    scheme: str | None = None,
    names: Mapping[str, Text] = _NO_NAMES,
) -> Text:
    """Return a condition with its sorted `values`, which are concepts of the `scheme`, or are in `names`."""
    called = [names.get(name, name) if scheme is None else Concept(scheme, name) for name in sorted(values)]
    return condition.format(values=listed(called) if called else Message("none"))


def _collections(lens: Lens, incidence: Incidence) -> Iterator[Text]:
    """Return the collections, if the dataset has any."""
    known = {name for name in incidence.sources["collection"].to_pylist() if name}
    if known:
        chosen = known - incidence.beside_lens if lens.collections is None else lens.collections
        titles = [incidence.collections[name].title for name in sorted(chosen)]
        yield Message("collections {values}", values=listed(titles) if titles else Message("none"))


def _asked(lens: Lens, regions: Mapping[str, Text] = _NO_NAMES) -> Iterator[Text]:
    """Return the conditions that have no default, with the names of `regions` and of publishers."""
    names = {**{name: publisher(name) for name in lens.sources or ()}, **regions}
    chosen = (
        (Message("roles {values}"), lens.roles, "role"),
        (Message("link types {values}"), lens.link_types, ""),
        (Message("places {values}"), lens.places, None),
        (Message("parties of the sectors {values}"), lens.participant_sectors, "sector"),
        (Message("sources {values}"), lens.sources, None),
        (Message("sources of quality {values}"), lens.qualities, "quality"),
    )
    for condition, values, scheme in chosen:
        if values is not None:
            yield _these(condition, values, scheme, names)
    if lens.between:
        one, other = lens.between
        yield Message("between {one} and {other}", one=Concept("sector", one), other=Concept("sector", other))
    if lens.max_parties is not None:
        yield Message("links of at most {count} named parties", count=lens.max_parties)
    if lens.derived == "without":
        yield Message("without links that are only inferred")
    if lens.derived == "only":
        yield Message("only links that are inferred")
    if lens.weight != "newman":
        weight = Message("ties weigh by {weight}", weight=lens.weight)
        yield Message("{weight} in {currency}", weight=weight, currency=lens.currency) if lens.currency else weight


_HOW = {
    (False, False): Message("possibly begun"),
    (False, True): Message("possibly in force"),
    (True, False): Message("certainly begun"),
    (True, True): Message("certainly in force"),
}
"""The match of dates, by whether it is certain and whether it is of the period in force."""


def _dates(lens: Lens) -> Text:
    how = _HOW[lens.certain_dates, lens.in_force]
    more = Message(", or of no known date") if lens.include_undated else Text("", "")
    since, until = lens.since, lens.until
    match since, until:
        case None, None:
            return Message("any date")
        case _, None:
            template = Message("{how} since {since}{more}")
        case None, _:
            template = Message("{how} until {until}{more}")
        case _:
            template = Message("{how} between {since} and {until}{more}")
    return template.format(how=how, since=since, until=until, more=more)
