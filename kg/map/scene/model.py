"""The scene: one frozen value with everything that a page or picture draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Text, localise
from kg.query.cards import LinkCard

HYPEREDGE_SIZE = 3.5
"""Radius of a hyperedge, map units."""
FULL_UP_TO = 5000
"""Points up to which a page includes all views and all evidence; beyond, vis-network takes more than 50 ms for a redraw
(``python tests/benchmarks --maps``)."""

MAX_COLUMN = 120
"""Width of a picture up to which it has the layout of one column, millimetres."""

RankInterval = tuple[int, int]
"""The best and the worst rank of an actor."""


@dataclass(frozen=True, slots=True)
class UnnamedRing:
    """The ring of dashes around a point for its unnamed parties; open if `bound`, when the count is a lower bound."""

    count: int = 0
    bound: bool = False


@dataclass(frozen=True, slots=True)
class SceneNode:
    """An actor.

    Attributes:
        label: the name on the map; a name in capitals has title case (`kg.model.shown`).
        stated: the name as the source writes it, if it differs.
        names: all names as (language tag, text), for search and the panel.
        short: the short name, for the label on the map; a language without one shows the label.
        score: the score by the first measure; ``None`` if it is undefined.
        links: IRIs of its links.
        named: number of distinct named partners.
        declared: `named` plus the unnamed parties of its links; a lower bound if `bound`.
        ring: the unnamed parties of the links in which it is the only named party.
        size: the size of its shape in vis-network; the area is linear in the score.
        x, y: position in map units, y downwards.
        community: index of its community, from the largest.
        region: its province or country.
        units: the names of the units that are counted with it.
    """

    iri: str
    label: Text
    names: tuple[tuple[str, str], ...]
    kind: str
    sector: str
    score: float | None
    links: tuple[str, ...]
    named: int
    declared: int
    bound: bool
    ring: UnnamedRing = UnnamedRing()
    size: float = 5.0
    x: float = 0.0
    y: float = 0.0
    community: int = 0
    region: Text | None = None
    units: tuple[Text, ...] = ()
    short: Text = field(default_factory=Text)
    stated: Text = field(default_factory=Text)

    @property
    def source_label(self) -> Text:
        """The name as the source writes it."""
        return self.label if self.stated == Text() else self.stated

    @property
    def shown(self) -> Text:
        """The name beside its point: the short name in each language that has one."""
        return Text(self.short.en or self.label.en, self.short.zh or self.label.zh)


@dataclass(frozen=True, slots=True)
class SceneHyperedge:
    """A link with many parties, drawn as a point with a ring for all its unnamed parties."""

    link: str
    x: float
    y: float
    ring: UnnamedRing = UnnamedRing()


@dataclass(frozen=True, slots=True)
class SceneEdge:
    """A line between two points, as indexes into the nodes followed by the hyperedges; IRIs of its links."""

    a: int
    b: int
    weight: float
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SceneSource:
    """A source of a link: its IRI, its publisher, and the notation of its quality."""

    iri: str
    publisher: str | None
    quality: str | None


@dataclass(frozen=True, slots=True)
class SceneMeasure:
    """The scores of all nodes by one measure, in order.

    Attributes:
        name: notation of the measure.
        values: ``None`` if the score is undefined.
        lower, upper: bounds of the scores, if the measure has bounds.
        rank_intervals: the best and the worst rank of each node in nine of ten samples, if they were computed.
    """

    name: str
    values: tuple[float | None, ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    rank_intervals: tuple[RankInterval | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneCity:
    """A city of the geographic view: its position, y downwards, and the indexes of its actors."""

    label: Text
    x: float
    y: float
    actors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SceneView:
    """Another layout of the network.

    Attributes:
        name: "two-mode" (actors and links), "bands" (one band per sector), "geo" (one point per city), "timeline" (one
            point per dated link) or "years" (the layout of the map, once per year).
        actors: position of each node, in order; empty if cities represent the nodes.
        links: positions of the links that are points, by IRI; such a link has a line to each of its actors.
        bands: key, first and last y of each band, from the top.
        cities: the cities by descending number of actors.
        graticule: meridians and parallels, each with its name and its positions.
        days: the day (since 1970-01-01) at x = 0, and map units per day, if x is time.
        viewport: left, top, right and bottom of the part that is shown first, if it is not everything.
    """

    name: str
    actors: tuple[tuple[float, float], ...]
    links: Mapping[str, tuple[float, float]]
    bands: tuple[tuple[str, float, float], ...] = ()
    cities: tuple[SceneCity, ...] = ()
    graticule: tuple[tuple[Text, tuple[tuple[float, float], ...]], ...] = ()
    viewport: tuple[float, float, float, float] | None = None
    days: tuple[int, float] | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """The actor that a scene is about, with its rank and the number of ranked actors by each measure."""

    actor: str
    ranks: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneFinding:
    """A finding: its kind, its sentence, and the IRIs of its links in the scene."""

    name: str
    text: Text
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryStep:
    """A step of the story of a page: its heading, its text, and the address of its view, without ``#``."""

    title: Text
    text: Text
    view: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One map.

    Attributes:
        title, subtitle: the heading and the counts below it.
        nodes: the actors, sorted by IRI.
        links: the card of each link, by IRI.
        members, layers: indexes of the nodes and layers of each link, by IRI.
        roles: the roles of each member of a link, by IRI.
        sources: the sources of each link, if the cards have no evidence.
        measure: notation of the measure that determines the sizes, the first of `measures`.
        views: other layouts.
        lang: "en" or "zh".
        notes: notes for the reader, one sentence each.
        terms: names of all notations in the scene, as "scheme/notation".
        initial_view: "map" or the name of one of `views`.
        theme: "light" or "dark"; ``None`` follows the reader's system.
        focus: the actor that the scene is about, if any.
        findings: sentences about the network, the unknown first.
        story: steps that lead through the page.
        width: width of a picture in print, millimetres.
        ground: "white" or "transparent"; ``None`` for that of the theme.
    """

    title: Text
    subtitle: Text
    nodes: tuple[SceneNode, ...]
    hyperedges: tuple[SceneHyperedge, ...]
    edges: tuple[SceneEdge, ...]
    links: Mapping[str, LinkCard]
    members: Mapping[str, tuple[int, ...]]
    layers: Mapping[str, tuple[str, ...]]
    measure: str
    roles: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    sources: Mapping[str, tuple[SceneSource, ...]] = field(default_factory=dict)
    measures: tuple[SceneMeasure, ...] = ()
    views: tuple[SceneView, ...] = ()
    lang: str = "en"
    notes: tuple[Text, ...] = ()
    terms: Mapping[str, Text] = field(default_factory=dict)
    initial_view: str = "map"
    theme: str | None = None
    focus: Focus | None = None
    findings: tuple[SceneFinding, ...] = ()
    story: tuple[StoryStep, ...] = ()
    width: int | None = None
    ground: str | None = None

    @property
    def localised_notes(self) -> tuple[str, ...]:
        """The notes in the language of the scene."""
        return tuple(localise(note, self.lang) for note in self.notes)

    @property
    def is_slim(self) -> bool:
        """True for a picture that is as wide as one column of a journal."""
        return self.width is not None and self.width <= MAX_COLUMN

    @property
    def is_full(self) -> bool:
        """True if a page of the scene includes all views and all evidence."""
        return len(self.nodes) + len(self.hyperedges) <= FULL_UP_TO
