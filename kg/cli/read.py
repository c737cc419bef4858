"""kg read: propose statements from reports."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.help import Command, option
from kg.cli.options import BUDGET, common, emit, open_view
from kg.errors import StoreError, UsageError
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.read.known import Names
    from kg.read.model import Document, Reading
    from kg.texts import Text


def _print_example(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    """Print the example report and exit."""
    if value:
        click.echo(files("kg.read").joinpath("example.md").read_text(encoding="utf-8"), nl=False)
        context.exit()


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
@option("--llm", is_flag=True, help="Also ask the model at KG_LLM_URL; the text of the report is sent there.")
@option(
    "--budget",
    type=BUDGET,
    default="100,500000",
    show_default=True,
    help="Most calls of the model and most tokens in all; cached answers are free.",
)
@option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_example,
    help="Print an invented report, and exit.",
)
@option("--address", metavar="URL", help="Address of the page from which the text was copied.")
@option("--publisher", metavar="NAME", help="Publisher of the document.  [default: as the document states]")
@option("--date", metavar="DAY", help="Day of publication.  [default: as the document or its address states]")
@option("--title", metavar="TEXT", help="Title of the document.  [default: as the document states]")
@option("--keep", is_flag=True, help="Keep a fetched page, and the text of other formats than plain text as .txt.")
@option("--jobs", type=click.IntRange(1), metavar="N", help="Processes for a folder.  [default: the processors]")
@common
def command(
    *,
    paths: tuple[str, ...],
    output: Path | None,
    annotations: Path | None,
    llm: bool,
    budget: tuple[int, ...],
    keep: bool,
    jobs: int | None,
    **about: str | None,
) -> None:
    """Propose statements from reports, each with the sentence that states it.

    PATH is a file (.txt, .md, .html, .pdf, .docx), an address (https://…) or a folder. Nothing becomes evidence before
    a person has reviewed it.

    The proposals of a folder are beside its documents, and stories.csv lists what several documents report. Run it
    again to resume it: documents that were read before are left out.
    """
    from kg.model import Table
    from kg.read import documents

    if len(paths) > 1 and any(about.values()):
        raise UsageError("--address, --publisher, --date and --title describe one document; name one PATH")
    if any(Path(path).is_dir() for path in paths):
        if len(paths) > 1 or output or annotations or keep or llm or any(about.values()):
            raise UsageError("a folder takes --jobs only; name one folder")
        from kg.cli.read_folder import read_folder

        read_folder(Path(paths[0]), *_names(), jobs)
        return
    loaded = (documents.described(documents.open_document(path, keep=keep), **about) for path in paths)
    names, notes = _names()
    readings = tuple(map(_reader(names, budget if llm else None), loaded))
    _write(readings, output, annotations)
    columns = ("document", "mentions", "proposals", "refusals")
    rows = tuple((one.document.name, len(one.mentions), len(one.proposals), len(one.refusals)) for one in readings)
    emit(Table(columns, rows, notes))


def _write(readings: tuple[Reading, ...], output: Path | None, annotations: Path | None) -> None:
    """Write the files of proposals, and the annotations."""
    from kg.files import atomic_write
    from kg.read import annotations as scheme
    from kg.read import proposals

    if annotations is not None:
        atomic_write(annotations, scheme.lines(readings))
    if output is None:
        for reading in readings:
            proposals.write_proposals(Path(f"{reading.document.name}{proposals.SUFFIX}"), [reading])
    else:
        proposals.write_proposals(output, readings)


def _reader(names: Names, budget: tuple[int, ...] | None) -> Callable[[Document], Reading]:
    """Return the function that reads a document: by rules, and by the model too if it has a budget."""
    from kg.read import reader

    if budget is None:
        return lambda document: reader.read(document, names)
    from kg.files import cache_folder
    from kg.read.llm import conversation, endpoint, extract

    model = conversation.Conversation(endpoint.endpoint(), conversation.Budget(*budget), cache_folder("llm"))
    return lambda document: extract.add(reader.read(document, names), names, model)


def _names() -> tuple[Names, tuple[Text, ...]]:
    """Return the names of the store, or none with a note if there is no store."""
    from kg.read import known

    try:
        with open_view() as view:
            return known.load(view), ()
    except StoreError as error:
        return known.shipped(), (Message("Names of a store are not used: {error}.", error=error.message),)
