"""kg questions: list the shipped questions."""

import click

from kg.cli.help import Command
from kg.cli.options import common, emit, settings


@click.command("questions", cls=Command, example="kg questions")
@common
def command() -> None:
    """List the questions that kg query runs by name, with their parameters."""
    from kg.query import questions

    emit(questions.table(settings().lang))
