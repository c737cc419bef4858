"""Licences of data: their names in both languages, and the credit that belongs to them."""

from __future__ import annotations

from typing import NamedTuple

from kg.texts import Message, Text

UNLICENSED = {
    "facts-only": Message("facts without a licence"),
    "official-document": Message("official document, outside copyright"),
    "public-domain": Message("public domain"),
    "not published": Message("not published"),
    "not stated": Message("not stated"),
}
"""Texts for the absence of a licence, by the word that data have for it."""


class Rights(NamedTuple):
    """The credit that users of a source owe, and its licence."""

    credit: str
    licence: str

    @property
    def text(self) -> Text:
        """The credit and the name of the licence."""
        return Message("{publisher}, {licence}", publisher=self.credit, licence=licence_name(self.licence))


def licence_name(licence: str) -> Text:
    """Return the name of a licence; an SPDX expression is its own name in each language."""
    return UNLICENSED.get(licence) or Text(licence, licence)
