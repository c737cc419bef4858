"""Record of removals from a store on disk: when, by whom, why and how many statements, but not which."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kg.errors import StoreError, reason
from kg.store.layout import current
from kg.store.mend import write

if TYPE_CHECKING:
    from pathlib import Path

FILE = "forgotten"
"""File in the folder of a store; it belongs to no generation, so that a build keeps it."""
STAGED = "removal"
"""File in a generation: its own removal, until it is in the record of the store."""


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


def stage(generation: Path, removal: Removal) -> None:
    """Write a removal into the folder of the generation that makes it, so that both appear at once.

    Raises:
        OSError: the record cannot be written.
    """
    write(generation / STAGED, _line(removal))


def settle(store: Path) -> None:
    """Append the removal of the current generation to the record of the store in the folder `store`.

    Raises:
        OSError: the record cannot be written.
        StoreError: the pointer to the current generation is damaged.
    """
    staged = _staged(store)
    if staged is None:
        return
    line = staged.read_text(encoding="utf-8")
    record = store / FILE
    if not record.exists() or line not in record.read_text(encoding="utf-8").splitlines(keepends=True)[-1:]:
        with record.open("a", encoding="utf-8") as lines:
            lines.write(line)
            lines.flush()
            os.fsync(lines.fileno())
    staged.unlink()


def read(store: Path) -> tuple[Removal, ...]:
    """Return the record of the store in the folder `store`, with the removal of the current generation.

    Raises:
        StoreError: the record cannot be read.
    """
    try:
        record, staged = store / FILE, _staged(store)
        lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
        last = staged.read_text(encoding="utf-8").splitlines() if staged is not None else []
        return tuple(Removal(**json.loads(line)) for line in lines + [line for line in last if line not in lines[-1:]])
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            "{path}: the record of removals cannot be read ({error}); repair or delete the file",
            path=store / FILE,
            error=reason(error),
        ) from error


def _staged(store: Path) -> Path | None:
    name = current(store)
    staged = store / "generations" / (name or "") / STAGED
    return staged if name is not None and staged.exists() else None


def _line(removal: Removal) -> str:
    return json.dumps(asdict(removal), ensure_ascii=False) + "\n"
