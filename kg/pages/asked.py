"""The pages on which a server answers: the search, a question with its form, and a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from kg.pages.served import Found, LiveSearchPage, Point, QueryPage, QuestionPage, Result
from kg.pages.words import WORDS
from kg.query import questions
from kg.terms import HX
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Table
    from kg.model.cell import Cell
    from kg.pages.content import Content
    from kg.pages.index import Index
    from kg.query.cards import EvidenceCard

_DEGREES = 180

MAX_ROWS = 200
"""Rows of an answer that a page shows; the files have all."""


def result(content: Content, table: Table, lang: str) -> Result:
    """Return an answer with the names, the sources and the places of its rows."""
    index, shown = content.index, table[:MAX_ROWS]
    iris = {part for row in shown.rows for cell in row for part in nodes(cell)}
    refs = {iri: index.ref(iri) for iri in sorted(iris) if index.is_named(iri)}
    origins = tuple(index.origins(_pieces(index, row)) for row in shown)
    return Result(shown, refs, origins, tuple(_points(index, shown, lang)))


def nodes(cell: Cell) -> Iterator[str]:
    """Yield the IRIs in a cell."""
    if isinstance(cell, str) and cell.startswith(("https://", "http://")):
        yield from cell.split(" ")


def _pieces(index: Index, row: Mapping[str, Cell]) -> Iterator[EvidenceCard]:
    """Yield the evidence of a row: its own, otherwise that which states its nodes and values together.

    A row that is counted from several statements has none of its own.
    """
    own = [iri for name in ("evidence", "sources") for iri in nodes(row.get(name))]
    iris = own or sorted(_stating(index, [cell for cell in row.values() if cell is not None]))
    yield from (index.facts.evidence[iri] for iri in iris if iri in index.facts.evidence)


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
        north, east = row.get("lat"), row.get("long")
        if _is_degrees(north) and _is_degrees(east):
            yield Point(
                " · ".join(str(cell) for name, cell in row.items() if name not in {"lat", "long"}),
                float(north),
                float(east),
            )
            continue
        seats = ((iri, index.coordinates(iri)) for cell in row.values() for iri in nodes(cell))
        for iri, place in seats:
            if place is not None:
                yield Point(index.ref(iri).label.localise(lang) or iri, *place)
                break


def _is_degrees(cell: Cell) -> TypeGuard[float]:
    """Return whether a cell is a number of degrees."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) <= _DEGREES


def search_page(
    content: Content, query: str, hits: Iterable[tuple[str, str, str, int]] | None, *, more: bool
) -> LiveSearchPage:
    """Return the page of a search; a hit is an actor, the kind of match, the name that matches, and its links."""
    if hits is None:
        return LiveSearchPage(query, None)
    index = content.index
    found = tuple(
        Found(index.ref(actor), tuple(_about(index, actor)), WORDS[f"match/{kind}"], name, links)
        for actor, kind, name, links in hits
    )
    return LiveSearchPage(query, found, more, content.titles.find(query))


def _about(index: Index, actor: str) -> Iterator[Text]:
    """Yield the kind and the seat of an actor, as far as they are known."""
    seats = (index.ref(one.value.value).label for one in index.facts.values(actor, str(HX.seat)))
    yield from (one for one in (index.kind(actor), next(seats, Text())) if one != Text())


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
