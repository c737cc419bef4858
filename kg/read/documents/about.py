"""Metadata of a document that a person or an address states."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.read.documents import dates

if TYPE_CHECKING:
    from kg.read.model import Document


def is_address(text: str) -> bool:
    """Return whether a text is an address of the web and not a path."""
    return text.startswith(("https://", "http://"))


def described(
    document: Document,
    *,
    address: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    title: str | None = None,
) -> Document:
    """Return a document with the metadata that a person states; an address may contain the date.

    Raises:
        UsageError: the address or the date is malformed.
    """
    if address is not None and not is_address(address):
        raise UsageError("--address {address!r}: begin with https://", address=address)
    if date is not None and dates.stated(date) != date:
        raise UsageError("--date {date!r}: write YYYY, YYYY-MM or YYYY-MM-DD", date=date)
    in_address = dates.in_address(address) if address else None
    day, origin = (
        (date, "given")
        if date
        else (document.date, document.dated_by)
        if document.date
        else (in_address, "address" if in_address else "")
    )
    return replace(
        document,
        address=address or document.address,
        publisher=publisher or document.publisher,
        title=title or document.title,
        date=day,
        dated_by=origin,
    )
