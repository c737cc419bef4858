"""Record of removals from a store on disk: when, by whom, why and how many statements, but not which."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kg.errors import StoreError, reason

if TYPE_CHECKING:
    from pathlib import Path

FILE = "forgotten"
"""File in the folder of a store; it belongs to no generation, so that a build keeps it."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A removal.

    Attributes:
        date: as YYYY-MM-DD.
        author: the person who removed.
        statements: number of statements that were removed from the store.
        reason: in the words of the author.
    """

    date: str
    author: str
    statements: int
    reason: str


def append(store: Path, removal: Removal) -> None:
    """Append a removal to the record of the store in the folder `store`.

    Raises:
        OSError: the record cannot be written.
    """
    with (store / FILE).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(removal), ensure_ascii=False) + "\n")
        lines.flush()
        os.fsync(lines.fileno())


def read(store: Path) -> tuple[Removal, ...]:
    """Return the record of the store in the folder `store`.

    Raises:
        StoreError: the record cannot be read.
    """
    try:
        lines = (store / FILE).read_text(encoding="utf-8").splitlines()
        return tuple(Removal(**json.loads(line)) for line in lines)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            "{path}: the record of removals cannot be read ({error}); repair or delete the file",
            path=store / FILE,
            error=reason(error),
        ) from error
