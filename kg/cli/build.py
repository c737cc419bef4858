"""kg build: validate graph files and build the store."""

from pathlib import Path

import click

from kg.cli.help import Command, option
from kg.cli.options import common, emit, log, settings, store
from kg.cli.validation_report import print_findings


@click.command("build", cls=Command, example="kg build")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--discard", is_flag=True, help="Discard ingested data that none of the files contains.")
@common
def command(*, paths: tuple[Path, ...], discard: bool) -> None:
    """Validate graph files and build the store from them: PATHS (files and directories), or the shipped files.

    The store changes only if all files conform. Ingested data are kept unless you pass --discard.
    """
    from kg.ingest import build

    built = build.build(paths, store(), log, settings().lang, drop_ingested=discard)
    print_findings(built.report, "; the store is unchanged")
    emit(built.files)
    if built.size is not None and not settings().quiet:
        with store().view() as view:
            click.echo(build.summary(view), err=True)
