"""Validation of sector names against the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import names
from kg.terms import SCHEME
from kg.texts import Message

if TYPE_CHECKING:
    from kg.store.view import View


def check(view: View, *sectors: str | None) -> None:
    """Raise an error for a name that is not a sector of the ontology; ``None`` stands for no selection.

    Raises:
        UsageError: lists the sectors.
    """
    chosen = [sector for sector in sectors if sector is not None]
    if not chosen:
        return
    query = f"SELECT ?s {{ ?c skos:inScheme <{SCHEME}sector> ; skos:notation ?s }} ORDER BY ?s"
    known = [row["s"].value for row in view.select(query)]
    for sector in chosen:
        if sector not in known:
            raise names.unknown(Message("sector"), sector, known)
