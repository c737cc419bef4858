"""Files of a store on disk that lead to its current generation: the format and the pointer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import StoreError, reason
from kg.files import is_temporary, read_plain
from kg.store import inventory
from kg.store.journal import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_KIND = "helix-kg store "
FORMAT = f"{_KIND}3\n"
"""Content of the file ``format``; the number increases if another version could misread the layout."""

OLDEST = f"{_KIND}1\n"
"""Format without an inventory in each generation."""

FORMERS = frozenset({OLDEST, f"{_KIND}2\n"})
"""Formats that `kg.store.repair.upgrade` converts; the tables of collections in the second have one credit line."""

GENERATION = re.compile(r"g[0-9]{6,}")
"""Names of generations."""


def current(store: Path) -> str | None:
    """Return the name of the current generation; ``None`` if nothing was built yet.

    Raises:
        StoreError: the pointer is damaged.
    """
    try:
        name = read_plain(store / "current").decode("ascii", "replace").strip()
    except FileNotFoundError:
        if complete(store):
            raise StoreError("{path}: the file current is missing; run kg store repair", path=store) from None
        return None
    except OSError as error:
        raise StoreError(
            "{path}: the file current cannot be read ({error}); run kg store repair", path=store, error=reason(error)
        ) from error
    if GENERATION.fullmatch(name) is None:
        raise StoreError("{path}: the file current is damaged ({name!r}); run kg store repair", path=store, name=name)
    return name


def check_format(store: Path, accepted: Collection[str] = ()) -> None:
    """Raise an error if the folder is not a store of this format or those `accepted`; it may be missing.

    Raises:
        StoreError: the folder is not a store, or of another format.
    """
    try:
        version = read_format(store)
    except NotADirectoryError as error:
        raise StoreError(
            "{path}: a store is a folder, and this is a file; choose another with --store", path=store
        ) from error
    except OSError as error:
        raise StoreError(
            "{path}: the store cannot be read ({error}); choose another with --store", path=store, error=reason(error)
        ) from error
    if version is None:
        raise StoreError(
            "{path}: not a Helix store, and the folder is not empty; choose another with --store", path=store
        )
    if version in FORMERS and version not in accepted:
        raise StoreError("{path}: an earlier version of kg wrote this store; run kg store upgrade", path=store)
    if version not in {*accepted, FORMAT, ""}:
        raise StoreError(
            "{path}: a later version of kg wrote this store ({version!r}, this one reads {FORMAT!r}); install that "
            "version",
            path=store,
            version=version.strip(),
            FORMAT=FORMAT.strip(),
        )


def read_format(store: Path) -> str | None:
    """Return the content of ``format``: empty if the store does not exist yet, ``None`` if it is not a store.

    A damaged file is ignored; the content of the generations then shows the format.

    Raises:
        OSError: the folder cannot be read.
    """
    try:
        names = {entry.name for entry in store.iterdir() if not is_temporary(entry)}
    except FileNotFoundError:
        return ""
    if names <= {"lock"}:  # or a writer was killed before it wrote anything else
        return ""
    version = content(store / "format") or ""
    if re.fullmatch(rf"{_KIND}[0-9]+\n", version):
        return version
    generations = complete(store)
    if not generations:
        return None
    return FORMAT if any((one / inventory.FILE).exists() for one in generations) else OLDEST


def complete(store: Path) -> list[Path]:
    """Return the generations that a writer finished, the newest last; one with a journal was not yet current."""
    found = (one for one in store.glob("generations/g*") if GENERATION.fullmatch(one.name))
    return sorted(one for one in found if _is_complete(one))


def _is_complete(generation: Path) -> bool:
    finished = any((generation / name).exists() for name in ("manifest.json", inventory.FILE))
    return finished and (generation / "oxigraph").is_dir() and not (generation / JOURNAL).exists()


def content(path: Path) -> str | None:
    """Return the text of a file; ``None`` if it is missing, not ASCII, or something else, such as a pipe."""
    try:
        return path.read_text(encoding="ascii") if path.is_file() else None
    except (OSError, UnicodeDecodeError):
        return None
