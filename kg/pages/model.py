"""The values of pages: everything that a page displays, in both languages, before a template is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from kg.pages.vocabulary import VocabularyPage
from kg.texts import Message, Text

if TYPE_CHECKING:
    from kg.findings import Finding
    from kg.model import Cell, Table
    from kg.pages.parts import Entry, Fact, Head, LinkRow, Partners, Party, Ref, Standing, Value


@dataclass(frozen=True, slots=True)
class OfNode:
    """A page of a node."""

    head: Head

    @property
    def path(self) -> str:
        """Path of the page."""
        return self.head.path

    @property
    def title(self) -> Text:
        """Title of the page."""
        return self.head.label


@dataclass(frozen=True, slots=True)
class ActorPage(OfNode):
    """The page of an actor.

    Attributes:
        names: all its names, with the words for their languages.
        described: descriptions in the words of the editors.
        place: its seat.
        identifiers, facts, relations: its properties, and the nodes that point to it.
        partners: its partners by sector; `partner_count` is their number.
        unnamed: number of parties of its links that are counted but not named, a lower bound if `is_lower_bound`.
        links: its links and those of its units, the newest first.
        ranks: its ranks in the network of the site.
        missing: what is not known.
    """

    names: tuple[Fact, ...]
    place: Ref | None
    identifiers: tuple[Fact, ...]
    relations: tuple[Fact, ...]
    partners: tuple[Partners, ...]
    partner_count: int
    unnamed: int
    is_lower_bound: bool
    links: tuple[LinkRow, ...]
    ranks: tuple[Standing, ...]
    missing: tuple[Text, ...]
    addresses: tuple[str, ...] = ()
    template: ClassVar[str] = "actor.html"


@dataclass(frozen=True, slots=True)
class LinkPage(OfNode):
    """The page of a link.

    Attributes:
        stage, date: its stage and its beginning.
        named, declared: numbers of parties; `declared` is a lower bound if `is_lower_bound`.
        described: what it is about.
        parties: its participations.
        history: its stage, milestones, renewals and end, in order of time.
        missing: what is not known.
    """

    stage: Text
    date: Text
    start: str | None
    named: int
    declared: int
    is_lower_bound: bool
    described: tuple[Value, ...]
    parties: tuple[Party, ...]
    history: tuple[tuple[Text, Value], ...]
    relations: tuple[Fact, ...]
    missing: tuple[Text, ...]
    template: ClassVar[str] = "link.html"


@dataclass(frozen=True, slots=True)
class NodePage(OfNode):
    """The page of a plan, an event, a place, a source, a collection, or another node.

    Attributes:
        form: name of the kind of page, such as "place".
        described: its descriptions.
        actors: its actors by sector.
        links, entries: its links, with or without their facts.
        relations: the nodes that point to it.
        more_links: number of links, if the page of the collection lists them.
        missing: what a collection does not contain.
        date: the day of an event.
        coordinates: latitude and longitude in degrees of WGS 84.
        address, licence, publisher, collection: those of a source or a collection.
    """

    form: str
    described: tuple[Text, ...] = ()
    actors: tuple[Partners, ...] = ()
    links: tuple[LinkRow, ...] = ()
    relations: tuple[Fact, ...] = ()
    more_links: int = 0
    missing: tuple[Text, ...] = ()
    date: Text = field(default_factory=Text)
    entries: tuple[Entry, ...] = ()
    coordinates: tuple[str, str] | None = None
    collection: Ref | None = None
    address: str | None = None
    licence: str | None = None
    publisher: Text = field(default_factory=Text)
    template: ClassVar[str] = "node.html"


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of nodes, in groups with a heading."""

    path: str
    title: Text
    groups: tuple[tuple[Text, tuple[Entry, ...]], ...]
    counted: Text
    template: ClassVar[str] = "list.html"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The answer to a question in each language; `more` is whether there are further rows."""

    path: str
    name: str
    title: Text
    answers: dict[str, Table]
    truncated: bool
    refs: dict[str, Ref]
    template: ClassVar[str] = "answer.html"


@dataclass(frozen=True, slots=True)
class RankingPage:
    """The ranks of all actors by a measure, with intervals; the front page shows the first of them."""

    title: Text
    ranking: tuple[tuple[Ref, Standing], ...]
    ranked_by: Text
    lens: Text
    path: ClassVar[str] = "ranking"
    template: ClassVar[str] = "ranking.html"


@dataclass(frozen=True, slots=True)
class GapsPage:
    """How many nodes have each property, in both languages, the rarest first; the front page shows the first rows."""

    gaps: dict[str, tuple[dict[str, Cell], ...]]
    title: ClassVar[Text] = Message("What is missing", "page")
    path: ClassVar[str] = "gaps"
    template: ClassVar[str] = "gaps.html"


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page: findings, ranks with intervals, gaps, collections, sources and questions."""

    title: Text
    subtitle: Text
    figures: tuple[tuple[int, Text, str], ...]
    findings: tuple[tuple[Finding, tuple[Ref, ...], int], ...]
    ranking: RankingPage
    scope: Text
    gaps: GapsPage
    collections: tuple[Entry, ...]
    questions: tuple[Entry, ...]
    datasets: tuple[NodePage, ...]
    path: ClassVar[str] = "index"
    template: ClassVar[str] = "home.html"


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page of the search, which contains the index."""

    title: Text
    path: ClassVar[str] = "search"
    template: ClassVar[str] = "search.html"


@dataclass(frozen=True, slots=True)
class MergedPage:
    """The page of an actor that counts as another: it leads there."""

    path: str
    title: Text
    target: Ref
    template: ClassVar[str] = "merged.html"


Page = (
    ActorPage
    | LinkPage
    | NodePage
    | ListPage
    | AnswerPage
    | RankingPage
    | GapsPage
    | HomePage
    | SearchPage
    | MergedPage
    | VocabularyPage
)
"""The pages of a site."""
