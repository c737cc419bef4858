"""The values of the pages that only a server has: the search, a question with its form, a query, and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kg.pages.evidence import EvidencePage
from kg.pages.titles import NOTHING, Titled
from kg.pages.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Table
    from kg.pages.parts import Origin, Ref
    from kg.query.questions import Param
    from kg.texts import Text


class Found(NamedTuple):
    """An actor that a search finds: its kind and seat, the kind of match, the name that matches, and its links."""

    ref: Ref
    about: tuple[Text, ...]
    match: Text
    name: str
    links: int


class Point(NamedTuple):
    """A row with a place on the map: a text, latitude and longitude in degrees."""

    text: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Result:
    """An answer in one language.

    Attributes:
        table: the rows that are shown.
        refs: the nodes in cells, by IRI.
        origins: the sources of each row.
        points: the rows with a place.
    """

    table: Table
    refs: Mapping[str, Ref]
    origins: tuple[tuple[Origin, ...], ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LiveSearchPage:
    """The page of the search of a server: actors, and other nodes by title; `found` is ``None`` before a query."""

    query: str
    found: tuple[Found, ...] | None
    more: bool = False
    titled: Titled = NOTHING
    path: ClassVar[str] = "search"
    template: ClassVar[str] = "live_search.html"

    @property
    def title(self) -> Text:
        """Title of the page."""
        return WORDS["searchTitle"]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question with the form of its parameters; `result` is ``None`` before it is asked, or after an error."""

    name: str
    title: Text
    params: tuple[Param, ...]
    given: Mapping[str, str]
    caveat: Text | None
    result: Result | None = None
    error: Text | None = None
    template: ClassVar[str] = "question.html"

    @property
    def path(self) -> str:
        """Path of the page."""
        return f"question/{self.name}"


@dataclass(frozen=True, slots=True)
class QueryPage:
    """The page for SPARQL; `examples` are queries of the shipped questions by name, `place` is line and column."""

    query: str
    examples: tuple[tuple[str, Text], ...]
    terms: tuple[tuple[str, Text], ...]
    result: Result | None = None
    error: Text | None = None
    place: tuple[int, int] | None = None
    path: ClassVar[str] = "query"
    template: ClassVar[str] = "query.html"

    @property
    def title(self) -> Text:
        """Title of the page."""
        return WORDS["queryTitle"]


ServedPage = LiveSearchPage | QuestionPage | QueryPage | EvidencePage
"""The pages that only a server has."""
