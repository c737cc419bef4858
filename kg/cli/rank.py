"""kg rank: the centrality of actors."""

from dataclasses import replace
from typing import Any

import click

from kg import measure, network
from kg.cli import sectors
from kg.cli.interval_options import watched, with_draws
from kg.cli.measure_options import explained, measured_by
from kg.cli.options import common, emit, in_mode, opened, settings, through_lens
from kg.errors import UsageError
from kg.measure.compare import compare
from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.model import Table, Text
from kg.network.build import snapshots
from kg.network.incidence.load import load_incidence

_UNDRAWN = Text(
    "What the parties that nobody named would change, --intervals tells.",
    "未具名参与方可能造成的变化，可用--intervals查看。",
)


@click.command("rank")
@measured_by
@click.option("--sector", help="Only actors of this sector: university, firm, government, institute or intermediary.")
@click.option("-n", "--limit", type=click.IntRange(1), metavar="N", help="Show the first N rows.")
@click.option("--compare", "years", nargs=2, type=int, metavar="YEAR YEAR", help="Ranks in two years, side by side.")
@with_draws
@explained
@in_mode
@through_lens
@common
def command(*, by: str, mode: network.Mode, explain: bool, lens: network.Lens, **shown: Any) -> None:  # noqa: ANN401
    """Rank actors by centrality, each with how many of the declared parties of its links are named."""
    table = _table(by, mode, lens, **shown)
    if explain:
        table = replace(table, notes=(*table.notes, measure.find(by).explain()))
    emit(table)


def _table(
    by: str,
    mode: network.Mode,
    lens: network.Lens,
    sector: str | None,
    limit: int | None,
    **asked: Any,  # noqa: ANN401
) -> Table:
    with opened() as view:
        sectors.check(view, sector)
        incidence = load_incidence(view)
    years, draws, lang = asked["years"], asked["draws"], settings().lang
    if years is not None:
        if draws is not None:
            raise UsageError("intervals are of one network: ask for --intervals or for --compare, not for both")
        before, after = zip(map(str, years), snapshots(incidence, years, lens), strict=True)
        found = compare(before, after, by, mode, sector, lang)
        return replace(found, rows=found.rows[:limit])
    made = network.build(incidence, lens)
    table = rank(made, by, mode, sector, limit, lang)
    if draws is not None:
        return with_intervals(table, rank_intervals(made, by, mode, sector, draws, watched), asked["of"])
    return replace(table, notes=(*table.notes, _UNDRAWN)) if missing_parties(made).any() else table
