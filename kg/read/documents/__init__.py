"""Documents as text: files of six formats, and addresses of the web."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import atomic_write
from kg.read.documents import about, files, web

if TYPE_CHECKING:
    from kg.read.model import Document

SUFFIXES = files.SUFFIXES
load = files.load
language = files.language
fetch = web.fetch
described = about.described


def open_document(place: str, *, keep: bool = False) -> Document:
    """Return the document at a path or an address.

    Args:
        place: the path or the address.
        keep: write a fetched page to the working directory, and the text of a file that is not plain text beside it.

    Raises:
        InputError: the document cannot be read.
        OutputError: a copy cannot be written.
        UsageError: the library of its format is not installed.
    """
    if about.is_address(place):
        document = fetch(place, Path() if keep else None)
        text = Path(f"{document.name}.txt")
    else:
        document = load(Path(place))
        text = Path(place).with_suffix(".txt")
    if keep and document.tool:
        atomic_write(text, document.text)
    return document
