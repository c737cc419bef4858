"""A folder that is replaced as a whole: written beside its place, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from kg.errors import OutputError
from kg.files import locked, output_errors, remove_abandoned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = ".helix-kg-pages"
"""A file that marks a folder as written by `replacing`; it lists the entries of the folder."""


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces `folder` when the block ends; a failure leaves `folder` as it is.

    Folders of processes that were killed are deleted first.

    Raises:
        OutputError: `folder` contains something that this function did not write, or it cannot be written.
    """
    check_own(folder)
    target = folder.resolve()
    start = f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}-"
    with output_errors(folder):
        remove_abandoned(target.parent.glob(f"{start}*.pages"))
        staging = target.with_name(f"{start}{uuid4().hex[:16]}.pages")
        staging.mkdir()
        lock = locked(staging)
        former = staging.with_suffix(".former")
        try:
            yield staging
            (staging / MARK).write_text("".join(f"{name}\n" for name in sorted(entries_of(staging))), encoding="utf-8")
            if target.exists():
                target.rename(former)
            try:
                staging.rename(target)
            except OSError:
                with suppress(OSError):
                    former.rename(target)
                raise
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            shutil.rmtree(former, ignore_errors=True)
            if lock is not None:
                os.close(lock)


def entries_of(folder: Path) -> set[str]:
    """Return the names of what a folder contains."""
    return {entry.name for entry in folder.iterdir()}


def check_own(folder: Path) -> None:
    """Raise an error for a path that `replacing` may not replace, before the content is computed.

    Raises:
        OutputError: its parent does not exist, or it contains something that `replacing` did not write.
    """
    with output_errors(folder):
        target = folder.resolve()
        if not target.parent.is_dir():
            raise OutputError(
                "{path} cannot be written: the folder {parent} does not exist; create it first",
                path=folder,
                parent=folder.parent,
            )
        if not target.exists():
            return
        if not target.is_dir():
            raise OutputError("{path} cannot be written: it is a file; name a folder", path=folder)
        entries = entries_of(target)
        mark = target / MARK
        own = {MARK, *mark.read_text(encoding="utf-8").splitlines()} if mark.is_file() else set()
        if foreign := sorted(entries - own):
            raise OutputError(
                "{path} cannot be replaced: it contains {name}, which kg pages did not write; name another folder, or "
                "move it",
                path=folder,
                name=foreign[0],
            )
