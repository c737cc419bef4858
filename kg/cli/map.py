"""kg map: the network as one HTML page, or as a picture."""

from pathlib import Path
from typing import Any

import click

from kg import files, network
from kg.cli.measure_options import measured_by
from kg.cli.options import common, in_mode, opened, settings, through_lens
from kg.errors import UsageError
from kg.map import build as map_build
from kg.map.formats import FORMATS, VIEWS
from kg.map.scene.styles import THEMES
from kg.query import lookup


@click.command("map")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file: .html, .svg or .png.")
@measured_by
@in_mode
@click.option("--focus", metavar="ACTOR", help="Only what is near this actor: a page about it.")
@click.option("--hops", type=click.IntRange(1), show_default="1", help="How near: so many links away.")
@click.option(
    "--view",
    "initial_view",
    type=click.Choice(VIEWS),
    default="map",
    show_default=True,
    help="What is seen first, or drawn.",
)
@click.option(
    "--samples",
    type=click.IntRange(0),
    metavar="N",
    help="Impute the unnamed parties N times for the rank intervals of a page; 0 for none.  "
    "[default: 100 on small networks]",
)
@click.option("--theme", type=click.Choice(tuple(THEMES)), help="Light or dark.  [default: a page has its reader's]")
@through_lens
@common
def command(
    output: Path,
    by: str,
    focus: str | None,
    hops: int | None,
    lens: network.Lens,
    **look: Any,  # noqa: ANN401
) -> None:
    """Draw the network as one interactive page that opens from disk and asks no server, or as a picture."""
    form = output.suffix.lower()
    if form not in FORMATS:
        raise UsageError(f"{output.name} has no suffix of a map; it is written as one of: {', '.join(FORMATS)}")
    if hops is not None and focus is None:
        raise UsageError("--hops counts from an actor; name one by --focus")
    files.check_writable(output)
    with opened() as view:
        actor = None if focus is None else lookup.lookup(view, focus)
        options = map_build.MapOptions(
            measure=by, focus=actor, hops=hops or 1, lang=settings().lang, suffix=form, **look
        )
        drawn = map_build.draw(view, lens, options)
    files.atomic_write(output, drawn.content)
    if not settings().quiet:
        click.echo(f"{output}: {files.size_text(output)}", err=True)
        if drawn.note:
            click.echo(drawn.note, err=True)
