"""kg report: everything that can be said of a network on one page."""

from pathlib import Path

import click

from kg import files, network
from kg.cli import sectors
from kg.cli.measure_options import measured_by
from kg.cli.options import common, in_mode, opened, settings, through_lens
from kg.errors import UsageError
from kg.map import build as map_build
from kg.report import build as report_build

_PAGES = (".html", ".htm")


@click.command("report")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file, .html.")
@measured_by
@in_mode
@click.option("--sector", default="firm", show_default=True, help="The sector whose actors are ranked.")
@click.option(
    "-n", "--limit", type=click.IntRange(1), metavar="N", default=15, show_default=True, help="Rank the first N actors."
)
@through_lens
@common
def command(output: Path, by: str, mode: network.Mode, sector: str, limit: int, lens: network.Lens) -> None:
    """Write one page with the picture, the ranks, the indicators, what is missing, and the evidence of each number."""
    if output.suffix.lower() not in _PAGES:
        raise UsageError(f"{output.name} has no suffix of a page; a report is written as one of: {', '.join(_PAGES)}")
    files.check_writable(output)
    with opened() as view:
        sectors.check(view, sector)
        page = report_build.report(view, lens, map_build.MapOptions(by, mode, lang=settings().lang), sector, limit)
    files.atomic_write(output, page.content)
    if not settings().quiet:
        click.echo(f"{output}: {files.size_text(output)}", err=True)
        if page.note:
            click.echo(page.note, err=True)
