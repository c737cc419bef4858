"""A `Table` as text: aligned for people, or CSV, TSV and JSON for programs."""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from wcwidth import wcswidth

from kg.errors import UsageError
from kg.export.cells import delimited, known, plain
from kg.model import Cell, Table
from kg.terms import shorten

_GAP = "  "
_DIGITS = 4
_CONTROL = {"Cc", "Cs", "Zl", "Zp"}
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def render(table: Table, form: str) -> str:
    """`table` in one of the `FORMATS`; ends with a line feed. The notes are not in it.

    ``table``: columns aligned by the width that a terminal gives them, numbers to 4 significant digits, IRIs shortened
    by the known prefixes, characters that could steer the terminal shown as U+FFFD. ``csv`` and ``tsv``: all digits,
    quoted after RFC 4180, formulas made inert (`kg.export.cells.delimited`). ``json``: a list of objects, keys in the
    order of the columns, dates as ISO text. ``jsonl``: one such object a line. ``None`` is nothing, or null.

    Raises:
        UsageError: no such format.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[form](table)


def _aligned(table: Table) -> str:
    rows = [[shown(cell) for cell in row] for row in table.rows]
    heads = [safe(name) for name in table.columns]
    widths = [max(map(_width, column)) for column in zip(heads, *rows, strict=True)]
    right = [_numeric([row[place] for row in table.rows]) for place in range(len(heads))]
    rule = ["-" * width for width in widths]
    return "".join(f"{line}\n" for line in _lines([heads, rule, *rows], widths, right))


def _lines(rows: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    for row in rows:
        cells = zip(row, widths, right, strict=True)
        yield _GAP.join(_padded(text, width, to_right=number) for text, width, number in cells).rstrip()


def _padded(text: str, width: int, *, to_right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if to_right else text + space


def shown(cell: Cell) -> str:
    """A cell for people: numbers to 4 significant digits, IRIs shortened, nothing for ``None``."""
    value = known(cell)
    if isinstance(value, float):
        return _short(value)
    return safe(" ".join(map(shorten, value.split(" "))) if isinstance(value, str) else plain(value))


def _short(number: float) -> str:
    """Four significant digits, but no exponent for large numbers: 0.09243, 1.5, 12346."""
    return f"{number:.0f}" if abs(number) >= 10**_DIGITS else f"{number:.{_DIGITS}g}"


def safe(text: str) -> str:
    """`text` on one line, without what moves the cursor, colours the terminal or turns the direction of writing."""
    return "".join("\ufffd" if unicodedata.category(char) in _CONTROL or char in _TURNS else char for char in text)


def _width(text: str) -> int:
    # -1 stands for a character that a terminal cannot show; then its length is the best guess.
    width = wcswidth(text)
    return len(text) if width < 0 else width


def _numeric(cells: Sequence[Cell]) -> bool:
    told = [cell for cell in cells if cell is not None]
    return bool(told) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in told)


def _json(table: Table) -> str:
    rows = [dict(zip(table.columns, map(_jsonable, row), strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _json_lines(table: Table) -> str:
    rows = (dict(zip(table.columns, map(_jsonable, row), strict=True)) for row in table.rows)
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def _jsonable(cell: Cell) -> str | float | None:
    value = known(cell)
    return value.isoformat() if isinstance(value, date) else value


FORMATS: Mapping[str, Callable[[Table], str]] = MappingProxyType(
    {
        "table": _aligned,
        "csv": lambda table: delimited(table.columns, table.rows, ","),
        "tsv": lambda table: delimited(table.columns, table.rows, "\t"),
        "json": _json,
        "jsonl": _json_lines,
    }
)
"""What `render` knows, by name."""
