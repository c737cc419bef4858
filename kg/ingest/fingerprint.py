"""A digest of everything that determines a build, so that a second build of the same changes nothing.

A build writes the digest and the counts of its files into the folder of the generation. An ingest starts a new
generation without them, so the next build runs again.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from kg import __version__
from kg.errors import StoreError
from kg.files import read_plain
from kg.rdf import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.ingest.collections import Collection
    from kg.model import Cell
    from kg.store.base import Store
    from kg.store.view import Size
    from kg.store.writer import StoreWriter

_FILE = "build.json"


def of(collections: Iterable[Collection], files: Iterable[Path]) -> str:
    """Return the digest of the collections, the files, the ontology and this program."""
    digest = hashlib.sha256(__version__.encode())
    folders = (one.folder for one in collections)
    for file in (*(file for folder in folders for file in _under(folder)), *files, *_under(resources.ontology())):
        digest.update(f"\n{file.name} ".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for module in sorted(resources.package().rglob("*.py")):
        status = module.stat()
        digest.update(f"\n{module} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def write(writer: StoreWriter, digest: str, contents: Sequence[Sequence[Cell]]) -> None:
    """Record the digest and the counts of the files of a build."""
    (writer.path / _FILE).write_text(json.dumps({"digest": digest, "contents": list(contents)}), encoding="utf-8")


def previous(store: Store, digest: str) -> tuple[tuple[tuple[Cell, ...], ...], Size] | None:
    """Return the counts of the files and the size of the store if it is a build with this digest, else nothing.

    A store with internal statements is built again, because their number is not recorded.
    """
    try:
        present = store.present()
    except StoreError:  # the build itself reports a damaged store, or replaces it
        return None
    if present is None:
        return None
    with present as view:
        folder = view.derived_files()
        if folder is None or not (folder / _FILE).is_file() or (folder / "public").exists():
            return None
        recorded = json.loads(read_plain(folder / _FILE))
        size = view.size()
    return (tuple(map(tuple, recorded["contents"])), size) if recorded["digest"] == digest else None


def _under(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())
