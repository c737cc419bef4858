"""kg diff: list what changed between two states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.help import Command, option
from kg.cli.interval_options import samples_option, show_sample_progress
from kg.cli.lens_options import lens_options
from kg.cli.measure_options import measure_option
from kg.cli.options import common, emit, log, settings, store

if TYPE_CHECKING:
    from kg.network import Lens


@click.command("diff", cls=Command, example="kg diff 2023 2024 --kind StrategicCooperationAgreement --samples 50")
@click.argument("old")
@click.argument("new", required=False)
@measure_option
@option("--sector", metavar="SECTOR", help="Compare the ranks of this sector only.")
@samples_option
@lens_options
@common
def command(*, old: str, new: str | None, measure: str | None, sector: str | None, samples: int, lens: Lens) -> None:
    """List what changed from OLD to NEW: links, merged organisations, and ranks that moved beyond their intervals.

    OLD and NEW are two days (YYYY-MM-DD, or YYYY for the last day of a year) in the store; or two states of the data:
    each a store, a graph file or a folder of them. Without NEW, OLD is compared with the selected store.
    """
    from kg.changes import changes, states, table
    from kg.changes.ranks import Ranking
    from kg.query import sectors

    log("comparing")
    with states(old, new, store(), lens, internal=settings().internal) as (before, after):
        sectors.check(after.view, sector)
        ranking = Ranking(measure, sector=sector, samples=samples, progress=show_sample_progress)
        found = changes(before, after, ranking)
    emit(table(found, before.name, after.name))
