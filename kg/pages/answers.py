"""Answers to questions without parameters, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import LimitError
from kg.model import Table
from kg.pages.model import AnswerPage
from kg.pages.parts import Entry, Ref
from kg.pages.words import WORDS
from kg.query import questions
from kg.query.run import answer_question
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pages.index import Index
    from kg.store.view import View

ANSWERED = (
    "links-by-year",
    "links-by-kind",
    "sector-shares",
    "links-by-education-level",
    "amounts",
    "resources",
    "framework-agreements",
    "promised-and-delivered",
    "named-of-announced",
    "training-duties",
    "co-constructed-universities",
    "officials",
    "posts",
    "plan-supporters",
    "many-to-many",
    "identity",
)
"""Questions that take less than a second on all shipped collections; others are left to the command line."""

MAX_ROWS = 200
"""Rows of an answer in a page."""


def answers(view: View, index: Index) -> Iterator[AnswerPage]:
    """Yield the answers to `ANSWERED`; one that exceeds the time limit has a note only."""
    for name in ANSWERED:
        question = questions.find(name)
        try:
            tables = {lang: answer_question(view, question, {}, lang, max_rows=MAX_ROWS) for lang in ("en", "zh")}
        except LimitError:
            tables = dict.fromkeys(("en", "zh"), Table((), (), (WORDS["tooSlow"],), truncated=True))
        nodes = {part for table in tables.values() for row in table.rows for cell in row for part in _nodes(cell)}
        refs = {iri: index.ref(iri) for iri in sorted(nodes) if index.is_named(iri)}
        truncated = any(table.truncated for table in tables.values())
        yield AnswerPage(f"question/{name}", name, question.asks, tables, truncated, refs)


def _nodes(cell: object) -> Iterator[str]:
    if isinstance(cell, str) and cell.startswith(("https://", "http://")):
        yield from cell.split(" ")


def entries(pages: tuple[AnswerPage, ...]) -> tuple[Entry, ...]:
    """Return the answers as entries of a list, with their numbers of rows."""
    return tuple(
        Entry(Ref(page.title, page.path), page.title, None if page.truncated else len(page.answers["en"]))
        for page in pages
    )


def forms() -> tuple[Entry, ...]:
    """Return all questions that SPARQL answers as entries of a list."""
    return tuple(
        Entry(Ref(one.asks, f"question/{one.name}"), Text())
        for one in questions.all_questions()
        if one.answered_by is None
    )
