"""The restriction of a query to some actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 2000
"""The number of actors up to which a query lists them; above it, a query for all actors is quicker."""


def only(actors: Sequence[str]) -> str:
    """Return the pattern that limits ``?s`` to `actors`, or nothing if they are many or none are given.

    Args:
        actors: IRIs that were parsed, so that they cannot end the pattern.
    """
    return f"VALUES ?s {{ {' '.join(f'<{iri}>' for iri in actors)} }}" if 0 < len(actors) <= _MOST else ""
