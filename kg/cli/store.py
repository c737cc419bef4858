"""kg store: check, repair, back up and restore the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console, options, progress
from kg.cli.help import Group, option
from kg.cli.options import common, emit, log, print_size, settings
from kg.errors import DataError, UsageError
from kg.model import Table
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.check import Finding
    from kg.store.local import LocalStore
    from kg.texts import Text

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("store", cls=Group)
@common
def command() -> None:
    """Check and repair a store on disk, back it up, and convert it to the format of this version.

    A store on a server is maintained by the tools of the server.
    """


@command.command("check", example="kg store check")
@common
def check() -> None:
    """List damaged files of the store, each with the command that repairs it; status 1 if there is one.

    Each file is compared with the size and the SHA-256 that were recorded when it was written.
    """
    from kg.store.check import check as examine

    opened = _local()
    log("computing digests of the files")
    found = examine(opened.path)
    if found:
        emit(_table(found))
        raise DataError("{path}: damaged files: {count}", path=opened.path, count=len(found))
    _print(Message("{path}: no damage", path=opened.path))


@command.command("repair", example="kg store repair")
@common
def repair() -> None:
    """Repair everything but damaged statements, and list what was damaged.

    The derived tables, the sizes and the inventory are written again from the statements. An interrupted ingest that is
    damaged is deleted. Damaged statements require kg store restore, or kg build --discard.
    """
    from kg.ingest.derive import derive
    from kg.network.incidence.load import save_incidence
    from kg.store.repair import repair as mend

    opened = _local()
    log("repairing the store")
    found = mend(opened, (derive, save_incidence))
    if found:
        emit(_table(found))
    else:
        _print(Message("{path}: no damage", path=opened.path))


@command.command("backup", example="kg store backup -o store.tar")
@option("-o", "--output", type=_FILE, required=True, help="Tar file that receives the backup.")
@common
def backup(*, output: Path) -> None:
    """Write the store to one file, which kg store restore reads.

    The file contains ingested, retired and internal evidence. It is written in one step, while other commands run.
    """
    from kg.store.backup import backup as write

    with _local().view() as view:
        log("writing the backup")
        write(view, output)
    print_size(output, None)


@command.command("restore", example="kg store restore store.tar --discard")
@click.argument("file", type=_FILE)
@option("--discard", is_flag=True, help="Discard the present content of the store.")
@common
def restore(*, file: Path, discard: bool) -> None:
    """Replace the store by the backup FILE, in one step.

    A store with content requires --discard. A damaged or incomplete backup is refused, and the store is unchanged.
    """
    from kg.ingest import build
    from kg.store.backup import restore as read

    opened = _local()
    log("reading the backup")
    read(opened, file, replace=discard)
    with opened.view() as view:
        _print(build.summary(view))


@command.command("upgrade", example="kg store upgrade")
@common
def upgrade() -> None:
    """Convert a store that an earlier version of kg wrote.

    The content remains. An interrupted ingest begins again.
    """
    from kg.ingest.derive import derive
    from kg.network.incidence.load import save_incidence
    from kg.store.repair import upgrade as convert

    opened = _local()
    log("converting the store")
    if convert(opened, (derive, save_incidence)):
        _print(Message("{path}: converted", path=opened.path))
    else:
        _print(Message("{path}: has the format of this version", path=opened.path))


def _local() -> LocalStore:
    """Return the selected store, which must be on disk."""
    from kg.store.local import LocalStore

    located = options.store()
    if not isinstance(located, LocalStore):
        raise UsageError(
            "{name}: a store on a server is maintained by its own tools; name a folder with --store", name=located.name
        )
    return located


def _print(message: Text) -> None:
    """Print a message to standard error."""
    if not settings().quiet:
        progress.stop_steps()
        console.message(message)


def _table(found: Iterable[Finding]) -> Table:
    return Table(("file", "state", "remedy"), tuple(tuple(one) for one in found))
