"""kg export: write the dataset, or the answer to a question, to a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import files
from kg.cli.help import Command, option
from kg.cli.options import common, open_view, settings
from kg.cli.query import labels_option, parse_params
from kg.errors import UsageError
from kg.texts import listed

if TYPE_CHECKING:
    from kg.store.view import View

_ANSWERS = (".csv", ".tsv", ".json", ".jsonl")


@click.command("export", cls=Command, example="kg export --question declared-parties -o declared.csv")
@option(
    "-o",
    "--output",
    required=True,
    type=click.Path(),
    help="File to write. Dataset with evidence: .trig, .nq, .jsonld. Merged statements: .ttl, .nt. Snapshot for other "
    "stores: .zip or DIRECTORY/. Tables: .sqlite, .duckdb. Answer: .csv, .tsv, .json, .jsonl.",
)
@option("--question", metavar="NAME", help="Write the answer to this question instead of the dataset.")
@option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Parameter of the question; repeatable.")
@labels_option
@common
def command(*, output: str, question: str | None, params: tuple[str, ...], labels: bool) -> None:
    """Write the dataset, or the answer to a question, to a file. The suffix of the file selects the format.

    Internal statements are left out without --internal. Datasets leave out inferred statements and the ontology, which
    a build adds. Merged statements also leave out the evidence of each statement. Tables leave out events, plans,
    claims, judgements, identifiers and coordinates. A snapshot leaves out nothing else.
    """
    path = Path(output)
    is_directory = output.endswith(os.sep) or os.path.isdir(output)  # noqa: PTH112 - never raises
    if question is not None:
        _export_answer(path, question, params, labels=labels)
    elif params:
        raise UsageError("--param requires --question")
    else:
        _export_dataset(path, is_directory=is_directory)


def _export_answer(path: Path, name: str, params: tuple[str, ...], *, labels: bool) -> None:
    from kg.export.table import render
    from kg.query import answers

    suffix = path.suffix.lower()
    files.check_writable(path)
    if suffix not in _ANSWERS:
        raise UsageError("{path}: an answer is written as one of: {ANSWERS}", path=path, ANSWERS=listed(_ANSWERS))
    with open_view() as view:
        answer = answers.question(view, name, parse_params(params), settings(), labels=labels)
    files.atomic_write(path, render(answer, suffix.removeprefix("."), spreadsheet=suffix == ".csv"))


def _export_dataset(path: Path, *, is_directory: bool) -> None:
    from kg.export import snapshot

    if is_directory:
        snapshot.check(path)
    else:
        files.check_writable(path)
    with open_view() as view:
        _write(view, path, is_directory=is_directory)


def _write(view: View, path: Path, *, is_directory: bool) -> None:
    from kg.export import database, graph, snapshot

    if is_directory:
        snapshot.write(path, snapshot.snapshot(view))
    elif path.suffix.lower() == ".zip":
        files.atomic_write(path, snapshot.pack(snapshot.snapshot(view)))
    elif (suffix := path.suffix.lower()) in database.SUFFIXES:
        files.atomic_write(path, database.database(view, suffix, settings().lang))
    else:
        files.atomic_write(path, graph.serialise(view, path.suffix.lower()))
