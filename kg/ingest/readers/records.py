"""What a reader says: of each row a record, or why there is none.

Everything here is frozen. Keys are paths under ``id/``: made by `key` from what the source itself calls a thing by,
never from a label that may change or a counter that may shift. Concepts are given by their notation
(``"coordinator"`` of the scheme ``role``), classes by their local name (``"University"``). A class that the ontology
does not have is refused by `kg.ingest.editions`, a notation found by `kg validate`. Values that are not known are
absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

_UNSAFE = re.compile(r"[^\w.~-]|[\x00-\x20\x7f-\x9f]")


def key(*parts: str) -> str:
    """Parts that the source itself gives, with a slash between; what an IRI cannot hold is written as %XX.

    >>> key("moe", "department", "上海市 中国科学院")
    'moe/department/上海市%20中国科学院'

    Raises:
        ValueError: a part is empty.
    """
    if not all(part.strip(".") for part in parts):
        raise ValueError(f"a key of {parts} would have an empty part")
    return "/".join(_UNSAFE.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), part) for part in parts)


@dataclass(frozen=True, slots=True)
class RowLocation:
    """Where a row stands.

    Attributes:
        file: its name, without folders.
        row: the number of its first line in a text file (the header is line 1), of the record in another; from 1.
        column: the column or field concerned, of a row that was refused.
    """

    file: str
    row: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is left out by a rule, which has a name (``no-rename``) that the report counts under."""

    location: RowLocation
    rule: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be understood: what is wrong and what to do, and the value that it concerns."""

    location: RowLocation
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What is published, whatever its edition: the key names no year, so that a later edition is the same source.

    Attributes:
        key: under ``source/``.
        quality: notation of ``scheme/quality``: official, university, aggregator, …
        title: by language.
        language: of what the source says, as in BCP 47.
        rights: whom to credit and under which licence, where that is not the same for all that the reader reads.
    """

    key: str
    publisher: str
    quality: str
    title: tuple[Name, ...] = ()
    address: str | None = None
    language: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a language (BCP 47; empty where the source does not say); a preferred one, or another."""

    text: str
    lang: str = ""
    preferred: bool = True


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a registry calls somebody by.

    Attributes:
        scheme: the local name of the datatype: ``rorId``, ``moeCode``, ``picId``, …
        value: in the form that its shape asks for.
    """

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place under ``id/place/``, with coordinates in degrees (WGS 84): both or neither."""

    key: str
    names: tuple[Name, ...]
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    within: Place | None = None
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A field: a concept of ``scheme/<scheme>`` that the source brings with it, such as one of EuroSciVoc."""

    scheme: str
    notation: str
    names: tuple[Name, ...]
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation as one row tells of it.

    Attributes:
        kind: the local name of its class: ``University``, ``Firm``, …
        region, city: as names, by language.
        unit_of: key of the one host of a unit.
        part_of: keys of the bodies it belongs to and is no unit of.
        sector: notation, only where it differs from that of the class.
        category: of a unit, notation of ``scheme/unit-category``.
        domains: of its sites, in lower case, without a scheme.
    """

    key: str
    kind: str
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...] = ()
    region: tuple[Name, ...] = ()
    city: tuple[Name, ...] = ()
    seat: Place | None = None
    unit_of: str | None = None
    part_of: tuple[str, ...] = ()
    sector: str | None = None
    category: str | None = None
    domains: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Participation:
    """The part of one actor in a link.

    Attributes:
        actor: its key; this row or another describes it.
        role: notation of ``scheme/role``.
        contribution: money that it gets or brings for its part, in `currency` (ISO 4217).
    """

    actor: str
    role: str
    contribution: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class UnnamedGroup:
    """So many that nobody names: with a role a party group, without one something that the link counts.

    Attributes:
        key: under the link's own.
        thing, kind: notations of ``scheme/counted-thing`` and ``scheme/count-kind``.
        includes_named: whether the named are among the counted; ``None`` where that is unknown.
    """

    key: str
    count: int
    thing: str
    kind: str = "exact"
    role: str | None = None
    includes_named: bool | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """Bounds of when something began and ended, how exact they are, and the words of the source."""

    start_earliest: date | None = None
    start_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    precision: str | None = None
    stated_as: str | None = None


UNDATED = Dates()


@dataclass(frozen=True, slots=True)
class Link:
    """What ties actors, or a part of it: a row may tell of one participation alone in a link that another names.

    Attributes:
        key: under ``id/link/``.
        form: local name of the class: ``Project``, ``Partnership``, …
        kind: notation of ``scheme/kind``.
        names: may be empty where another row names the link.
        description: in our own words, by language.
        about: keys of the units or alliances that it founds or builds.
        arity: of an agreement.
    """

    key: str
    form: str
    kind: str
    names: tuple[Name, ...] = ()
    participations: tuple[Participation, ...] = ()
    stage: str | None = None
    dates: Dates = UNDATED
    description: tuple[Name, ...] = ()
    about: tuple[str, ...] = ()
    arity: str | None = None
    topics: tuple[Topic, ...] = ()
    groups: tuple[UnnamedGroup, ...] = ()
    place_names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A renaming, a merger, a split: organisations that were, and those that came of it.

    Attributes:
        key: under ``id/change/``.
        original, resulting: keys of organisations, which have keys of their own even where only the name changed.
    """

    key: str
    names: tuple[Name, ...]
    original: tuple[str, ...]
    resulting: tuple[str, ...]
    dates: Dates = UNDATED


@dataclass(frozen=True, slots=True)
class Record:
    """What one row says.

    Attributes:
        key: of the row in its source, made from the source's own key; under ``evidence/<source>/``.
        note: what the row says in our own words, in English; its place is added to it.
    """

    key: str
    location: RowLocation
    source: Source
    note: str
    actors: tuple[Actor, ...] = ()
    links: tuple[Link, ...] = ()
    changes: tuple[Change, ...] = ()


Row = Record | Skipped | Refused
"""One row of a source, as its reader gives it back."""
