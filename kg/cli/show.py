"""kg show: one node, and who says what of it."""

import click

from kg.cli.options import common, emit, opened, settings
from kg.query import describe, lookup


@click.command("show")
@click.argument("actor")
@common
def command(actor: str) -> None:
    """Show what is stated of ACTOR: a name, a key (huawei, link/xaut-36) or an IRI.

    Names, units and links, each with the evidence that says so.
    """
    with opened() as view:
        emit(describe.describe(view, lookup.lookup(view, actor), settings().lang))
