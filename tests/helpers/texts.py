"""Notes of tables, networks and scores in one language."""

from collections.abc import Sequence
from typing import Protocol

from kg.model import Text, localise


class _Noted(Protocol):
    @property
    def notes(self) -> Sequence[Text | str]: ...


def notes_of(noted: _Noted, lang: str = "en") -> tuple[str, ...]:
    """Return the notes of a table, a network or scores in `lang`."""
    return tuple(localise(note, lang) for note in noted.notes)
