"""kg questions: list the shipped questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import common, emit, settings
from kg.model import Table

if TYPE_CHECKING:
    from kg.query.questions import Question


@click.command("questions")
@common
def command() -> None:
    """List the questions that kg query runs by name, with their parameters."""
    from kg.query import questions

    lang = settings().lang
    rows = tuple(
        (item.name, item.asks.localise(lang), _params(item), item.answered_by or f"kg query {item.name}")
        for item in questions.listed()
    )
    emit(Table(("question", "asks", "parameters", "answered_by"), rows))


def _params(question: Question) -> str:
    """Return the names of the parameters; optional ones in brackets."""
    return " ".join(f"[{param.name}]" if param.optional or param.default else param.name for param in question.params)
