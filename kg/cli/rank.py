"""kg rank: the centrality of actors."""

import click

from kg import network
from kg.cli import sectors
from kg.cli.measured import measured_by
from kg.cli.options import common, emit, in_mode, opened, settings, through_lens
from kg.measure.rank import rank


@click.command("rank")
@measured_by
@click.option("--sector", help="Only actors of this sector: university, firm, government, institute or intermediary.")
@click.option("--top", type=click.IntRange(1), help="Only the first so many.")
@in_mode
@through_lens
@common
def command(by: str, sector: str | None, top: int | None, mode: network.Mode, lens: network.Lens) -> None:
    """Rank actors by centrality, each with how many of the declared parties of its links are named."""
    with opened() as view:
        sectors.check(view, sector)
        made = network.build(view.incidence(), lens)
    emit(rank(made, by, mode, sector, top, settings().lang))
