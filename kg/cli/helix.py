"""kg helix: indicators of cooperation between universities, firms and government."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg import names
from kg.cli.choices import HELICES
from kg.cli.engine_options import engine_options
from kg.cli.help import Command, option
from kg.cli.lens_options import lens_options
from kg.cli.measure_options import emit_measured, explain_option
from kg.cli.options import common, emit, open_view
from kg.cli.tables_option import participations, tables_option
from kg.errors import UsageError
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.cli.engine_options import EngineChoice
    from kg.measure.link_counts import Counts
    from kg.model import Cell, Table
    from kg.network import Lens
    from kg.network.incidence.tables import Incidence
    from kg.query.link_topics import Force


@click.command("helix", cls=Command, example="kg helix --indicator mutual-information --indicator share")
@option(
    "--sector",
    "helices",
    metavar="SECTOR",
    multiple=True,
    help=Message("Sector to include; two to four.  [default: {names}]", names=listed(HELICES)),
)
@option("--indicator", "indicators", metavar="NAME", multiple=True, help="Show only this indicator; repeatable.")
@option("--by-year", is_flag=True, help="Add the indicators of each year.")
@option("--by-kind", is_flag=True, help="Show synergy within and between kinds of links instead.")
@option("--papers", is_flag=True, help="Show joint papers before and after the first agreement of each pair instead.")
@option(
    "--counts",
    type=click.Choice(["sectors", "collections", "coverage"]),
    help="Show links by year and sector, by collection, or their named and declared parties by year instead.",
)
@explain_option
@tables_option
@engine_options
@lens_options
@common
def command(
    *,
    helices: tuple[str, ...],
    indicators: tuple[str, ...],
    by_year: bool,
    by_kind: bool,
    papers: bool,
    counts: Counts | None,
    explain: bool,
    tables: Path | None,
    engine: EngineChoice,
    lens: Lens,
) -> None:
    """Measure triple-helix synergy, cooperation between sectors, repeated ties, plans and coverage."""
    if by_year + by_kind + papers + (counts is not None) > 1:
        raise UsageError("--by-year, --by-kind, --papers and --counts exclude each other")
    if engine.asked and (by_kind or papers):
        raise UsageError("--by-kind and --papers have no engine; leave out --engine and --master")
    if counts is not None:
        emit(_counts(counts, participations(tables), lens, engine))
        return
    if papers:
        emit(_papers(participations(tables), lens))
        return
    plans = None if tables else _plans()
    incidence = participations(tables, *helices)
    table = _measure(helices or HELICES, (incidence, plans, lens), engine, by_year=by_year, by_kind=by_kind)
    column = table.columns.index("indicator")
    rows = _select(table, column, indicators)
    emit_measured(replace(table, rows=rows), *(str(row[column]) for row in rows), explain=explain)


def _plans() -> Mapping[str, Force]:
    """Return the links under a plan; participation tables do not contain them."""
    from kg.query import link_topics

    with open_view() as view:
        return link_topics.plans(view)


def _measure(
    helices: tuple[str, ...],
    of: tuple[Incidence, Mapping[str, Force] | None, Lens],
    engine: EngineChoice,
    *,
    by_year: bool,
    by_kind: bool,
) -> Table:
    from kg import network
    from kg.measure.helix import helix
    from kg.network import snapshots

    incidence, plans, lens = of
    whole = network.build(incidence, lens)
    if by_kind:
        return helix.by_kind(whole, helices)
    years = {str(year): one for year, one in snapshots.by_year(incidence, lens).items()} if by_year else {}
    chosen, reason = engine.of(whole)
    table = helix.table({"all": whole, **years}, helices, plans, chosen)
    return replace(table, notes=(*table.notes, reason)) if engine.is_other else table


def _counts(counts: Counts, incidence: Incidence, lens: Lens, engine: EngineChoice) -> Table:
    from kg import network
    from kg.measure import link_counts

    whole = network.build(incidence, lens)
    chosen, reason = engine.of(whole)
    table = link_counts.table(chosen, whole, incidence, counts)
    return replace(table, notes=(*table.notes, reason)) if engine.is_other else table


def _papers(incidence: Incidence, lens: Lens) -> Table:
    from kg.measure.helix import followed

    return followed.compare(incidence, lens)


def _select(table: Table, column: int, indicators: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of the selected indicators, or all rows if none is selected."""
    known = list(dict.fromkeys(str(row[column]) for row in table.rows))
    for name in indicators:
        if name not in known:
            raise names.unknown(Message("indicator"), name, known)
    return tuple(row for row in table.rows if not indicators or row[column] in indicators)
