"""The pages on which a server answers: the search, a question with its form, and a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kg.pages.evidence import EvidencePage
from kg.pages.words import WORDS
from kg.query import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Table
    from kg.model.cell import Cell
    from kg.pages.content import Content
    from kg.pages.index import Index
    from kg.pages.parts import Origin, Ref
    from kg.query.questions import Param
    from kg.texts import Text

MAX_ROWS = 200
"""Rows of an answer that a page shows; the files have all."""


class Found(NamedTuple):
    """An actor that a search finds: the kind of match, the name that matches, and the number of links."""

    ref: Ref
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
        says: the sources of each row.
        points: the rows with a place.
    """

    table: Table
    refs: Mapping[str, Ref]
    says: tuple[tuple[Origin, ...], ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LiveSearchPage:
    """The page of the search of a server; `found` is ``None`` before a query."""

    query: str
    found: tuple[Found, ...] | None
    more: bool = False
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


def result(content: Content, table: Table, lang: str) -> Result:
    """Return an answer with the names, the sources and the places of its rows."""
    index, shown = content.index, table[:MAX_ROWS]
    iris = {part for row in shown.rows for cell in row for part in nodes(cell)}
    refs = {iri: index.ref(iri) for iri in sorted(iris) if index.is_named(iri)}
    says = tuple(tuple(_says(content, row)) for row in shown)
    return Result(shown, refs, says, tuple(_points(index, shown, lang)))


def nodes(cell: Cell) -> Iterator[str]:
    """Yield the IRIs in a cell."""
    if isinstance(cell, str) and cell.startswith(("https://", "http://")):
        yield from cell.split(" ")


def _says(content: Content, row: Mapping[str, Cell]) -> Iterator[Origin]:
    """Yield the sources of a row: those of its evidence, otherwise those that state its nodes and values together.

    A row that is counted from several statements has none of its own.
    """
    index = content.index
    own = [iri for name in ("evidence", "sources") for iri in nodes(row.get(name))]
    pieces = own or sorted(_stating(index, [cell for cell in row.values() if cell is not None]))
    seen = set()
    for iri in pieces:
        piece = index.facts.evidence.get(iri)
        if piece is not None and piece.source not in seen:
            seen.add(piece.source)
            yield index.origin(piece)


def _stating(index: Index, cells: list[Cell]) -> set[str]:
    """Return the evidence of statements whose subject and whose value are in a row."""
    values = {str(cell) for cell in cells}
    found: set[str] = set()
    for node in values:
        for one in index.facts.about.get(node, ()):
            if one.value.value in values and one.value.value != node:
                found.update(one.evidence)
    return found


def _points(index: Index, table: Table, lang: str) -> Iterator[Point]:
    """Yield the places of rows: columns ``lat`` and ``long``, otherwise the seat of the first node that has one."""
    for row in table:
        if isinstance(north := row.get("lat"), int | float) and isinstance(east := row.get("long"), int | float):
            yield Point(" · ".join(str(cell) for name, cell in row.items() if name not in {"lat", "long"}), north, east)
            continue
        seats = ((iri, index.coordinates(iri)) for cell in row.values() for iri in nodes(cell))
        for iri, place in seats:
            if place is not None:
                yield Point(index.ref(iri).label.localise(lang) or iri, *place)
                break


def search_page(
    content: Content, query: str, hits: Iterable[tuple[str, str, str, int]] | None, *, more: bool
) -> LiveSearchPage:
    """Return the page of a search; a hit is an actor, the kind of match, the name that matches, and its links."""
    if hits is None:
        return LiveSearchPage(query, None)
    found = tuple(
        Found(content.index.ref(actor), WORDS[f"match/{kind}"], name, links) for actor, kind, name, links in hits
    )
    return LiveSearchPage(query, found, more)


def question_page(
    content: Content, name: str, given: Mapping[str, str], table: Table | None, error: Text | None, lang: str
) -> QuestionPage:
    """Return the page of a shipped question."""
    question = questions.find(name)
    return QuestionPage(
        name,
        question.asks,
        question.params,
        given,
        question.caveat,
        None if table is None else result(content, table, lang),
        error,
    )


def query_page(
    content: Content, query: str, table: Table | None, error: Text | None, place: tuple[int, int] | None, lang: str
) -> QueryPage:
    """Return the page of a query."""
    examples = tuple(
        (one.name, one.asks) for one in questions.all_questions() if one.answered_by is None and not one.params
    )
    terms = tuple(sorted(content.vocabulary.items()))
    return QueryPage(query, examples, terms, None if table is None else result(content, table, lang), error, place)
