"""kg rank: rank actors by centrality."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.cli.engine_options import engine_options
from kg.cli.help import Command, option
from kg.cli.interval_options import interval_options, show_sample_progress
from kg.cli.lens_options import lens_options, mode_option
from kg.cli.measure_options import explain_option, measure_option
from kg.cli.options import common, emit, limit_option, settings
from kg.cli.tables_option import participations, tables_option
from kg.errors import UsageError
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.cli.engine_options import EngineChoice
    from kg.cli.interval_options import Intervals
    from kg.measure.uncertainty.ranking import RankOptions
    from kg.model import Table
    from kg.network import Lens, Mode, Network

_NO_INTERVALS = Message("Use --intervals to see how unnamed parties could change the ranks.")


@click.command("rank", cls=Command, example="kg rank --sector firm --limit 5")
@measure_option
@option(
    "--sector", metavar="SECTOR", help="Rank only this sector: university, firm, government, institute or intermediary."
)
@limit_option()
@option("--compare", "years", nargs=2, type=int, metavar="YEAR YEAR", help="Compare the ranks in two years.")
@interval_options
@explain_option
@mode_option
@tables_option
@engine_options
@lens_options
@common
def command(
    *,
    measure: str | None,
    mode: Mode,
    sector: str | None,
    limit: int | None,
    years: tuple[int, int] | None,
    intervals: Intervals | None,
    explain: bool,
    tables: Path | None,
    engine: EngineChoice,
    lens: Lens,
) -> None:
    """Rank actors by centrality, with the share of the declared parties of their links that is named."""
    from kg.measure import find, star
    from kg.measure.uncertainty.ranking import RankOptions
    from kg.network import build
    from kg.network.build import snapshots

    if years is not None and intervals is not None:
        raise UsageError("--intervals and --compare exclude each other")
    if years is not None and engine.asked:
        raise UsageError("--compare has no engine; leave out --engine and --master")
    incidence = participations(tables, sector)
    networks = [build(incidence, lens)] if years is None else snapshots(incidence, years, lens)
    measure = star.chosen(networks[-1], measure)
    options = RankOptions(measure, mode, sector, limit)
    if intervals is not None:
        options = replace(options, intervals=intervals.of, sampling=intervals.sampling)
    table = _rank(networks[0], options, engine) if years is None else _compare(networks, options, years)
    if explain:
        table = replace(table, notes=(*table.notes, find(measure).explain()))
    emit(table)


def _compare(networks: Sequence[Network], options: RankOptions, years: tuple[int, int]) -> Table:
    from kg.measure import star
    from kg.measure.compare import compare

    before, after = zip(map(str, years), networks, strict=True)
    measure = star.chosen(networks[-1], options.measure)
    table = compare(before, after, measure, options.mode, options.sector, settings().lang)
    return replace(table, rows=table.rows[: options.limit])


def _rank(network: Network, options: RankOptions, engine: EngineChoice) -> Table:
    from kg.measure.uncertainty.imputation import missing_parties
    from kg.measure.uncertainty.ranking import ranking

    if engine.is_other:
        chosen, reason = engine.of(network)
        table = ranking(network, replace(options, engine=chosen), settings().lang)
        return replace(table, notes=(*table.notes, reason))
    table = ranking(network, options, settings().lang, show_sample_progress)
    if options.intervals is None and missing_parties(network).any():
        return replace(table, notes=(*table.notes, _NO_INTERVALS))
    return table
