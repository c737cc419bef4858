"""Texts in one language: notes of tables, networks and scores, and messages."""

from collections.abc import Sequence
from typing import Protocol

from kg.model import Text, localise


class _Noted(Protocol):
    @property
    def notes(self) -> Sequence[Text | str]: ...


def notes_of(noted: _Noted, lang: str = "en") -> tuple[str, ...]:
    """Return the notes of a table, a network or scores in `lang`."""
    return tuple(localise(note, lang) for note in noted.notes)


def english(text: Text | str | None) -> str:
    """Return the English text; it must not be missing."""
    found = text.en if isinstance(text, Text) else text
    assert found is not None
    return found


def chinese(text: Text | None) -> str:
    """Return the Chinese text; it must not be missing."""
    assert text is not None
    assert text.zh is not None
    return text.zh
