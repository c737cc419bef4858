"""kg evidence: show the source and position of evidence, and the statements that it supports."""

from pathlib import Path

import click

from kg.cli.help import Command, option
from kg.cli.options import common, emit, open_view, settings
from kg.errors import UsageError
from kg.model import Table


@click.command("evidence", cls=Command, example="kg evidence ev:chinadaily-2025-11-11/s599-717")
@click.argument("iris", nargs=-1, required=True, metavar="IRI...")
@option(
    "--document",
    type=click.Path(path_type=Path),
    help="Verify the digest against this document (.txt, .md, .html, .pdf or .docx), and print the sentence.",
)
@common
def command(*, iris: tuple[str, ...], document: Path | None) -> None:
    """Show the source of each evidence IRI, its position, and the statements that it supports."""
    from kg.query import evidence
    from kg.read import documents

    listed = [iri for word in iris for iri in word.split()]
    if document is not None and len(listed) != 1:
        raise UsageError("--document requires exactly one evidence IRI")
    with open_view() as view:
        cards = [evidence.find(view, iri) for iri in listed]
        if document is not None:
            click.echo(evidence.check(cards[0], documents.load(document).text, document))
            return
        emit(
            Table(
                evidence.COLUMNS,
                tuple(row for card in cards for row in evidence.describe(view, card, settings().lang).rows),
            ),
            "fields",
        )
