"""The part of a large table that an inspection reads, so that a small file with much in it is soon answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers.cells import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHARACTERS = 1 << 25
"""Characters of the rows that are read."""

_FAULT = 1 << 16
"""Characters that a cell counts that was too long or could not be read; its reader drops the text."""


class Budget:
    """The characters that are left to read."""

    def __init__(self) -> None:
        """Start with all of them."""
        self._left = MAX_CHARACTERS

    def allows(self, cells: Iterable[str]) -> bool:
        """Return whether a row is within the budget, and take it off."""
        self._left -= sum(_FAULT if isinstance(cell, Fault) else len(cell) for cell in cells)
        return not self.is_spent

    @property
    def is_spent(self) -> bool:
        """Return whether a row exceeded the budget."""
        return self._left < 0
