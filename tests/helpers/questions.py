"""Answers to shipped questions, with the limits and the subprocess of `kg query`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kg.query import questions
from kg.query import run as query
from kg.terms import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Table
    from kg.store.view import View


def answer(view: View, name: str, params: Mapping[str, str], lang: str = "en") -> Table:
    """Return the answer to the shipped question `name`; it is computed once for all tests."""
    return _answer(view, name, tuple(sorted(params.items())), lang)


@cache
def _answer(view: View, name: str, params: tuple[tuple[str, str], ...], lang: str) -> Table:
    return query.answer_question(view, questions.find(name), dict(params), lang)


def rows(view: View, name: str, **params: str) -> list[dict[str, Any]]:
    """Return the rows of the answer by column, with our own IRIs as ``id/x``."""
    table = answer(view, name, params)
    return [dict(zip(table.columns, map(_key, row), strict=True)) for row in table.rows]


def _key(cell: Any) -> Any:
    return " ".join(word.removeprefix(BASE) for word in cell.split(" ")) if isinstance(cell, str) else cell
