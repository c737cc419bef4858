"""Any table, read with a mapping that assigns its columns to actors, links, roles, dates and counts.

The mapping (`kg.ingest.readers.table_mapping`) is a YAML file among the arguments. `kg.ingest.readers.table_rows` turns
rows into records. Keys are made from the cells that the mapping declares as the key of a row or of an actor, and are
prefixed with the key of the source.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.readers import table_mapping, table_rows, yaml_positions
from kg.ingest.readers.input_files import listed
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.spreadsheets import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row


def read(inputs: Inputs) -> Iterator[Row]:
    """Yield the rows of the tables, read with the mapping among the files.

    Raises:
        InputError: the mapping is missing or repeated, or the mapping or a whole table is invalid.
    """
    mappings = [path for path in inputs.paths if path.suffix.lower() in {".yaml", ".yml"}]
    tables = [path for path in inputs.paths if path not in mappings]
    if len(mappings) != 1 or not tables:
        raise InputError("pass one mapping (.yaml) and its tables; kg ingest table --example prints a mapping")
    with inputs.text(mappings[0]) as stream:
        mapping = table_mapping.read(stream.read(yaml_positions.MAX_LENGTH + 1), str(mappings[0]))
    columns = table_mapping.columns(mapping)
    for path in tables:
        names, rows = open_table(inputs, path, mapping.sheet)
        for column in columns:
            if column.name not in names:
                raise InputError(
                    f"{column.position}: {path} has no column {column.name!r}; its columns are: {listed(names)}"
                )
        for location, cells in rows:
            yield table_rows.row(mapping, location, cells)


TABLE = Reader(
    "table",
    "a mapping (.yaml) and its tables: CSV, TSV, XLSX or Parquet",
    ("the columns in the mapping",),
    (1, 10_000_000),
    "the licence in the mapping",
    "the publisher in the mapping",
    read,
    files("kg.ingest.readers").joinpath("table.example.yaml").read_text(encoding="utf-8"),
)
