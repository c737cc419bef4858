"""kg rank: the centrality of actors."""

from dataclasses import replace
from typing import Any

import click

from kg import measure, network
from kg.cli import sectors
from kg.cli.measured import explained, measured_by
from kg.cli.options import common, emit, in_mode, opened, settings, through_lens
from kg.measure.compare import compare
from kg.measure.rank import rank
from kg.model import Table


@click.command("rank")
@measured_by
@click.option("--sector", help="Only actors of this sector: university, firm, government, institute or intermediary.")
@click.option("--top", type=click.IntRange(1), help="Only the first so many.")
@click.option("--compare", "years", nargs=2, type=int, metavar="YEAR YEAR", help="Ranks in two years, side by side.")
@explained
@in_mode
@through_lens
@common
def command(*, by: str, mode: network.Mode, explain: bool, lens: network.Lens, **shown: Any) -> None:  # noqa: ANN401
    """Rank actors by centrality, each with how many of the declared parties of its links are named."""
    table = _table(by, mode, lens, **shown)
    if explain:
        table = replace(table, notes=(*table.notes, measure.find(by).explained(settings().lang)))
    emit(table)


def _table(
    by: str, mode: network.Mode, lens: network.Lens, sector: str | None, top: int | None, years: tuple[int, int] | None
) -> Table:
    with opened() as view:
        sectors.check(view, sector)
        incidence = view.incidence()
    if years is None:
        return rank(network.build(incidence, lens), by, mode, sector, top, settings().lang)
    names = map(str, years)
    before, after = zip(names, network.snapshots(incidence, years, lens), strict=True)
    found = compare(before, after, by, mode, sector, settings().lang)
    return replace(found, rows=found.rows[:top])
