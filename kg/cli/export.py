"""kg export: the whole graph, or a question's answer, as a file."""

import sys
from pathlib import Path

import click

from kg import query, questions
from kg.cli.options import common, opened, settings
from kg.cli.query import pairs
from kg.errors import UsageError
from kg.export import files, rdf
from kg.export.table import render

_ANSWERS = (".csv", ".tsv", ".json")


@click.command("export")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The file: .trig, .nq, .jsonld (with evidence), .ttl or .nt (merged); of an answer .csv, .tsv or .json.",
)
@click.option("--question", metavar="NAME", help="The answer to this question instead of the graph.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@common
def command(output: Path, question: str | None, params: tuple[str, ...]) -> None:
    """Write the whole graph, or the answer to a question; the format follows the suffix of the file."""
    files.check(output)
    suffix = output.suffix.lower()
    if question is None and params:
        raise UsageError("--param belongs to a question; name one by --question")
    if question is not None and suffix not in _ANSWERS:
        raise UsageError(f"{output}: an answer is written as one of: {', '.join(_ANSWERS)}")
    with opened() as view:
        if question is None:
            files.write(output, rdf.serialise(view, suffix))
            return
        text = questions.bind(questions.find(question), pairs(params), settings().lang)
        answer = query.ask(view, text, limit=sys.maxsize)  # a file is whole
    files.write(output, render(answer, suffix.removeprefix(".")))
