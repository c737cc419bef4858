"""kg map: draw the network as an interactive page or a picture."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import files
from kg.cli.choices import GROUNDS, THEMES, VIEWS
from kg.cli.help import Command, option
from kg.cli.interval_options import show_sample_progress
from kg.cli.lens_options import lens_options, mode_option
from kg.cli.measure_options import size_option
from kg.cli.options import common, is_language_chosen, log, open_view, print_size, settings
from kg.cli.tables_option import tables_option
from kg.errors import UsageError
from kg.texts import listed

if TYPE_CHECKING:
    from kg.map.scene.model import StoryStep
    from kg.network import Lens
    from kg.network.incidence.tables import Incidence
    from kg.store.view import View


@click.command("map", cls=Command, example="kg map --focus huawei -o huawei.html")
@option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File: .html, .svg, .png or .pdf.")
@size_option
@mode_option
@option(
    "--focus",
    metavar="ACTOR",
    help="Draw only the neighbourhood of this actor.  [default: the actor in nearly all links]",
)
@option(
    "--limit",
    "top",
    type=click.IntRange(1),
    metavar="N",
    help="Draw only the N actors with the highest score, and the links between them.  [default: all]",
)
@option("--title", metavar="TEXT", help="Heading of the map.  [default: by the focus]")
@option("--hops", type=click.IntRange(1), metavar="N", help="Radius of the neighbourhood, links.  [default: 1]")
@option(
    "--view",
    type=click.Choice(VIEWS),
    default="map",
    show_default=True,
    help="Initial view of a page, or the view of a picture.",
)
@option(
    "--samples",
    type=click.IntRange(0),
    metavar="N",
    help="Impute the unnamed parties N times for the rank intervals of a page; 0 for none.  "
    "[default: 100 on small networks]",
)
@option(
    "--theme", type=click.Choice(THEMES), help="Light or dark.  [default: light; a page follows the reader's system]"
)
@option(
    "--width",
    type=click.IntRange(60, 420),
    metavar="MM",
    help="Width of a picture in print, mm: 85 for one column of a journal, 174 for two.  [default: 1600 pixels]",
)
@option("--ground", type=click.Choice(GROUNDS), help="Ground of a picture.  [default: that of the theme]")
@option(
    "--story",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Steps of text and views that lead through the page, as YAML.",
)
@option("--open", "open_file", is_flag=True, help="Open the file afterwards.")
@tables_option
@lens_options
@common
def command(
    *,
    open_file: bool,
    output: Path,
    focus: str | None,
    hops: int | None,
    view: str,
    story: Path | None,
    tables: Path | None,
    lens: Lens,
    **fields: Any,
) -> None:
    """Draw the network as one interactive page that works offline, or as a picture."""
    from kg.map import build
    from kg.map.options import MapOptions
    from kg.network.incidence.tables import load

    _check_hops(hops, focus)
    with open_view() if tables is None else nullcontext(load(tables)) as origin:
        options = MapOptions(
            **fields,
            focus=focus and _focus(origin, focus),
            hops=hops or 1,
            lang=settings().lang if is_language_chosen() else "",
            from_data=True,
            suffix=_suffix(output),
            initial_view=view,
            story=_steps(story),
        )
        log("drawing the map")
        drawn = build.draw(origin, lens, options, show_sample_progress)
    files.atomic_write(output, drawn.content)
    print_size(output, drawn.note, open_file=open_file)


def _focus(origin: View | Incidence, text: str) -> str:
    """Return the IRI of the actor `text`; tables have no other names than labels."""
    from kg.network.incidence.tables import Incidence, actor_named
    from kg.query import lookup

    return actor_named(origin, text) if isinstance(origin, Incidence) else lookup.lookup(origin, text)


def _check_hops(hops: int | None, focus: str | None) -> None:
    if hops is not None and focus is None:
        raise UsageError("--hops requires --focus")


def _steps(story: Path | None) -> tuple[StoryStep, ...]:
    """Return the steps of a story, none without a file."""
    from kg.map import story as stories

    return stories.read(story) if story else ()


def _suffix(output: Path) -> str:
    """Return the suffix of a file that a map can be written to."""
    from kg.map.formats import FORMATS

    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError("{name}: a map is written as one of: {formats}", name=output.name, formats=listed(FORMATS))
    files.check_writable(output)
    return suffix
