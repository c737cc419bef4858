"""The description of a row as evidence, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.records import Record


def descriptions(record: Record, *, located: bool) -> Iterator[tuple[str, str]]:
    """Yield each language of a record's description with its text, and the place of its row if that is public."""
    place = Message(" Row {row} of {file}.", row=record.location.row, file=record.location.file)
    for lang, text in zip(("en", "zh"), record.note.pair, strict=True):
        if text:
            yield lang, text + localise(place, lang) if located else text
