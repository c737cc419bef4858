"""kg export: the whole graph, or a question's answer, as a file."""

from pathlib import Path

import click

from kg import query, questions
from kg.cli.options import common, opened, settings
from kg.cli.query import pairs
from kg.errors import UsageError
from kg.export import files, rdf
from kg.export.table import render


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
    with opened() as view:
        if question is None:
            files.write(output, rdf.serialise(view, output.suffix))
            return
        answer = query.ask(view, questions.bind(questions.find(question), pairs(params), settings().lang))
    form = output.suffix.removeprefix(".")
    if form not in {"csv", "tsv", "json"}:
        raise UsageError(f"{output}: an answer is written as .csv, .tsv or .json")
    files.write(output, render(answer, form))
