"""The options that choose a measure and explain it, shared by what ranks, measures and draws.

It stands apart from `kg.cli.options`, which every command imports: the measures take long to import.
"""

import click

from kg.cli.did_you_mean import Choice
from kg.measure import MEASURES

measured_by = click.option(
    "--measure",
    "by",
    type=Choice([measure.name for measure in MEASURES]),
    default="betweenness",
    show_default=True,
    help="The measure of centrality.",
)

explained = click.option("--explain", is_flag=True, help="Also say how it is measured, in words, with the citation.")
