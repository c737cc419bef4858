"""Documents on the disk: plain text is decoded here, and a worker with limits parses other formats."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from kg.errors import InputError, reason
from kg.files import check_regular
from kg.read.documents import dates
from kg.read.documents.content import Content
from kg.read.model import Document, digest
from kg.texts import Message, listed
from kg.worker.pool import Pool
from kg.worker.process import EndedError, Limits

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
"""Suffixes of documents."""

MAX_BYTES = 64 << 20
"""Largest file."""

MAX_TEXT = 4 << 20
"""Characters of the longest text."""

_SECONDS, _BYTES_PER_SECOND = 30, 200_000
_MEMORY, _GROWTH = 512 << 20, 40
_HAN = re.compile("[\u4e00-\u9fff]")
_ENDED = {
    "time": Message("the file takes too long to parse; save its text as .txt"),
    "memory": Message("the file requires too much memory; save its text as .txt"),
    "size": Message("the text is too long; divide the file"),
    "stack": Message("the file is nested too deeply; save its text as .txt"),
}
_workers = Pool()


def load(path: Path) -> Document:
    """Return a document of the disk as text.

    Raises:
        InputError: the file cannot be read, its format is unknown, or its text is too long.
        UsageError: the library of its format is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = listed(SUFFIXES)
        raise InputError("{path}: the format is unknown; use one of: {known}", path=path, known=known)
    check_regular(path)
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise InputError("{path}: cannot be read ({error})", path=path, error=reason(error)) from error
    content = None if data is None else _content(path, suffix, len(data))
    if data is None or content is None or len(content.text) > MAX_TEXT:
        raise InputError("{path}: the document is too long; divide it", path=path)
    in_address = dates.in_address(content.address) if content.address else None
    return Document(
        name=path.stem,
        text=content.text,
        sha256=digest(content.text),
        lang=language(content.text),
        title=content.title,
        publisher=content.publisher,
        date=content.date or in_address,
        address=content.address,
        removed=content.removed,
        dated_by="metadata" if content.date else "address" if in_address else "",
        file_sha256=hashlib.sha256(data).hexdigest(),
        tool=content.tool,
    )


def language(text: str) -> str:
    """Return ``zh`` if a tenth of the characters are Han, else ``en``."""
    return "zh" if 10 * len(_HAN.findall(text)) > len(text) else "en"


def _content(path: Path, suffix: str, size: int) -> Content:
    """Return the content that a worker parses from a file.

    Raises:
        InputError: the file is broken, or exceeds a limit.
        UsageError: the library of its format is not installed.
    """
    limits = Limits(_SECONDS + size / _BYTES_PER_SECOND, _MEMORY + _GROWTH * size, 8 * MAX_TEXT)
    with _workers.worker() as worker:
        try:
            call = worker.call("kg.read.documents.tasks:content", {"path": str(path), "suffix": suffix}, limits)
            return Content(**json.loads(b"".join(call)))
        except EndedError as error:
            cause = _ENDED.get(error.cause, error.detail)
            raise InputError("{file}: {cause}", file=path, cause=cause) from error
