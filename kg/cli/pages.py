"""kg pages: write a page for each node as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console, progress
from kg.cli.help import Command, option
from kg.cli.interval_options import show_sample_progress
from kg.cli.lens_options import lens_options
from kg.cli.options import DATE, common, log, open_view, settings
from kg.errors import UsageError
from kg.texts import Message

if TYPE_CHECKING:
    from datetime import date

    from kg.network import Lens


@click.command("pages", cls=Command, example="kg pages -o site --url https://example.org/ --issued 2026-01-31")
@option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder: a new one, or an earlier site.")
@option("--url", metavar="URL", help="Address of the site, for its sitemap.  [default: no sitemap]")
@option("--title", metavar="TEXT", help="Title of the front page.  [default: that of the data]")
@option("--issued", type=DATE, help="Day of issue; changes are those of the year before it.  [default: today]")
@lens_options
@common
def command(*, output: Path, url: str | None, title: str | None, issued: date | None, lens: Lens) -> None:
    """Write a page for each actor, link, plan, source, place and collection, in English and Chinese, with a search.

    Filters select the network of findings, ranks and changes; every node has its page.
    """
    from kg.pages import site

    if url is not None and not url.startswith(("http://", "https://")):
        raise UsageError("--url {url}: write the address of a web server, such as https://example.org/", url=url)
    address = None if url is None else f"{url.rstrip('/')}/"
    log("writing the pages")
    with open_view() as view:
        options = site.SiteOptions(title, address, settings().author, issued)
        written = site.write(view, lens, options, output, show_sample_progress)
    progress.stop_steps()
    if not settings().quiet:
        counted = Message(
            "{path}: {pages} pages in two languages, {size:.1f} MB",
            path=output,
            pages=written.pages,
            size=written.size / 1e6,
        )
        console.message(counted)
