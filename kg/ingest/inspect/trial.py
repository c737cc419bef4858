"""A trial of a mapping on its tables, without writing anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ingest.inspect.budget import Budget
from kg.ingest.readers import table_rows
from kg.ingest.readers.records import Record, Refused, Skipped
from kg.ingest.readers.table import rows

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Actor
    from kg.ingest.readers.table_mapping import TableMapping
    from kg.texts import Text

_SHOWN = 5


@dataclass(slots=True)
class RefusedRows:
    """Rows that are refused for one reason: their number, and the first of them with their values."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trial:
    """Results of a trial.

    Attributes:
        used, refused: numbers of rows.
        skipped: numbers of rows by rule.
        reasons: refused rows by column and reason.
        unnamed: numbers of counted groups by their bound, such as (5, "exact").
        actors: described actors by key.
        is_partial: whether rows remain that were not read, because the table is too large.
    """

    used: int
    refused: int
    skipped: Counter[str]
    reasons: dict[tuple[str, Text], RefusedRows]
    unnamed: list[tuple[int, str]]
    actors: dict[str, Actor]
    is_partial: bool = False


def trial(inputs: Inputs, path: Path, mapping: TableMapping) -> Trial:
    """Read the table with the mapping and return the results.

    Raises:
        InputError: the table is invalid, or a column is missing.
    """
    result = Trial(0, 0, Counter(), {}, [], {})
    used = refused = 0
    budget, is_partial = Budget(), False
    for location, cells in rows(inputs, path, mapping):
        is_partial = not budget.allows(cells.values())
        if is_partial:
            break
        row = table_rows.row(mapping, location, cells)
        match row:
            case Record():
                used += 1
                result.actors.update((actor.key, actor) for actor in row.actors)
                result.unnamed.extend((group.count, group.kind) for link in row.links for group in link.groups)
            case Skipped():
                result.skipped[row.rule] += 1
            case Refused():
                refused += 1
                same = result.reasons.setdefault((row.location.column or "", row.reason), RefusedRows())
                same.count += 1
                if same.count <= _SHOWN:
                    same.rows.append(row.location.row)
                    same.values.append(row.value)
    return Trial(used, refused, result.skipped, result.reasons, result.unnamed, result.actors, is_partial)
