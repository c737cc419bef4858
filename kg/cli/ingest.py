"""kg ingest: read a source into the store or into a graph file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import console, ingest_tables, inspection, language
from kg.cli.choices import READERS, TABLE_READERS
from kg.cli.engine_options import engine_options
from kg.cli.help import Command, option
from kg.cli.options import DATE, common, emit, log, settings, store
from kg.cli.progress import show_row_progress
from kg.cli.resolve import judge
from kg.cli.validation_report import print_findings
from kg.errors import DataError, Error, UsageError
from kg.licences import licence_name
from kg.texts import Message, alternatives

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kg.cli.engine_options import EngineChoice
    from kg.ingest.readers.reader import Reader
    from kg.ingest.to_file import IngestResult
    from kg.texts import Text

_SUFFIXES = (".trig", ".nq")
_FILE = click.Path(path_type=Path)


def _print_example(context: click.Context, option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    """Print the example file of the reader and exit."""
    del option
    if not value:
        return
    from kg.ingest.readers import catalogue

    reader = catalogue.find(context.params["reader"])
    if not reader.example:
        raise UsageError(
            "the reader {name} has no example; it reads {reads}", name=reader.name, reads=Message(reader.reads)
        )
    click.echo(reader.example, nl=False)
    context.exit()


def _print_reference(context: click.Context, option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    """Print the keys of the mapping or its JSON Schema, and exit."""
    if not value:
        return
    from kg.ingest.readers import mapping_reference

    if context.params["reader"] != "table":
        raise UsageError(
            "the reader {reader} has no mapping; --{name} belongs to table",
            reader=context.params["reader"],
            name=option.name,
        )
    if option.name == "schema":
        click.echo(json.dumps(mapping_reference.schema(), indent=2, ensure_ascii=False))
    else:
        context.obj = replace(settings(), lang=language.current())  # --lang may follow this option
        emit(mapping_reference.table())
    context.exit()


@click.command(
    "ingest",
    cls=Command,
    example="kg ingest table mapping.yaml agreements.csv -o agreements.trig",
    lists={"Readers": READERS},
)
@click.argument("reader", is_eager=True)
@click.argument("paths", nargs=-1, metavar="PATH...", type=_FILE)
@option(
    "-o",
    "--output",
    type=_FILE,
    help="Graph file to write: .trig (canonical) or .nq (large); a folder of participation tables for openalex.  "
    "[default: the store]",
)
@option(
    "--example",
    is_flag=True,
    expose_value=False,
    callback=_print_example,
    help="Print an example of the mapping that the reader requires, and exit.",
)
@option(
    "--keys",
    is_flag=True,
    expose_value=False,
    callback=_print_reference,
    help="Print every key of a mapping, and exit.",
)
@option(
    "--schema",
    is_flag=True,
    expose_value=False,
    callback=_print_reference,
    help="Print the JSON Schema of a mapping, for editors, and exit.",
)
@option("--as-of", type=DATE, help="Date of the edition.  [default: the date in the file names]")
@option("--keep-going", is_flag=True, help="Skip refused rows and write the others.")
@option("--accept-changes", is_flag=True, help="Write an edition of which more than half changes.")
@option("--rejects", type=_FILE, help="Write the refused rows to this CSV file.")
@option(
    "--pairs", type=_FILE, help="Judge the decided pairs of this CSV file after the ingest, as kg resolve judge does."
)
@engine_options
@common
def command(
    *,
    reader: str,
    paths: tuple[Path, ...],
    output: Path | None,
    as_of: date | None,
    keep_going: bool,
    accept_changes: bool,
    rejects: Path | None,
    pairs: Path | None,
    engine: EngineChoice,
) -> None:
    """Read the files PATH... of a source into the store or into a graph file. Each row becomes a piece of evidence.

    For cordis, openaire, openalex, ror and techport, a PATH may be the folder of a dump.

    A table alone, as in kg ingest ledger.xlsx, is inspected: kg prints the meaning of each column and writes a draft of
    its mapping to mapping.yaml, and names that look alike to pairs.csv.

    With -o TABLES, a folder without a suffix, the works of a snapshot become participation tables without a store, for
    kg rank, kg map and other commands with --tables. The engine spark reads the files on a cluster.

    Evidence of an earlier edition that is missing from this one is retired, or deleted and counted if the editions have
    no different dates. If a row is refused or most of an edition changes, nothing is written, unless you pass
    --keep-going or --accept-changes. Run an interrupted ingest again to resume it.
    """
    if not paths and inspection.is_table(reader):
        inspection.inspect(Path(reader))
        return
    known = _known(reader, paths)
    if reader in TABLE_READERS and output is not None and not output.suffix:
        ingest_tables.check(as_of, pairs, accept_changes=accept_changes)
        ingest_tables.run(reader, paths, output, engine, keep_going=keep_going, rejects=rejects)
        return
    _check(output, pairs, engine)
    how = (keep_going, rejects, settings().lang, accept_changes, settings().internal)
    _ingest(known, paths, output, (as_of, *how))
    _judge(pairs)


def _known(reader: str, paths: tuple[Path, ...]) -> Reader:
    """Return the reader; the answer about a ledger is in its language, unless a person chooses one.

    Raises:
        UsageError: it does not exist, or no files are given.
    """
    from kg.ingest.readers import catalogue

    known = catalogue.find(reader)
    if not paths:
        raise UsageError("no files are given; {reader} reads {reads}", reader=reader, reads=Message(known.reads))
    if known.name == "table" and settings().format == "table":
        inspection.speak(inspection.language_of_mapping(paths))
    return known


def _ingest(known: Reader, paths: tuple[Path, ...], output: Path | None, how: tuple[Any, ...]) -> None:
    """Read the files into the graph file `output` or into the store, and print the result."""
    from kg.ingest import known_actors, to_file, to_store
    from kg.ingest.readers import folders
    from kg.ingest.readers.input_files import Inputs, edition

    as_of, *rest = how
    day = as_of or edition(paths)
    files = folders.files(known.name, paths)
    options = to_file.IngestOptions(day or edition(files), *rest)
    inputs = known_actors.with_known_actors(Inputs(files), store(), shipped=output is not None)
    if output is None:
        result = to_store.ingest_into(known, inputs, store(), options, show_row_progress, log)
    else:
        result = to_file.ingest(known, inputs, output, options, show_row_progress)
    _print(result, output, inputs.notes)


def _judge(pairs: Path | None) -> None:
    """Judge the decided pairs, if there is a table of them.

    Raises:
        Error: none is judged; the ingested rows remain in the store.
    """
    if pairs is None:
        return
    try:
        click.get_current_context().invoke(judge, left=str(pairs))
    except Error:
        text = Message("The rows are in the store, but no pair is judged. Correct {pairs}, and run: {run}")
        console.message(text.format(pairs=pairs, run=f"kg resolve judge {console.argument(str(pairs))}"))
        raise


def _check(output: Path | None, pairs: Path | None, engine: EngineChoice) -> None:
    """Check the options before anything is read.

    Raises:
        UsageError: they do not fit together.
        InputError: the table of pairs is malformed.
    """
    if engine.asked:
        raise UsageError("--engine and --master read openalex into tables; name a folder: -o TABLES")
    if output is not None and output.suffix not in _SUFFIXES:
        raise UsageError(
            "-o {output}: a source is written as {suffixes}", output=output, suffixes=alternatives(_SUFFIXES)
        )
    if output is not None and pairs is not None:
        raise UsageError("--pairs judges actors of the store; leave out -o")
    if pairs is not None and not pairs.exists():
        raise UsageError("--pairs {pairs}: the file does not exist; kg ingest FILE writes it", pairs=pairs)
    if pairs is not None:
        from kg.ingest.pairs import read

        read(pairs)


def _print(result: IngestResult, output: Path | None, notes: Sequence[str | Text]) -> None:
    """Print the counts, the refused rows, the notes and the licences.

    Raises:
        DataError: nothing was written.
    """
    from kg.ingest import to_file

    emit(result.tally.table())
    for row in result.refused:
        console.message(to_file.refused_line(row))
    for note in notes:
        console.message(note)
    if result.error is not None:
        raise DataError("{error}; nothing was written", error=result.error)
    print_findings(result.report, Message("; the store is unchanged"))
    if output is not None and result.tally.internal and not settings().internal:
        left_out = Message(
            "{output}: {count} internal statements are left out; --internal writes them",
            output=output,
            count=result.tally.internal,
        )
        console.message(left_out)
    if not settings().quiet:
        if output is None and result.size is None:
            console.message(Message("the store already contains all of this"))
        for credit, licence in result.rights:
            place, name = output or settings().store, licence_name(licence)
            console.message(Message("{place}: {credit}. Licence: {licence}.", place=place, credit=credit, licence=name))
        if result.size is not None:
            _print_resemblance(result.sources)


def _print_resemblance(sources: tuple[str, ...]) -> None:
    """Print how many organisations of the ingested sources resemble known ones."""
    from kg.ingest.resemblance import resemblance

    log("comparing names")
    with store().view() as view:
        note = resemblance(view, sources, settings().lang).note()
    if note is not None:
        console.message(note)
