"""kg evidence: what a piece of evidence says, and where."""

from pathlib import Path

import click

from kg.cli.options import common, emit, opened
from kg.errors import UsageError
from kg.model import Table
from kg.query import evidence


@click.command("evidence")
@click.argument("iris", nargs=-1, required=True, metavar="IRI...")
@click.option(
    "--document", type=click.Path(path_type=Path), help="The document's plain text, to hold against the digest."
)
@common
def command(iris: tuple[str, ...], document: Path | None) -> None:
    """Tell of the evidence IRI its source, its position, and the statements that it supports.

    With --document the digest is checked and the sentence printed.
    """
    listed = [iri for word in iris for iri in word.split()]
    if document is not None and len(listed) != 1:
        raise UsageError("--document is held against one piece of evidence; name one")
    with opened() as view:
        cards = [evidence.find(view, iri) for iri in listed]
        if document is not None:
            click.echo(evidence.check(cards[0], document))
            return
        emit(Table(evidence.COLUMNS, tuple(row for card in cards for row in evidence.describe(view, card).rows)))
