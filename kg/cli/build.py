"""kg build: graph files -> validate -> store."""

from pathlib import Path

import click

from kg.cli.options import common, emit, say, settings, store
from kg.cli.validate import tell
from kg.ingest import build


@click.command("build")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--discard", is_flag=True, help="Discard ingested data that none of the files contains.")
@common
def command(paths: tuple[Path, ...], *, discard: bool) -> None:
    """Check graph files and build the store from them: those shipped, or PATHS (files and folders).

    Nothing is replaced unless everything conforms, and nothing that came by kg ingest is lost unless you say so.
    """
    built = build.build(paths, store(), say, settings().lang, drop_ingested=discard)
    tell(built.report, "; the store stays as it was")
    emit(built.files)
    if built.size is not None and not settings().quiet:
        with store().view() as view:
            click.echo(build.summary(view), err=True)
