"""kg export: the whole graph, or a question's answer, as a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import files
from kg.cli.options import common, opened, settings
from kg.cli.query import pairs
from kg.errors import UsageError
from kg.export import graph, snapshot
from kg.export.table import render
from kg.query import lookup, questions
from kg.query import run as query

if TYPE_CHECKING:
    from kg.store.view import View

_ANSWERS = (".csv", ".tsv", ".json", ".jsonl")


@click.command("export")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(),
    help="The file: .trig, .nq, .jsonld (with evidence), .ttl or .nt (merged); .zip or FOLDER/ for a snapshot with all "
    "that other stores need; of an answer .csv, .tsv, .json or .jsonl.",
)
@click.option("--question", metavar="NAME", help="The answer to this question instead of the graph.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@common
def command(output: str, question: str | None, params: tuple[str, ...]) -> None:
    """Write the whole graph, or the answer to a question; the format follows the suffix of the file."""
    path = Path(output)
    suffix = path.suffix.lower()
    folder = output.endswith(os.sep) or os.path.isdir(output)  # noqa: PTH112 - never raises
    if folder and question is None:
        snapshot.check(path)
    else:
        files.check_writable(path)
    if question is None and params:
        raise UsageError("--param belongs to a question; name one by --question")
    if question is not None and suffix not in _ANSWERS:
        raise UsageError(f"{output}: an answer is written as one of: {', '.join(_ANSWERS)}")
    with opened() as view:
        if question is None:
            _whole(view, path, folder=folder)
            return
        asked = questions.find(question)
        values = lookup.resolve_parameters(view, asked, pairs(params))
        answer = query.answer(view, asked, values, settings().lang, max_rows=query.UNLIMITED)  # a file is whole
    files.atomic_write(path, render(answer, suffix.removeprefix(".")))


def _whole(view: View, path: Path, *, folder: bool) -> None:
    if folder:
        snapshot.write(path, snapshot.snapshot(view))
    elif path.suffix.lower() == ".zip":
        files.atomic_write(path, snapshot.pack(snapshot.snapshot(view)))
    else:
        files.atomic_write(path, graph.serialise(view, path.suffix.lower()))
