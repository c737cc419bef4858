"""What stands beside the quads of a draft: what was confirmed, and which sources came by an ingest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import StoreError, reason

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL = "journal"
"""The file that says of which work a draft is, from which generation it started, and what was confirmed."""

INGESTED = "ingested"
"""The file of a draft or a generation that lists the sources (IRIs) of which evidence came by an ingest."""


class Journal(NamedTuple):
    """What the file `JOURNAL` says.

    Attributes:
        work: which draft this is.
        base: the generation that it started from.
        batches: each confirmed batch, with the length of the notes for the merge then.
    """

    work: str
    base: str | None
    batches: tuple[tuple[str, int], ...] = ()


def begin_journal(folder: Path, work: str, base: str | None) -> None:
    """Make the draft in `folder` one that outlives its process."""
    (folder / JOURNAL).write_text(json.dumps([work, base]) + "\n", encoding="utf-8")


def read_journal(folder: Path) -> Journal:
    """The journal of the draft in `folder`; a last line that was not written to its end is none.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        whole, _, _ = (folder / JOURNAL).read_bytes().rpartition(b"\n")
        (work, base), *batches = map(json.loads, whole.splitlines())
        return Journal(work, base, tuple((name, length) for name, length in batches))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            f"{folder}: this unfinished draft cannot be read ({reason(error)}); remove the folder"
        ) from error


def read_ingested(folder: Path) -> frozenset[str]:
    """The sources of which evidence in the draft or generation in `folder` came by an ingest.

    Raises:
        StoreError: the list cannot be read.
    """
    try:
        return frozenset(json.loads((folder / INGESTED).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{folder}: the list of what was ingested cannot be read ({reason(error)})") from error
