"""kg report: write the results for a network as one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import files
from kg.cli.help import Command, option
from kg.cli.lens_options import lens_options, mode_option
from kg.cli.measure_options import measure_option
from kg.cli.options import common, limit_option, log, open_view, print_size, settings
from kg.errors import UsageError
from kg.texts import listed

if TYPE_CHECKING:
    from kg.network import Lens, Mode

_PAGES = (".html", ".htm")


@click.command("report", cls=Command, example="kg report -o report.html")
@option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File: .html.")
@measure_option
@mode_option
@option("--sector", metavar="SECTOR", default="firm", show_default=True, help="Sector of the ranked actors.")
@limit_option(15, help_text="Rank the first N actors.")
@option("--open", "open_file", is_flag=True, help="Open the file afterwards.")
@lens_options
@common
def command(*, open_file: bool, output: Path, measure: str, mode: Mode, sector: str, limit: int, lens: Lens) -> None:
    """Write one page with a map, ranks, indicators, missing facts, and the evidence of each number."""
    from kg.map.options import MapOptions
    from kg.query import sectors
    from kg.report import build

    if output.suffix.lower() not in _PAGES:
        raise UsageError("{name}: a report is written as one of: {PAGES}", name=output.name, PAGES=listed(_PAGES))
    files.check_writable(output)
    with open_view() as view:
        sectors.check(view, sector)
        options = MapOptions(measure=measure, mode=mode, lang=settings().lang)
        log("writing the report")
        page = build.report(view, lens, options, sector, limit)
    files.atomic_write(output, page.content)
    print_size(output, page.note, open_file=open_file)
