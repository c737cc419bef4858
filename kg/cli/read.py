"""kg read: propose statements from reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.help import Command, option
from kg.cli.options import common, emit, open_view
from kg.errors import StoreError, UsageError
from kg.texts import Message

if TYPE_CHECKING:
    from kg.read.known import Names
    from kg.texts import Text


@click.command("read", cls=Command, example="kg read report.txt")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File of the proposals.  [default: STEM.proposals.json in the working directory]",
)
@option(
    "--annotations",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write entities and relations with offsets, as JSON lines.",
)
@option("--address", metavar="URL", help="Address of the page from which the text was copied.")
@option("--publisher", metavar="NAME", help="Publisher of the document.  [default: as the document states]")
@option("--date", metavar="DAY", help="Day of publication.  [default: as the document or its address states]")
@option("--title", metavar="TEXT", help="Title of the document.  [default: as the document states]")
@option("--keep", is_flag=True, help="Keep a fetched page, and the text of other formats than plain text as .txt.")
@common
def command(
    *, paths: tuple[str, ...], output: Path | None, annotations: Path | None, keep: bool, **about: str | None
) -> None:
    """Propose statements from reports, each with the sentence that states it.

    PATH is a file (.txt, .md, .html, .pdf, .docx) or an address (https://…). Nothing becomes evidence before a person
    has reviewed it.
    """
    from kg import files
    from kg.model import Table
    from kg.read import annotations as scheme
    from kg.read import documents, proposals, reader

    if len(paths) > 1 and any(about.values()):
        raise UsageError("--address, --publisher, --date and --title describe one document; name one PATH")
    loaded = (documents.described(documents.open_document(path, keep=keep), **about) for path in paths)
    names, notes = _names()
    readings = tuple(reader.read(document, names) for document in loaded)
    if annotations is not None:
        files.atomic_write(annotations, scheme.lines(readings))
    if output is None:
        for reading in readings:
            proposals.write_proposals(Path(f"{reading.document.name}{proposals.SUFFIX}"), [reading])
    else:
        proposals.write_proposals(output, readings)
    columns = ("document", "mentions", "proposals", "refusals")
    rows = tuple((one.document.name, len(one.mentions), len(one.proposals), len(one.refusals)) for one in readings)
    emit(Table(columns, rows, notes))


def _names() -> tuple[Names, tuple[Text, ...]]:
    """Return the names of the store, or none with a note if there is no store."""
    from kg.read import known

    try:
        with open_view() as view:
            return known.load(view), ()
    except StoreError as error:
        return known.NONE, (Message("Names of a store are not used: {error}.", error=error.message),)
