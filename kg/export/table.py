"""A `Table` as text: aligned for people, or CSV, TSV and JSON for programs."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from kg import names
from kg.export.cells import delimited
from kg.model import Cell, Table
from kg.model.display import aligned, known
from kg.texts import Message


def render(table: Table, form: str, *, spreadsheet: bool = False) -> str:
    """Return `table` in one of the `FORMATS`, without its notes; the text ends with a line feed.

    ``table``: aligned columns for people (`kg.model.display.aligned`). ``csv`` and ``tsv``: all digits, quoting of RFC
    4180, and with `spreadsheet` a BOM and inert formulas (`kg.export.cells.delimited`). ``json``: a list of objects,
    keys in the order of the columns, dates as ISO text. ``jsonl``: one such object a line. ``None`` is empty, or null.

    Raises:
        UsageError: the format does not exist.
    """
    if form not in FORMATS:
        raise names.unknown(Message("format"), form, FORMATS)
    return FORMATS[form](table, spreadsheet)


def _json(table: Table, _: bool) -> str:  # noqa: FBT001 - the signature of all formats
    rows = [dict(zip(table.columns, map(_jsonable, row), strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _json_lines(table: Table, _: bool) -> str:  # noqa: FBT001 - the signature of all formats
    rows = (dict(zip(table.columns, map(_jsonable, row), strict=True)) for row in table.rows)
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def _jsonable(cell: Cell) -> str | float | None:
    value = known(cell)
    return value.isoformat() if isinstance(value, date) else value


FORMATS: Mapping[str, Callable[[Table, bool], str]] = MappingProxyType(
    {
        "table": lambda table, _: aligned(table.columns, table.rows),
        "csv": lambda table, spreadsheet: delimited(table.columns, table.rows, ",", spreadsheet=spreadsheet),
        "tsv": lambda table, spreadsheet: delimited(table.columns, table.rows, "\t", spreadsheet=spreadsheet),
        "json": _json,
        "jsonl": _json_lines,
    }
)
"""The formats of `render`, by name."""
