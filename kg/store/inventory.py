"""Inventory of a generation: the size and the SHA-256 of each file, written when the generation is complete.

A reader compares the sizes when it opens the generation, which takes less than a millisecond. `kg store check` compares
the digests too.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.errors import StoreError, reason
from kg.files import atomic_stream, is_temporary, read_plain
from kg.store.journal import JOURNAL
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "files.json"
"""Name of the inventory in a generation."""

DATA = "oxigraph/"
"""Folder whose files nothing else can replace."""

RESTORE = Message("run kg store restore BACKUP --discard, or kg build --discard")
REPAIR = Message("run kg store repair")
"""Remedies for damaged statements and for all other damage."""

_STATEMENTS = re.compile(r"(?:public/)?oxigraph/(?:[0-9]+\.sst|MANIFEST-[0-9]+|CURRENT)")
"""Files of RocksDB that a flushed store needs; it writes the others when it opens a store."""

TABLE = ".sst"
"""Suffix of the tables of RocksDB. A table keeps its name in an amended generation, and no other table gets it."""

_BESIDE = {FILE, JOURNAL, "readers", "removal"}
"""Files of a generation that change after it is complete, and the inventory itself."""

_BLOCK = 1 << 20

State = Literal["missing", "empty", "shorter", "changed", "no file"]
STATES = {
    "missing": Message("missing"),
    "empty": Message("empty"),
    "shorter": Message("shorter than written"),
    "changed": Message("not as written"),
    "no file": Message("not a file"),
}
"""Words for the states of a damaged file."""


class Entry(NamedTuple):
    """Size in bytes and SHA-256 of a file."""

    size: int
    digest: str


class Damage(NamedTuple):
    """A file of a generation that differs from the inventory, by its path in the generation."""

    name: str
    state: State

    @property
    def is_data(self) -> bool:
        """True if the file contains statements, which only a backup or a build restores."""
        return self.name.startswith(DATA) and _STATEMENTS.fullmatch(self.name) is not None


def write(generation: Path) -> None:
    """Write the inventory of a generation whose files are closed.

    Entries of tables that a former inventory in the folder lists are kept: RocksDB never writes to a table again, so
    damage that happened since remains visible. The file is whole or that of before, so that an interrupted call can be
    repeated.
    """
    former = read(generation) if (generation / FILE).exists() else {}
    entries = {
        name: former[name] if name in former and is_table(name) else _entry(generation / name)
        for name in _names(generation)
    }
    with atomic_stream(generation / FILE) as stream:
        stream.write(json.dumps(entries, indent=0, sort_keys=True).encode() + b"\n")


def read(generation: Path) -> dict[str, Entry]:
    """Return the inventory of a generation.

    Raises:
        StoreError: the inventory cannot be read.
    """
    try:
        return parse(read_plain(generation / FILE))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(
            "{path}: the inventory cannot be read ({error}); run kg store repair",
            path=generation / FILE,
            error=reason(error),
        ) from error


def parse(content: bytes) -> dict[str, Entry]:
    """Return the entries of an inventory.

    Raises:
        ValueError: the content is not an inventory, or TypeError or AttributeError.
    """
    entries = {name: Entry(int(size), str(digest)) for name, (size, digest) in json.loads(content).items()}
    if DATA + "CURRENT" not in entries:
        raise ValueError("it has no statements")
    return entries


def compare(generation: Path, entries: Mapping[str, Entry], *, digests: bool) -> Iterator[Damage]:
    """Yield the files that differ from `entries`: in kind and size, and with `digests` in content."""
    yield from (one for one in pipes(generation) if one.name not in entries)
    for name, entry in entries.items():
        path = generation / name
        if not path.is_file():
            yield Damage(name, "no file" if path.exists() else "missing")
        elif (size := path.stat().st_size) != entry.size:
            yield Damage(name, "empty" if not size else "shorter" if size < entry.size else "changed")
        elif digests and _entry(path) != entry:
            yield Damage(name, "changed")


def pipes(generation: Path) -> Iterator[Damage]:
    """Yield what is not a file in the folders of RocksDB, which waits for ever if it opens a named pipe."""
    for path in (*generation.glob(DATA + "*"), *generation.glob("public/" + DATA + "*")):
        if not path.is_file():
            yield Damage(path.relative_to(generation).as_posix(), "no file")


def check_sizes(generation: Path) -> None:
    """Raise an error if a file is missing or of another size.

    Raises:
        StoreError: the message contains the file and the remedy; damaged statements come first.
    """
    damages = sorted(compare(generation, read(generation), digests=False), key=lambda one: not one.is_data)
    for damage in damages:
        raise StoreError(
            "{path}: the file is damaged ({state}); {remedy}",
            path=generation / damage.name,
            state=STATES[damage.state],
            remedy=RESTORE if damage.is_data else REPAIR,
        )


def is_table(name: str) -> bool:
    """Return whether a name is that of a table with statements."""
    return name.startswith(DATA) and name.endswith(TABLE)


def _names(generation: Path) -> list[str]:
    files = (path for path in generation.rglob("*") if path.is_file() and not is_temporary(path))
    found = (path.relative_to(generation).as_posix() for path in files)
    return sorted(
        name
        for name in found
        if _STATEMENTS.fullmatch(name) or not (DATA in name or name.rpartition("/")[2] in _BESIDE)
    )


def _entry(path: Path) -> Entry:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return Entry(size, digest.hexdigest())
