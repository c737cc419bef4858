"""All documents of a folder: read by several processes, resumed where a reading ended."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

from kg.errors import Error, InputError
from kg.files import read_plain
from kg.read import documents, proposals, reader
from kg.texts import Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from kg.read.known import Names
    from kg.read.model import Reading

_FEW = 8
"""Documents that one process reads faster than several, which take a second to start."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Outcome of the reading of a document.

    Attributes:
        status: ``read``, ``unchanged`` or ``failed``.
        error: the reason of a failure.
    """

    path: Path
    status: str
    error: Text | None = None


def paths(folder: Path) -> list[Path]:
    """Return the documents of a folder and of its subfolders, in the order of their names.

    Raises:
        InputError: there are none, or two have the same stem in one folder.
    """
    found = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in documents.SUFFIXES and not path.is_dir()
    )
    found = [path for path in found if not path.name.endswith(".review.html")]
    stems: dict[Path, Path] = {}
    for path in found:
        other = stems.setdefault(path.with_suffix(""), path)
        if other != path:
            raise InputError("{path} and {other} have the same stem; rename one", path=path, other=other.name)
    if not found:
        raise InputError("{folder}: contains no document; use {known}", folder=folder, known=listed(documents.SUFFIXES))
    return found


def target(path: Path) -> Path:
    """Return the file of proposals of a document, which is beside it."""
    return path.with_name(f"{path.stem}{proposals.SUFFIX}")


def read(found: Sequence[Path], names: Names, jobs: int) -> Iterator[Outcome]:
    """Write the proposals of each document, and yield the outcomes in the same order.

    A document whose file of proposals contains its digest was read before, and is not read again.
    """
    if jobs == 1 or len(found) <= _FEW:
        _start(names)
        yield from map(_read, found)
        return
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_child, initargs=(names,))
    with executor:
        yield from executor.map(_read, found, chunksize=4)


def readings(found: Sequence[Path]) -> Iterator[Reading]:
    """Yield the readings of the documents that have proposals."""
    for path in found:
        if target(path).exists():
            yield from proposals.read_proposals(target(path))


def processes() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0))


_names: list[Names] = []
"""The names that the documents of this process are compared with."""


def _start(names: Names) -> None:
    _names[:] = [names]


def _start_child(names: Names) -> None:
    """Start a process of the pool, which ends with its parent even if that is killed."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    _start(names)


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _read(path: Path) -> Outcome:
    try:
        if _is_read(path):
            return Outcome(path, "unchanged")
        proposals.write_proposals(target(path), [reader.read(documents.load(path), _names[0])])
    except Error as error:
        return Outcome(path, "failed", Text(error.message.en, error.message.zh))
    return Outcome(path, "read")


def _is_read(path: Path) -> bool:
    """Return whether the file of proposals is of this document, and of this version of the reader."""
    try:
        content = json.loads(read_plain(target(path)))
        (document,) = (one["document"] for one in content["readings"])
        versions = {one["version"] for reading in content["readings"] for one in reading.get("proposals", ())}
        return document["file_sha256"] == hashlib.sha256(read_plain(path)).hexdigest() and versions <= {reader.VERSION}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
