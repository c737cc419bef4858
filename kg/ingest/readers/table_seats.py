"""Places of seats in the cells of a row, by a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers import identifiers
from kg.ingest.readers.fields import CellError, Fields
from kg.ingest.readers.records import Identifier, Name, Place, key
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from kg.ingest.readers.table_mapping import Column, SeatMapping

_REGISTRY = "geonamesId"


def place_of(mapping: SeatMapping, cells: Mapping[Column, str]) -> Place | None:
    """Return the place in the cells that are not empty; none without its key.

    Raises:
        CellError: the place has no name, or a key, a number or a coordinate is malformed.
    """
    if mapping.key not in cells:
        return None
    try:
        place = key(cells[mapping.key])
    except ValueError as error:
        raise CellError(
            mapping.key.name,
            Message("no key can be made from it ({error}); change the value", error=error),
            cells[mapping.key],
        ) from error
    names = tuple(Name(cells[column], lang) for lang, column in mapping.names if column in cells)
    if not names:
        raise CellError(mapping.names[0][1].name, "the place has no name; give one in at least one language")
    within = place_of(mapping.within, cells) if mapping.within else None
    return Place(place, names, *_point(mapping, cells), within, _numbers(mapping.geonames, cells))


def _numbers(column: Column | None, cells: Mapping[Column, str]) -> tuple[Identifier, ...]:
    if column is None or column not in cells:
        return ()
    if fault := identifiers.fault(_REGISTRY, cells[column]):
        raise CellError(column.name, fault, cells[column])
    return (Identifier(_REGISTRY, cells[column]),)


def _point(mapping: SeatMapping, cells: Mapping[Column, str]) -> tuple[Decimal | None, Decimal | None]:
    """Return latitude and longitude, or neither.

    Raises:
        CellError: one of the two is empty, malformed or out of range.
    """
    given = [column for column in (mapping.latitude, mapping.longitude) if column is not None]
    missing = [column for column in given if column not in cells]
    if len(missing) == len(given):
        return None, None
    if missing:
        raise CellError(missing[0].name, "give latitude and longitude, or neither")
    names = [column.name for column in given]
    fields = Fields({column.name: cells[column] for column in given})
    point = fields.point(*names)
    if point is None:
        raise CellError(names[0], "it must be a latitude and a longitude, such as 52.1,4.3", cells[given[0]])
    return point
