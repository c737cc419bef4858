"""Files of a dump in a folder, as its publisher lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.files import check_regular
from kg.texts import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SUFFIXES = {
    "cordis": (".json", ".csv", ".zip"),
    "openaire": (".json", ".jsonl", ".gz"),
    "openalex": (".gz", ".jsonl"),
    "ror": (".json", ".zip"),
    "techport": (".json",),
}
"""Suffixes of the files in a dump, by reader; manifests, checksums and descriptions have others."""


def files(reader: str, paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of `paths`, and those below folders in the order of their names.

    Raises:
        InputError: a path or a file in a folder cannot be read, or a folder has no file of the reader or two files of
            the same name.
    """
    return tuple(file for path in paths for file in _below(reader, path))


def _below(reader: str, path: Path) -> Iterator[Path]:
    suffixes = _SUFFIXES.get(reader)
    if suffixes is None or not path.is_dir():
        check_regular(path)
        yield path
        return
    seen: dict[Path, Path] = {}
    for file in sorted(one for one in path.rglob("*") if one.suffix in suffixes and not one.is_dir()):
        check_regular(file)
        first = seen.setdefault(_without_suffixes(file, suffixes), file)
        if first != file:
            raise InputError(
                "{path}: {first} and {second} seem to have the same rows; name the files instead of the folder",
                path=path,
                first=first.relative_to(path),
                second=file.relative_to(path),
            )
        yield file
    if not seen:
        raise InputError(
            "{path}: the folder has no file for {reader}; name a file, or a folder with {suffixes}",
            path=path,
            reader=reader,
            suffixes=alternatives(suffixes),
        )


def _without_suffixes(file: Path, suffixes: Sequence[str]) -> Path:
    while file.suffix in suffixes:
        file = file.with_suffix("")
    return file
