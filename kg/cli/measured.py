"""The option that chooses a measure, shared by what ranks and what draws.

It stands apart from `kg.cli.options`, which every command imports: the measures take long to import.
"""

import click

from kg.measure import MEASURES

measured_by = click.option(
    "--by",
    type=click.Choice([measure.name for measure in MEASURES]),
    default="betweenness",
    show_default=True,
    help="The measure of centrality.",
)
