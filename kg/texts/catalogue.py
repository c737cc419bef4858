"""Reader of the catalogue of messages.

The file is read once, when a Chinese text is rendered for the first time. It is read as translators write it, so an
installation and a checkout require no compiled copy.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = Path(__file__).parent.parent / "locale" / "zh" / "LC_MESSAGES" / "kg.po"
"""The Chinese catalogue."""

_FIELDS = ("msgctxt ", "msgid ", "msgstr ")


def translate(english: str, context: str | None = None) -> str:
    """Return the Chinese text for `english`, or `english` if the catalogue has none."""
    return _translations().get((context, english)) or english


@cache
def _translations() -> Mapping[tuple[str | None, str], str]:
    return {(entry.get("msgctxt"), entry["msgid"]): entry["msgstr"] for entry in entries(FILE)}


def entries(file: Path) -> Iterator[dict[str, str]]:
    """Yield the fields ``msgctxt``, ``msgid`` and ``msgstr`` of each entry of a catalogue without plural forms."""
    entry: dict[str, str] = {}
    field = ""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('"'):
                entry[field] += _string(line)
            elif line.startswith(_FIELDS):
                name, _, rest = line.partition(" ")
                if name != "msgstr" and "msgstr" in entry:
                    yield entry
                    entry = {}
                field = name
                entry[field] = _string(rest)
    if entry:
        yield entry


def _string(literal: str) -> str:
    text = literal.strip()
    if "\\" not in text:
        return text[1:-1]
    from ast import literal_eval  # noqa: PLC0415 - takes 2 ms, and English commands read no catalogue

    return str(literal_eval(text))
