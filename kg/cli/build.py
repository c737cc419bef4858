"""kg build: validate graph files and build the store."""

from pathlib import Path

import click

from kg.cli import console
from kg.cli.help import Command, option
from kg.cli.options import common, emit, log, settings, store
from kg.cli.validation_report import print_findings
from kg.texts import Message


@click.command("build", cls=Command, example="kg build")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--add", is_flag=True, help="Keep the content of the store and add the files to it.")
@option("--discard", is_flag=True, help="Discard the content of the store that none of the files contains.")
@option(
    "--collection",
    "names",
    metavar="NAME",
    multiple=True,
    help="Build this shipped collection, alone or with PATHS; repeatable.",
)
@common
def command(*, paths: tuple[Path, ...], add: bool, discard: bool, names: tuple[str, ...]) -> None:
    """Validate graph files and build the store from them: PATHS (files and directories), or the shipped collections.

    The path `shipped` names the shipped collections, which kg collections lists. The store changes only if all files
    conform. A build that would lose ingested data, judgements or most of a source is refused.
    """
    from kg.ingest import build, kept

    keep = build.keep_mode(paths, add=add, discard=discard)
    built = build.build(paths, store(), log, settings().lang, keep=keep, names=names)
    print_findings(built.report, Message("; the store is unchanged"))
    emit(built.files)
    if built.size is not None and not settings().quiet:
        with store().view() as view:
            console.message(build.summary(view))
        if built.internal:
            console.message(Message("internal, only with --internal: {pieces}", pieces=kept.pieces(built.internal)))
        if built.repeated:
            console.message(Message("the store already contains all of this"))
        if built.gone:
            console.message(Message("no longer in the store: {pieces}", pieces=kept.pieces(built.gone)))
        if built.replaced:
            console.message(Message("replaced by the files: {pieces}", pieces=kept.pieces(built.replaced)))
