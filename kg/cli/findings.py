"""kg findings: state the main findings in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg import names
from kg.cli.help import Command, option
from kg.cli.interval_options import samples_option, show_sample_progress
from kg.cli.lens_options import lens_options
from kg.cli.options import common, emit, settings
from kg.cli.tables_option import participations, tables_option
from kg.texts import Message

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network import Lens


@click.command("findings", cls=Command, example="kg findings --sector firm --samples 50")
@option(
    "--sector", metavar="SECTOR", help="Rank only this sector: university, firm, government, institute or intermediary."
)
@samples_option
@option("--links", "name", metavar="FINDING", help="List the links of this finding, with the number of their sources.")
@tables_option
@lens_options
@common
def command(*, sector: str | None, samples: int, name: str | None, tables: Path | None, lens: Lens) -> None:
    """State up to seven findings in sentences, each with its number and its links; the unknown first."""
    from kg.findings import findings, table
    from kg.findings.finding import links_table
    from kg.measure.summary_notes import summary_notes
    from kg.network import build

    incidence = participations(tables, sector)
    network = build(incidence, lens)
    sentences = findings(network, sector, samples, show_sample_progress, incidence=incidence)
    found = {one.name: one for one in sentences}
    if name is None:
        exact = settings().format in {"json", "jsonl"}
        emit(table(found.values(), summary_notes(network), iris=exact), "cards")
    elif name in found:
        emit(links_table(found[name], network))
    else:
        raise names.unknown(Message("finding"), name, list(found))
