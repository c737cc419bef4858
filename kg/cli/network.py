"""kg network: write the network for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.help import Command, option
from kg.cli.lens_options import lens_options, mode_option
from kg.cli.options import common, open_view, settings
from kg.model import localise
from kg.texts import Message

if TYPE_CHECKING:
    from kg.network import Lens, Mode

_WRITTEN = Message("{file}: {actors} actors, {links} links")


@click.command("network", cls=Command, example="kg network -o network.graphml")
@option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write: .graphml, .gexf, .csv (edge list), .json (node-link) or .parquet (ties; set KG_ENGINE=duckdb "
    "if they exceed memory).",
)
@mode_option
@lens_options
@common
def command(*, output: Path, mode: Mode, lens: Lens) -> None:
    """Write the network of actors and links. The suffix of the file selects the format."""
    from kg.export import networks, parquet
    from kg.network import build, load_incidence
    from kg.network.engines import load_engine

    networks.check(output, mode)
    with open_view() as view:
        incidence = load_incidence(view)
    network = build(incidence, lens)
    if output.suffix.lower() == parquet.SUFFIX:
        parquet.write(load_engine(settings().engine).ties(incidence, lens), network.notes, output)
    else:
        networks.write(network, output, mode)
    if not settings().quiet:
        summary = _WRITTEN.format(file=output, actors=len(network.actors), links=len(network.links))
        for note in (summary, *network.notes):
            click.echo(localise(note, settings().lang), err=True)
