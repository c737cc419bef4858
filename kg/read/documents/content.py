"""The content of one document, as the parser of its format returns it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a document.

    Attributes:
        text: the main text; offsets of evidence refer to it.
        title: the title, if the document has one.
        publisher: the publisher, if the document names it.
        date: date of publication by the metadata, as YYYY, YYYY-MM or YYYY-MM-DD.
        address: the address that the page gives as its own.
        removed: number of characters outside the main text, without white space.
        tool: library and version that found the text; empty for plain text.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    address: str | None = None
    removed: int = 0
    tool: str = ""
