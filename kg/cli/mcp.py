"""kg mcp: tools for an assistant on this machine."""

from __future__ import annotations

import click

from kg.cli.help import Command, option
from kg.cli.options import common, open_view, settings


@click.command("mcp", cls=Command, example="kg mcp < /dev/null")
@option("--site", metavar="URL", help="Address of a kg serve with maps, for links to them.")
@common
def command(*, site: str | None) -> None:
    """Offer tools for an assistant on standard input and output (Model Context Protocol); requires helix-kg[mcp].

    The tools only read. Each answer has a bounded size and states how many rows of how many it shows.
    """
    from kg import extras

    extras.load("mcp", "mcp")
    from kg.api.graph import Graph
    from kg.mcp import stdio

    with open_view() as view:
        stdio.run(Graph(view, settings()), site)
