"""The reading of a document: mentions, statements and the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.read.model import Reading

if TYPE_CHECKING:
    from kg.read.model import Document


def read(document: Document) -> Reading:
    """Return what the text of a document states."""
    return Reading(document)
