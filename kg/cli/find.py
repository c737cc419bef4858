"""kg find: find actors by a name as people type it."""

from __future__ import annotations

import click

from kg.cli.help import Command
from kg.cli.options import common, emit, limit_option, open_view


@click.command("find", cls=Command, example="kg find 西交大")
@click.argument("text")
@limit_option(10)
@common
def command(*, text: str, limit: int) -> None:
    """Find actors by TEXT: a part of a name, an abbreviation, pinyin, or a name with one typing error."""
    from kg.search import find, table

    with open_view() as view:
        emit(table(find(view, text, limit), text))
