"""Files of records in JSON, or in CSV with commas or semicolons, identified by their fields."""

from __future__ import annotations

import json
import shlex
from itertools import chain, islice
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.readers.input_files import header_of
from kg.ingest.readers.records import RowLocation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs

_JSON = frozenset({".json", ".jsonl"})
_IDS = frozenset({"id", "projectId", "projectID", "orgId", "pic"})
"""Fields that identify a record."""
_MOST_FIELDS = 8
"""Fields of an object that wraps a list of records; a record has more."""
_SUFFIXES = _JSON | {".csv", ".tsv", ".txt"}


def identify(inputs: Inputs, path: Path, tables: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the first of `tables` whose fields are all in `path`; ``None`` if there is none.

    Members of an archive whose suffix is not that of a table are not opened.

    Raises:
        InputError: the file cannot be read.
    """
    if path not in inputs.paths and not _SUFFIXES & set(path.suffixes):
        return None
    fields = set(_fields(inputs, path))
    return next((table for table in tables if set(table) <= fields), None)


def rows(inputs: Inputs, path: Path, required: Sequence[str]) -> Iterator[tuple[RowLocation, object]]:
    """Return the rows of `path`, a table with the `required` fields.

    Raises:
        InputError: the content does not match the suffix or the header.
    """
    if is_json(path):
        return inputs.objects(path)
    return iter(inputs.table(path, required, _delimiter(inputs, path)))


def records(inputs: Inputs, path: Path, *lists: str) -> Iterator[tuple[RowLocation, object]]:
    """Yield the records of a JSON file; those of an API response, which has no id, are in `lists`.

    Raises:
        InputError: the file is not JSON.
    """
    for location, record in inputs.objects(path):
        response = record if isinstance(record, dict) and "id" not in record else {}
        wrapped = [value for name in lists if isinstance(value := response.get(name), list)]
        if wrapped:
            for number, one in enumerate(chain(*wrapped), location.row):
                yield RowLocation(location.file, number), one
        else:
            _check_wrapped(path, record)
            yield location, record


def _check_wrapped(path: Path, record: object) -> None:
    """Check that a record does not contain the records in a list.

    Raises:
        InputError: it does, and the reader does not expect the list.
    """
    if isinstance(record, dict) and len(record) <= _MOST_FIELDS and _IDS.isdisjoint(record):
        lists = {f".{json.dumps(name)}": value for name, value in record.items()}
    else:
        lists = {".[]": record}
    for name, value in lists.items():
        first = value[0] if isinstance(value, list) and value else None
        if isinstance(first, dict) and not _IDS.isdisjoint(first):
            raise InputError(
                "{path}: the records are in an inner list; write them one a line: {run}",
                path=path,
                run=f"jq -c '{name}[]' {shlex.quote(path.name)} > records.jsonl",
            )


def is_json(path: Path) -> bool:
    """Return whether the name is that of a JSON file: ``project.json``, ``ror.jsonl.gz``."""
    return not _JSON.isdisjoint(path.suffixes)


def _fields(inputs: Inputs, path: Path) -> Sequence[str]:
    if not is_json(path):
        return header_of(inputs, path, _delimiter(inputs, path))
    for _, first in islice(inputs.objects(path), 1):
        _check_wrapped(path, first)
        return list(first) if isinstance(first, dict) else []
    return []


def _delimiter(inputs: Inputs, path: Path) -> str:
    return ";" if len(header_of(inputs, path, ";")) > len(header_of(inputs, path)) else ","
