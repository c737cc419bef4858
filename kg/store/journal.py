"""Files of a generation beside its quads: the journal of checkpoints, and the list of ingested sources."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import StoreError, reason
from kg.files import read_plain

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL = "journal"
"""File with the work, the base generation and the checkpoints of a resumable writer."""

INGESTED = "ingested"
"""File with the sources (IRIs) whose evidence was added by an ingest."""


class Journal(NamedTuple):
    """Content of the file `JOURNAL`.

    Attributes:
        work: the work that the writer does.
        base: the generation that the writer amends.
        batches: name of each checkpoint, with the length of the merge file at that time. The name is ``None`` after the
            merge, when the file is empty.
    """

    work: str
    base: str | None
    batches: tuple[tuple[str | None, int], ...] = ()


def begin_journal(folder: Path, work: str, base: str | None) -> None:
    """Make the writer in `folder` resumable."""
    (folder / JOURNAL).write_text(json.dumps([work, base]) + "\n", encoding="utf-8")


def read_journal(folder: Path) -> Journal:
    """Return the journal in `folder`, without a last line that is incomplete.

    Raises:
        StoreError: the journal cannot be read.
    """
    try:
        whole, _, _ = (folder / JOURNAL).read_bytes().rpartition(b"\n")
        (work, base), *batches = map(json.loads, whole.splitlines())
        return Journal(work, base, tuple((name, length) for name, length in batches))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            "{folder}: the journal cannot be read ({error}); run kg store repair",
            folder=folder,
            error=reason(error),
        ) from error


def append(folder: Path, batch: str | None, length: int) -> None:
    """Add a checkpoint to the journal in `folder`, durably."""
    with (folder / JOURNAL).open("r+b") as journal:
        journal.seek(journal.read().rfind(b"\n") + 1)  # overwrite a line that a kill left incomplete
        journal.truncate()
        journal.write((json.dumps([batch, length]) + "\n").encode())
        journal.flush()
        os.fsync(journal.fileno())


def read_ingested(folder: Path) -> frozenset[str]:
    """Return the ingested sources of the generation in `folder`.

    Raises:
        StoreError: the list cannot be read.
    """
    try:
        return frozenset(json.loads(read_plain(folder / INGESTED)))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            "{folder}: the list of ingested sources cannot be read ({error}); run kg store repair",
            folder=folder,
            error=reason(error),
        ) from error
