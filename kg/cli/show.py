"""kg show: describe one node with its evidence."""

import click

from kg.cli.help import Command
from kg.cli.options import common, emit, open_view, settings


@click.command("show", cls=Command, example="kg show huawei")
@click.argument("actor")
@common
def command(*, actor: str) -> None:
    """Show the statements about ACTOR, which is a name, a key (huawei, link/xaut-36) or an IRI.

    The table lists names, units and links, each with its evidence.
    """
    from kg.query import describe, lookup

    with open_view() as view:
        emit(describe.describe(view, lookup.lookup(view, actor), settings().lang), "description")
