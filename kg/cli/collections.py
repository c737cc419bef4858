"""kg collections: list the shipped collections."""

import click

from kg.cli.help import Command
from kg.cli.options import common, emit, settings


@click.command("collections", cls=Command, example="kg collections --format csv | cut -d, -f1-6 | head -4")
@common
def command() -> None:
    """List the shipped collections: their links, licences, and what each is complete of and lacks.

    A network includes the collections of the default lens. Choose others with --collection.
    """
    from kg.ingest import collections

    emit(collections.table(collections.shipped(), settings().lang))
