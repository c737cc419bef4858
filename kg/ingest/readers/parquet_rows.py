"""Rows of a Parquet file; only the wanted columns are read."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import InputError
from kg.ingest.readers.cells import Fault, Listed, clean, folded
from kg.ingest.readers.input_files import MAX_LINE
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from kg.ingest.readers.input_files import Inputs

MAX_BYTES = 1 << 29
"""Bytes of a row group."""

_MANY, _FEW = 4096, 64
"""Rows of a batch; few if a cell may contain a list, whose texts are copied."""


def read(inputs: Inputs, path: Path, wanted: Sequence[str] | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the column names as row 0, and the rows from 1; cells of columns that are not wanted are empty.

    Raises:
        InputError: the file is damaged, or a row group is too large.
    """
    with inputs.binary(path) as stream:
        try:
            seekable: BinaryIO = (
                stream if path in inputs.paths and path.suffix == ".parquet" else io.BytesIO(stream.read())
            )
            file = _opened(seekable)
            is_nested = any(pa.types.is_nested(field.type) for field in file.schema_arrow)
            names = tuple(file.schema_arrow.names)
            groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
            if any(group.total_byte_size > MAX_BYTES for group in groups):
                raise InputError(
                    "{path}: a row group has more than {MAX_BYTES} bytes; write smaller row groups",
                    path=path,
                    MAX_BYTES=MAX_BYTES,
                )
            yield 0, names
            texts = set(map(folded, wanted)) if wanted is not None else set(map(folded, names))
            used = [name for name in names if folded(name) in texts]
            if repeated := next((name for name in used if used.count(name) > 1), None):
                raise InputError("{path}: two columns are named {name}; rename one", path=path, name=repeated)
            number = 0
            for batch in file.iter_batches(_FEW if is_nested else _MANY, columns=used):
                columns = {name: _texts(batch.column(name)) for name in used if name in batch.schema.names}
                if any(columns.values()):
                    rows = zip(*(columns.get(name) or repeat("", batch.num_rows) for name in names), strict=True)
                    yield from enumerate(rows, number + 1)
                number += batch.num_rows
        except (pa.ArrowException, OSError, ValueError, LookupError, MemoryError) as error:
            raise InputError(
                "{path}: the Parquet file cannot be read ({error}); export it again", path=path, error=error
            ) from error


def _opened(stream: BinaryIO) -> pq.ParquetFile:
    """Return the file; a text that is stored once and used in many rows is not copied for each row."""
    repeated = {field.name for field in pq.read_schema(stream) if pa.types.is_string(_plain_type(field.type))}
    leaves = pq.ParquetFile(stream).schema
    paths = [leaves.column(number).path for number in range(len(leaves))]
    starts = tuple(f"{name}." for name in repeated)
    return pq.ParquetFile(stream, read_dictionary=[one for one in paths if one in repeated or one.startswith(starts)])


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the type of the values of a dictionary, or of the parts of a list."""
    return kind.value_type if pa.types.is_dictionary(kind) or pa.types.is_list(kind) else kind


def _texts(column: pa.Array) -> list[str]:
    """Return the cells of a column; empty if none has a value."""
    if column.null_count == len(column):
        return []
    if pa.types.is_dictionary(column.type):
        distinct = [_text(scalar) for scalar in column.dictionary]
        return ["" if place is None else distinct[place] for place in column.indices.to_pylist()]
    return [_text(scalar) for scalar in column]


def _text(scalar: pa.Scalar) -> str:
    """Return a cell as people would type it: dates without a midnight time, integers without a fraction."""
    try:
        return _shown(scalar.as_py())
    except (ValueError, OverflowError, pa.ArrowException) as error:
        return Fault(
            str(scalar.type), Message("the value cannot be read ({error}); convert the column to text", error=error)
        )


def _shown(cell: object) -> str:
    match cell:
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case None | bool() | str() | int() | float() | Decimal():
            text = _plain(cell)
            return (
                text
                if len(text) <= MAX_LINE
                else Fault(text[:20], Message("more than {max_line} characters; shorten it", max_line=MAX_LINE))
            )
        case list() if sum(len(part) for part in cell if isinstance(part, str)) > MAX_LINE:
            return Fault("list", Message("more than {max_line} characters; shorten it", max_line=MAX_LINE))
        case list() if all(isinstance(part, str) for part in cell if part is not None):
            return Listed([text for part in cell if part and (text := clean(part))])
    return Fault(type(cell).__name__, "it is not a text, a number or a date; convert the column to text")


def _plain(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 - a missing number is not equal to itself
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    is_whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15
    return str(int(cell)) if is_whole and isinstance(cell, float) else clean(str(cell))
