"""kg network: the network as a file for other programs."""

from pathlib import Path

import click

from kg import network
from kg.cli.options import common, in_mode, opened, settings, through_lens
from kg.export import networks, parquet
from kg.model import Text, localise
from kg.network.engines import load_engine
from kg.network.incidence.load import load_incidence


@click.command("network")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write: .graphml, .gexf, .csv (edge list), .json (node-link) or .parquet (ties; set KG_ENGINE=duckdb "
    "if they exceed memory).",
)
@in_mode
@through_lens
@common
def command(output: Path, mode: network.Mode, lens: network.Lens) -> None:
    """Write the network of actors and links; the format follows the suffix of the file."""
    networks.check(output, mode)
    with opened() as view:
        incidence = load_incidence(view)
    made = network.build(incidence, lens)
    if output.suffix.lower() == parquet.SUFFIX:
        parquet.write(load_engine(settings().engine).ties(incidence, lens), made.notes, output)
    else:
        networks.write(made, output, mode)
    if not settings().quiet:
        actors, links = len(made.actors), len(made.links)
        said = Text(f"{output}: {actors} actors, {links} links", f"{output}：{actors}个行动者，{links}条联系")
        for note in (said, *made.notes):
            click.echo(localise(note, settings().lang), err=True)
