"""Documents at an address: fetched once, with limits, and read as the file that they are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kg.errors import InputError
from kg.files import atomic_write, temporary_folder
from kg.read.documents.about import described
from kg.read.documents.fetch_task import MAX_BYTES
from kg.read.documents.files import load
from kg.texts import Message, listed
from kg.worker.pool import Pool
from kg.worker.process import EndedError, Limits

if TYPE_CHECKING:
    from kg.read.model import Document

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_LIMITS = Limits(60, 512 << 20, MAX_BYTES + (1 << 16))
_UNSAFE = re.compile(r"[^\w.-]+")
_MAX_NAME = 80
_ENDED = {
    "time": Message("the server is too slow"),
    "memory": Message("the page requires too much memory"),
    "size": Message("the page is too long"),
}
_workers = Pool()


def fetch(address: str, keep: Path | None = None, *, loopback: bool = False) -> Document:
    """Return the document at an address.

    Args:
        address: begins with ``https://`` or ``http://``.
        keep: a folder for a copy of the page as it was sent; the document contains its digest.
        loopback: whether addresses of this machine are allowed, as in tests.

    Raises:
        InputError: the page cannot be fetched or read.
        OutputError: the copy cannot be written.
    """
    with _workers.worker() as worker:
        try:
            reply = b"".join(
                worker.call("kg.read.documents.fetch_task:page", {"address": address, "loopback": loopback}, _LIMITS)
            )
        except EndedError as error:
            cause = _ENDED.get(error.cause, error.detail)
            raise InputError(
                "{address}: {cause}; save the page and read the file", address=address, cause=cause
            ) from error
    head, _, data = reply.partition(b"\n")
    found = json.loads(head)
    name = name_of(found["address"])
    suffix = _suffix(found["address"], found["media_type"])
    if keep is None:
        with temporary_folder() as folder:
            document = _load(folder / f"{name}{suffix}", data)
    else:
        document = _load(keep / f"{name}{suffix}", data)
    today = datetime.now(UTC).date().isoformat()
    return replace(described(document, address=found["address"]), retrieved=today)


def name_of(address: str) -> str:
    """Return a name for the files of an address: the host and the last part of the path.

    >>> name_of("https://news.example/2025-11/11/c_1139523.htm")
    'news.example-c_1139523'
    """
    parts = urlsplit(address)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    return _UNSAFE.sub("-", "-".join(filter(None, (parts.hostname or "", stem)))).strip(".-")[:_MAX_NAME]


def _load(path: Path, data: bytes) -> Document:
    atomic_write(path, data)
    return load(path)


def _suffix(address: str, media_type: str) -> str:
    if media_type in _SUFFIXES:
        return _SUFFIXES[media_type]
    ending = Path(urlsplit(address).path).suffix.lower()
    if media_type in {"", "application/octet-stream"} and ending in _SUFFIXES.values():
        return ending
    known = listed(sorted(_SUFFIXES))
    raise InputError(
        "{address}: the media type {media_type!r} is not one of: {known}",
        address=address,
        media_type=media_type,
        known=known,
    )
