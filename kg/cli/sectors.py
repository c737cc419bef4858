"""Sectors as a user writes them; the ontology says which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.terms import SCHEME

if TYPE_CHECKING:
    from kg.store.view import View


def check(view: View, *asked: str | None) -> None:
    """Refuse a word that is no sector of the ontology; ``None`` asks for none.

    Raises:
        UsageError: names the sectors.
    """
    query = f"SELECT ?s {{ ?c skos:inScheme <{SCHEME}sector> ; skos:notation ?s }} ORDER BY ?s"
    known = [row["s"].value for row in view.select(query)]
    for sector in asked:
        if sector is not None and sector not in known:
            raise UsageError(f"there is no sector {sector!r}; there are: {', '.join(known)}")
