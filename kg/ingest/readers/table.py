"""A table of anybody's, read as a mapping says: which columns name actors, links, roles, dates and counts.

The mapping (`kg.ingest.readers.table_mapping`) is YAML, and one of the files that are named;
`kg.ingest.readers.table_rows` makes records of the rows. A key is made of the cells that the mapping calls the key of
a row and of an actor, under that of its source.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.readers import table_mapping, table_rows, yaml_positions
from kg.ingest.readers.input_files import shown
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.spreadsheets import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row


def read(inputs: Inputs) -> Iterator[Row]:
    """The rows of the tables, by the one mapping among the files.

    Raises:
        InputError: there is no mapping or more than one, something is wrong with it, or with a table as a whole.
    """
    maps = [path for path in inputs.paths if path.suffix.lower() in {".yaml", ".yml"}]
    tables = [path for path in inputs.paths if path not in maps]
    if len(maps) != 1 or not tables:
        raise InputError(
            "name one mapping (.yaml) and the tables it is for; kg ingest table --example prints a mapping"
        )
    with inputs.text(maps[0]) as stream:
        told = table_mapping.read(stream.read(yaml_positions.MOST + 1), str(maps[0]))
    columns = table_mapping.columns(told)
    for path in tables:
        names, rows = open_table(inputs, path, told.sheet)
        for column in columns:
            if column.name not in names:
                raise InputError(f"{column.where}: {path} has no column {column.name!r}; it has: {shown(names)}")
        for location, cells in rows:
            yield table_rows.row(told, location, cells)


TABLE = Reader(
    "table",
    "a mapping (.yaml) and the tables that it is for: CSV, TSV, XLSX or Parquet",
    ("those that the mapping names",),
    (1, 10_000_000),
    "the licence that the mapping names",
    "the publisher that the mapping names",
    read,
    files("kg.ingest.readers").joinpath("table.example.yaml").read_text(encoding="utf-8"),
)
