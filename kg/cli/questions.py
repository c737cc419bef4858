"""kg questions: what can be asked by name."""

import click

from kg.cli.options import common, emit, settings
from kg.model import Table
from kg.query import questions


@click.command("questions")
@common
def command() -> None:
    """List the questions that kg query answers by name, with their parameters."""
    lang = settings().lang
    rows = tuple(
        (item.name, item.asks.localise(lang), _params(item), item.answered_by or f"kg query {item.name}")
        for item in questions.listed()
    )
    emit(Table(("question", "asks", "parameters", "answered_by"), rows))


def _params(item: questions.Question) -> str:
    return " ".join(f"[{param.name}]" if param.optional or param.default else param.name for param in item.params)
