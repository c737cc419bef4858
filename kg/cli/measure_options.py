"""Options that select and explain measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.choices import MEASURES
from kg.cli.did_you_mean import Choice
from kg.cli.help import option
from kg.cli.options import emit
from kg.texts import Message, listed

if TYPE_CHECKING:
    from kg.model import Table

measure_option = option(
    "--measure",
    type=Choice(MEASURES),
    metavar="MEASURE",
    help=Message(
        "Measure of centrality: {names}.  [default: betweenness, or degree if one actor is in nearly all links]",
        names=listed(MEASURES),
    ),
)

size_option = option(
    "--measure",
    type=Choice(MEASURES),
    metavar="MEASURE",
    default="partners",
    show_default=True,
    help=Message("Measure that sizes show: {names}.", names=listed(MEASURES)),
)

explain_option = option("--explain", is_flag=True, help="Add the definition of each measure, with its citation.")


def emit_measured(table: Table, *names: str, explain: bool) -> None:
    """Print a table; with `explain`, add the definitions of the measures `names` to its notes."""
    from kg.measure import methods

    emit(methods.explain(table, names) if explain else table)
