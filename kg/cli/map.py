"""kg map: the network as one HTML page."""

from pathlib import Path

import click

from kg import network, pipeline, show
from kg.cli.measured import measured_by
from kg.cli.options import common, in_mode, opened, settings, through_lens
from kg.errors import UsageError
from kg.export import files

_PAGES = (".html", ".htm")


@click.command("map")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file, .html.")
@measured_by
@in_mode
@click.option("--focus", metavar="ACTOR", help="Only what is near this actor.")
@click.option("--hops", type=click.IntRange(1), show_default="1", help="How near: so many links away.")
@through_lens
@common
def command(output: Path, by: str, mode: network.Mode, focus: str | None, hops: int | None, lens: network.Lens) -> None:
    """Draw the network as one interactive page that opens from disk and asks no server for anything."""
    if output.suffix.lower() not in _PAGES:
        raise UsageError(f"{output.name} has no suffix of a page; a map is written as one of: {', '.join(_PAGES)}")
    if hops is not None and focus is None:
        raise UsageError("--hops counts from an actor; name one by --focus")
    files.check(output)
    with opened() as view:
        actor = None if focus is None else show.find(view, focus)
        page = pipeline.draw(view, lens, pipeline.Picture(by, mode, actor, hops or 1, settings().lang))
    files.write(output, page)
    if not settings().quiet:
        click.echo(f"{output}: {len(page.encode()) / 1e6:.1f} MB", err=True)
