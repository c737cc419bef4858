"""kg map: the network as one HTML page."""

from pathlib import Path

import click

from kg import network, pipeline, show
from kg.cli.measured import measured_by
from kg.cli.options import common, in_mode, opened, settings, through_lens
from kg.export import files


@click.command("map")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file, .html.")
@measured_by
@in_mode
@click.option("--focus", metavar="ACTOR", help="Only what is near this actor.")
@click.option("--hops", type=click.IntRange(1), default=1, show_default=True, help="How near: so many links away.")
@through_lens
@common
def command(output: Path, by: str, mode: network.Mode, focus: str | None, hops: int, lens: network.Lens) -> None:
    """Draw the network as one interactive page that opens from disk and asks no server for anything."""
    files.check(output)
    with opened() as view:
        actor = None if focus is None else show.find(view, focus)
        page = pipeline.draw(view, lens, pipeline.Picture(by, mode, actor, hops, settings().lang))
    files.write(output, page)
    if not settings().quiet:
        click.echo(f"{output}: {len(page.encode()) / 1e6:.1f} MB", err=True)
