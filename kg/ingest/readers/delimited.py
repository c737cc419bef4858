"""Tables that come as CSV with a comma or a semicolon, or as JSON: which one a file holds is told by its fields."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from kg.ingest.readers.input_files import header_of
from kg.ingest.readers.records import RowLocation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs

_JSON = frozenset({".json", ".jsonl"})
_READ = _JSON | {".csv", ".tsv", ".txt"}


def which(inputs: Inputs, path: Path, tables: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The first of `tables` all of whose fields `path` has; none, too, for a member of an archive that is no table.

    Raises:
        InputError: it cannot be read.
    """
    if path not in inputs.paths and not _READ & set(path.suffixes):
        return None
    fields = _fields(inputs, path)
    return next((table for table in tables if set(table) <= set(fields)), None)


def rows(inputs: Inputs, path: Path, needs: Sequence[str]) -> Iterator[tuple[RowLocation, object]]:
    """The rows of `path`, a table that has the fields it `needs`.

    Raises:
        InputError: it is not what its name or its first line says.
    """
    if is_json(path):
        return inputs.objects(path)
    return iter(inputs.table(path, needs, _delimiter(inputs, path)))


def records(inputs: Inputs, path: Path, *wrapped: str) -> Iterator[tuple[RowLocation, object]]:
    """The records of a JSON file; the answer of a server, which has no id, holds them in lists called `wrapped`.

    Raises:
        InputError: it is no JSON.
    """
    for location, record in inputs.objects(path):
        answer = record if isinstance(record, dict) and "id" not in record else {}
        lists = [inner for name in wrapped if isinstance(inner := answer.get(name), list)]
        if lists:
            yield from (
                (RowLocation(location.file, number), one) for number, one in enumerate(chain(*lists), location.row)
            )
        else:
            yield location, record


def is_json(path: Path) -> bool:
    """Whether the name says so: ``project.json``, ``ror.jsonl.gz``."""
    return not _JSON.isdisjoint(path.suffixes)


def _fields(inputs: Inputs, path: Path) -> Sequence[str]:
    if not is_json(path):
        return header_of(inputs, path, _delimiter(inputs, path))
    return [name for _, first in islice(inputs.objects(path), 1) if isinstance(first, dict) for name in first]


def _delimiter(inputs: Inputs, path: Path) -> str:
    return ";" if len(header_of(inputs, path, ";")) > len(header_of(inputs, path)) else ","
