"""kg report: write the results for a network as one page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import files
from kg.cli.help import Command, option
from kg.cli.interval_options import show_sample_progress
from kg.cli.lens_options import lens_options, mode_option
from kg.cli.measure_options import measure_option
from kg.cli.options import DATE, common, limit_option, log, open_view, print_size, settings
from kg.errors import UsageError
from kg.texts import listed

if TYPE_CHECKING:
    from datetime import date

    from kg.network import Lens, Mode

_PAGES = (".html", ".htm", ".pdf", ".docx")


@click.command("report", cls=Command, example="kg report -o brief.html --annex evidence.html")
@option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File: .html, .pdf or .docx.")
@option(
    "--annex",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Add organisations, links and evidence, in the same file or in FILE (.html).",
)
@option("--about", metavar="ACTOR", help="Only the links of this actor: a key, an IRI or a name.")
@option("--title", metavar="TEXT", help="Title.  [default: that of the data]")
@option("--changes-since", type=DATE, help="List what changed from this day to the day of issue.")
@option("--issued", type=DATE, help="Day of issue.  [default: today]")
@measure_option
@mode_option
@option("--sector", metavar="SECTOR", help="Sector of the ranked actors.  [default: firm; with --about all]")
@limit_option(15, help_text="Rank the first N actors.")
@option("--open", "open_file", is_flag=True, help="Open the file afterwards.")
@lens_options
@common
def command(
    *,
    open_file: bool,
    output: Path,
    annex: str | None,
    about: str | None,
    title: str | None,
    issued: date | None,
    changes_since: date | None,
    measure: str | None,
    mode: Mode,
    sector: str | None,
    limit: int,
    lens: Lens,
) -> None:
    """Write a brief of a few pages: findings, map, ranks, sectors, years, places and gaps; evidence as an annex."""
    from kg.map.options import MapOptions
    from kg.query import lookup, sectors
    from kg.report import build, document

    log("writing the report")
    own = _check_files(output, annex)
    if about is None:
        sector = sector or "firm"
    with open_view() as view:
        sectors.check(view, sector)
        options = MapOptions(settings().lang, measure=measure, mode=mode, title=title)
        actor, names = about and lookup.lookup(view, about), (output.name, own[0].name) if own else None
        chosen = build.ReportOptions(sector, limit, actor, annex == "", names, settings().author, issued, changes_since)
        pages = build.report(view, lens, options, chosen, show_sample_progress)
    for file, page in zip((output, *own), pages, strict=True):
        files.atomic_write(file, document.content(page, file.suffix.lower()))
        print_size(file, page.note, open_file=open_file and file == output)


def _check_files(output: Path, annex: str | None) -> tuple[Path, ...]:
    """Return the file of the annex, if it has one, after checking that both files can be written."""
    if output.suffix.lower() not in _PAGES:
        raise UsageError("{name}: a report is written as one of: {PAGES}", name=output.name, PAGES=listed(_PAGES))
    own = _own_file(annex, output) if annex else ()
    for file in (output, *own):
        files.check_writable(file)
    return own


def _own_file(annex: str, output: Path) -> tuple[Path, ...]:
    file = Path(annex)
    if file.suffix.lower() not in _PAGES[:2] or output.suffix.lower() not in _PAGES[:2]:
        raise UsageError(
            "--annex {annex}: an annex in a file of its own is HTML, and so is its brief; pass --annex without a file",
            annex=annex,
        )
    own, main = (Path(os.path.realpath(path)) for path in (file, output))
    if own == main or own.parent != main.parent:
        raise UsageError("--annex {annex}: write another file in the folder of {output}", annex=annex, output=output)
    return (file,)
