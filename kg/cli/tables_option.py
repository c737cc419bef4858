"""The option that names participation tables instead of a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import names
from kg.cli.help import NETWORK, option
from kg.cli.options import open_view
from kg.texts import Message

if TYPE_CHECKING:
    from kg.network.incidence.tables import Incidence

tables_option = option(
    "--tables",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    group=NETWORK,
    help="Participation tables of kg ingest -o FOLDER.  [default: those of the store]",
)


def participations(tables: Path | None, *sectors: str | None) -> Incidence:
    """Return the participation tables of the folder, or of the store, after a check of the names of `sectors`.

    Raises:
        UsageError: a sector does not exist.
        StoreError: the store or the tables cannot be read.
    """
    from kg.network import load_incidence
    from kg.network.incidence.tables import load
    from kg.query import sectors as known_sectors

    if tables is None:
        with open_view() as view:
            known_sectors.check(view, *sectors)
            return load_incidence(view)
    incidence = load(tables)
    known = sorted(filter(None, incidence.actors["sector"].unique().to_pylist()))
    for sector in filter(None, sectors):
        if sector not in known:
            raise names.unknown(Message("sector"), sector, known)
    return incidence
