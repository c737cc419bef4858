"""Records that readers produce: for each row a record, or the reason why there is none.

All values are frozen. Keys are paths under ``id/``: `key` makes them from the source's own identifiers, never from a
label or a counter. Concepts are given by their notation, classes by their local name. `kg.ingest.editions` refuses
undefined classes; `kg validate` reports undefined notations. Unknown values are absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from kg.texts import Text

_UNSAFE = re.compile(r"[^\w.~-]|[\x00-\x20\x7f-\x9f]")


def key(*parts: str) -> str:
    """Join identifiers of the source with slashes; characters not allowed in an IRI are percent-encoded.

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
    """Location of a row in a file.

    Attributes:
        file: file name without folders.
        row: number of its first line in a text file (the header is line 1), otherwise number of the record, from 1.
        column: the column or field at fault, if the row was refused.
    """

    file: str
    row: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row left out by a rule; the report counts such rows by the name of the rule (``no-rename``)."""

    location: RowLocation
    rule: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be parsed, with the fault, its remedy and the value at fault."""

    location: RowLocation
    reason: Text
    value: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A publication in all its editions; the key contains no year, so later editions belong to the same source.

    Attributes:
        key: under ``source/``.
        quality: notation of ``scheme/quality``: official, university, aggregator, …
        title, language: the title by language; the BCP 47 tag of the content.
        licence: its licence, credited to the publisher, if it differs from that of the reader.
    """

    key: str
    publisher: str
    quality: str
    title: tuple[Name, ...] = ()
    address: str | None = None
    language: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A preferred or an alternative name, with a BCP 47 language tag; empty if the source gives none."""

    text: str
    lang: str = ""
    preferred: bool = True


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in a registry; `scheme` is the local name of its datatype, such as ``rorId``."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place under ``id/place/``, with both coordinates in degrees (WGS 84) or neither."""

    key: str
    names: tuple[Name, ...]
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    within: Place | None = None
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept of ``scheme/<scheme>`` that the source defines, such as a field of science in EuroSciVoc."""

    scheme: str
    notation: str
    names: tuple[Name, ...]
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation as one row describes it.

    Attributes:
        kind: local name of its class: ``University``, ``Firm``, …
        region, city: names by language.
        unit_of: key of the single host of a unit.
        part_of: keys of the organisations of which it is a part, but not a unit.
        sector: notation, only if it differs from the sector of the class.
        category: for a unit, a notation of ``scheme/unit-category``.
        domains: web domains in lower case, without a scheme.
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
    """Participation of one actor in a link.

    Attributes:
        actor: key of the actor, which this row or another describes.
        role: notation of ``scheme/role``.
        contribution: money that the actor receives or provides, in `currency` (ISO 4217).
    """

    actor: str
    role: str
    contribution: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class UnnamedGroup:
    """A counted group without names: a party group if it has a role, otherwise something that the link counts.

    Attributes:
        key: under the key of the link.
        thing, kind: notations of ``scheme/counted-thing`` and ``scheme/count-kind``.
        includes_named: whether the count includes the named parties; ``None`` if unknown.
        members: keys of the named actors that are among the counted.
    """

    key: str
    count: int
    thing: str
    kind: str = "exact"
    role: str | None = None
    includes_named: bool | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a whole link; `kind` and `precision` are notations of ``amount-kind`` and ``count-kind``."""

    key: str
    value: Decimal
    currency: str
    kind: str = "contractValue"
    precision: str = "exact"


@dataclass(frozen=True, slots=True)
class Dates:
    """Bounds of the start and the end, their precision, and the wording of the source."""

    start_earliest: date | None = None
    start_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    precision: str | None = None
    stated_as: str | None = None


UNDATED = Dates()


@dataclass(frozen=True, slots=True)
class Link:
    """A link between actors, or a part of one: a row may give a single participation of a link named by another row.

    Attributes:
        key: under ``id/link/``.
        form: local name of the class: ``Project``, ``Partnership``, …
        kind: notation of ``scheme/kind``.
        names: empty if another row names the link.
        description: by language; not quoted from the source.
        about: keys of the units or alliances that the link founds or builds.
        arity: of an agreement, or of a link whose parties are not all tied to each other.
        common_party: key of the actor that has a relation with each other party, if `arity` is in `kg.terms.SEPARATE`.
        term_months: length in months.
        stated_kind: the word of the source for the kind.
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
    common_party: str | None = None
    topics: tuple[Topic, ...] = ()
    groups: tuple[UnnamedGroup, ...] = ()
    place_names: tuple[Name, ...] = ()
    term_months: int | None = None
    amounts: tuple[Amount, ...] = ()
    stated_kind: Name | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A renaming, merger or split of organisations.

    Attributes:
        key: under ``id/change/``.
        original, resulting: keys of organisations; a renamed organisation has a new key.
        kind: notation of ``scheme/change-kind``.
    """

    key: str
    names: tuple[Name, ...]
    original: tuple[str, ...]
    resulting: tuple[str, ...]
    dates: Dates = UNDATED
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The content of one row.

    Attributes:
        key: of the row, made from the source's own identifier; under ``evidence/<source>/``.
        note: a description of the row, not quoted from the source; the location of the row is appended.
        page: web page of the record itself.
        complete: the row with its internal cells, if any; `internal_location`: whether file and row are internal.
        left_open: field and value of each value that is not used, such as an unknown status or a null in a list.
    """

    key: str
    location: RowLocation
    source: Source
    note: Text
    actors: tuple[Actor, ...] = ()
    links: tuple[Link, ...] = ()
    changes: tuple[Change, ...] = ()
    page: str | None = None
    complete: Record | None = None
    internal_location: bool = False
    left_open: tuple[tuple[str, str], ...] = ()


Row = Record | Skipped | Refused
"""One row of a source, as its reader returns it."""
