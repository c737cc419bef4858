"""What the map shows, as one frozen value: everything that the page needs and nothing that it must compute."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Text, localise
from kg.query.cards import LinkCard

HYPEREDGE_SIZE = 3.5
"""Radius of a hyperedge, map units."""
FULL_UP_TO = 5000
"""Points up to which a page bears each link with its evidence, and all views: beyond, the page of pyvis takes more than
50 ms for a redraw (``python tests/benchmarks --maps``)."""


@dataclass(frozen=True, slots=True)
class UnnamedRing:
    """Parties that are counted and not named, as drawn around a point; a lower bound where `bound` is true."""

    count: int = 0
    bound: bool = False


@dataclass(frozen=True, slots=True)
class SceneNode:
    """An actor as drawn.

    Attributes:
        label: what it is called on the map; `names`: every name as (language tag, text), for search and the panel.
        score: of the measure; ``None`` where it is not defined.
        links: IRIs of the links it takes part in.
        named: distinct named partners; declared: those and the unnamed parties of its links, a lower bound where
            `bound` is true.
        ring: the unnamed parties of those of its links in which nobody else is named.
        size: of its shape, as vis-network understands it; the area grows with the score.
        x, y: its place, map units, y downwards.
        community: whom it belongs with, from the largest group, 0, on.
        region: its province or country; units: what its units are called, where these count for it.
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


@dataclass(frozen=True, slots=True)
class SceneHyperedge:
    """A link of many parties, drawn as a point of its own; its ring shows all unnamed parties."""

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
    """A source that says who takes part in a link: its IRI, its publisher, and the notation of its quality."""

    iri: str
    publisher: str | None
    quality: str | None


@dataclass(frozen=True, slots=True)
class SceneMeasure:
    """What nodes can be sized by: values of all nodes, in order; ``None`` is not defined.

    Attributes:
        name: notation of the measure.
        lower, upper: between which bounds the value may lie, where that is known.
        rank_intervals: the best and worst rank of each node in nine of ten completions of the unnamed parties.
    """

    name: str
    values: tuple[float | None, ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    rank_intervals: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneCity:
    """A city of the geographic view: its place, y downwards, and who has its seat there, as indexes of the nodes."""

    label: Text
    x: float
    y: float
    actors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SceneView:
    """Another way to lay the same network out.

    Attributes:
        name: "two-mode" (actors and links), "bands" (a band for each sector) or "geo" (a point for each city)
            or "timeline" (a point for each link that has a date); "years" has the places of the map.
        actors: the place of each node, in order; none where cities stand for them.
        links: places of the links that are points here, by IRI; a link with a place has a line to each of its actors.
        bands: sector, first and last y of each band, from the top.
        cities: those with the most actors first; graticule: meridians and parallels, each with its name and its places.
        days: the day (since 1970-01-01) at x = 0, and map units a day, where x is time.
        viewport: left, top, right and bottom of where it opens, if that is not the whole.
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
    """The actor that a scene is about, and its rank among how many of the whole network, by each of the measures."""

    actor: str
    ranks: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One map.

    Attributes:
        title, subtitle: what is shown, and how many of how many.
        nodes: sorted by IRI.
        links: what the panel tells of each link, by IRI.
        members, layers: the nodes that take part in each link, as indexes, and in which layers, by IRI of the link.
        roles: in which roles each of the members takes part.
        sources: which sources say who takes part in each link, where `links` have no evidence to tell.
        measure: notation of the measure that gives nodes their size; `measures` are all, that one first.
        views: other ways to lay it out.
        lang: "en" or "zh", the language in which the page opens.
        notes: what a reader must know of the picture, one sentence each, in both languages where they are `Text`.
        terms: names of the notations that occur, as "scheme/notation".
        initial_view: "map" or the name of one of `views`.
        theme: "light" or "dark"; none is the reader's own.
        focus: whom it is about, where it is about one actor.
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

    @property
    def localised_notes(self) -> tuple[str, ...]:
        """The notes in the language of the scene."""
        return tuple(localise(note, self.lang) for note in self.notes)

    @property
    def is_full(self) -> bool:
        """Whether a page bears all of it: views, links and evidence."""
        return len(self.nodes) + len(self.hyperedges) <= FULL_UP_TO
