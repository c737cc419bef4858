"""kg network: write the network for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.engine_options import engine_options
from kg.cli.help import Command, option
from kg.cli.lens_options import lens_options, mode_option
from kg.cli.options import common, settings
from kg.cli.tables_option import participations, tables_option
from kg.errors import UsageError
from kg.model import localise
from kg.texts import Message

if TYPE_CHECKING:
    from kg.cli.engine_options import EngineChoice
    from kg.network import Lens, Mode

_WRITTEN = Message("{file}: {actors} actors, {links} links")


@click.command("network", cls=Command, example="kg network -o network.graphml")
@option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write: .graphml, .gexf, .csv (edge list), .json (node-link) or .parquet (ties, by any engine).",
)
@mode_option
@tables_option
@engine_options
@lens_options
@common
def command(*, output: Path, mode: Mode, tables: Path | None, engine: EngineChoice, lens: Lens) -> None:
    """Write the network of actors and links. The suffix of the file selects the format."""
    from kg.export import networks, parquet
    from kg.network import build
    from kg.network.engines.pairs import ties
    from kg.network.engines.tables import engine_tables

    networks.check(output, mode)
    is_table = output.suffix.lower() == parquet.SUFFIX
    if engine.asked and not is_table:
        raise UsageError("{name}: an engine writes ties as Parquet; name a .parquet file", name=output.name)
    network = build(participations(tables), lens)
    notes, actors = network.notes, network.actors
    summary = _WRITTEN.format(file=output, actors=len(actors), links=len(network.links))
    if is_table:
        chosen, reason = engine.of(network)
        notes, integers = (*notes, reason), engine_tables(network)
        del network  # its links take as much memory as the tables, and the engine needs it
        parquet.write(ties(chosen, integers, actors), notes, output)
    else:
        networks.write(network, output, mode)
    if not settings().quiet:
        for note in (summary, *notes):
            click.echo(localise(note, settings().lang), err=True)
