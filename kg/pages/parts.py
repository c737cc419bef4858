"""The parts of pages: references, facts, lists of links, ranks, and the top of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.query.cards import EvidenceCard
    from kg.texts import Text


class Ref(NamedTuple):
    """A node with its name, and the path of its page, if it has one."""

    label: Text
    path: str | None = None
    sector: str = ""


class Value(NamedTuple):
    """A value of a fact.

    Attributes:
        text: the value for people.
        path: path of the page of the value, if it is a node with a page.
        address: address of the value elsewhere, if it is an identifier.
        marks: numbers of the sources that state it.
    """

    text: Text | str
    path: str | None = None
    address: str | None = None
    marks: tuple[int, ...] = ()


class Fact(NamedTuple):
    """A property of a node with its values."""

    name: Text
    values: tuple[Value, ...]


class Origin(NamedTuple):
    """A source, as a list of links displays it; `address` is that of the record, if the evidence has one."""

    publisher: Text
    path: str
    published: str | None
    address: str | None


class Cited(NamedTuple):
    """A numbered source of a page, with the pieces of evidence that the page uses."""

    number: int
    origin: Origin
    title: Text
    quality: Text
    pieces: tuple[EvidenceCard, ...]


class LinkRow(NamedTuple):
    """A link in a list.

    Attributes:
        others: the first other parties; `more` counts further ones.
        unnamed: number of parties that are counted but not named, a lower bound if `is_lower_bound`.
        note: the content of its evidence in our own words.
        through: the unit whose link it is.
        is_paper: whether it is a joint publication.
    """

    ref: Ref
    kind: Text
    stage: Text
    date: Text
    others: tuple[Ref, ...]
    more: int
    unnamed: int
    is_lower_bound: bool
    amounts: tuple[Text, ...]
    note: Text
    origins: tuple[Origin, ...]
    through: Ref | None
    is_paper: bool
    start: str = ""


class Entry(NamedTuple):
    """A line of a list of nodes: the node, a text beside it, and a number."""

    ref: Ref
    beside: Text
    number: int | None = None


class Partner(NamedTuple):
    """A partner with the number of shared links."""

    ref: Ref
    links: int


class Partners(NamedTuple):
    """The partners in one sector: the first `shown` of `listed` are visible at once, and `more` are not listed."""

    sector: str
    name: Text
    listed: tuple[Partner, ...]
    more: int
    shown: int


class Standing(NamedTuple):
    """The rank of an actor by a measure; `lower` and `upper` are the ends of its interval, if it has one."""

    measure: str
    name: Text
    score: float
    rank: int
    of: int
    is_joint: bool
    lower: int | None
    upper: int | None


class Party(NamedTuple):
    """A participation in a link: a named actor, or a group with its description in `label`."""

    role: Text
    ref: Ref
    marks: tuple[int, ...]
    is_group: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The top of the page of a node.

    Attributes:
        iri: the node.
        path: path of the page.
        label: its name.
        kind: its kind, such as "firm".
        sector: notation of its sector; empty if it has none.
        facts: its properties.
        cited: the sources that the page uses, by number.
    """

    iri: str
    path: str
    label: Text
    kind: Text
    sector: str = ""
    facts: tuple[Fact, ...] = ()
    cited: tuple[Cited, ...] = ()
