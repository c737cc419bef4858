"""Seats of a table: places with coordinates that several rows share."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.samples import refused, rows, used

from kg.errors import InputError
from kg.ingest.readers.records import Identifier, Name, Place
from kg.ingest.readers.table import TABLE

if TYPE_CHECKING:
    from pathlib import Path

SEAT = "{key: place, names: {en: city}, geonames: number, latitude: north, longitude: east}"


def files(folder: Path, row: str, seat: str = SEAT) -> list[Path]:
    (folder / "list.yaml").write_text(
        "source: {key: list, publisher: A, quality: official, licence: CC0-1.0, language: en}\nrow: {key: key}\n"
        f"actors: {{body: {{key: key, names: {{en: name}}, kind: Firm, seat: {seat}}}}}\n",
        encoding="utf-8",
    )
    (folder / "list.csv").write_text(f"key,name,place,city,number,north,east\n1,Alpha,{row}\n", encoding="utf-8")
    return [folder / "list.yaml", folder / "list.csv"]


def seat(folder: Path, row: str) -> Place | None:
    return used(rows(TABLE, *files(folder, row)))[0].actors[0].seat


def test_a_seat_has_name_number_and_coordinates(tmp_path: Path) -> None:
    assert seat(tmp_path, "delft,Delft,2757345,52.00667,4.35556") == Place(
        "delft",
        (Name("Delft", "en"),),
        Decimal("52.00667"),
        Decimal("4.35556"),
        None,
        (Identifier("geonamesId", "2757345"),),
    )


def test_a_place_without_coordinates_is_a_seat_and_an_empty_key_is_none(tmp_path: Path) -> None:
    assert seat(tmp_path, "delft,Delft,,,") == Place("delft", (Name("Delft", "en"),))
    assert seat(tmp_path, ",Delft,,,") is None


def test_a_seat_is_within_the_place_around_it(tmp_path: Path) -> None:
    within = "{key: place, names: {en: city}, within: {key: number, names: {en: north}}}"
    found = used(rows(TABLE, *files(tmp_path, "delft,Delft,nl,Netherlands,", within)))[0].actors[0].seat
    assert found is not None
    assert found.within == Place("nl", (Name("Netherlands", "en"),))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("delft,,,,", "city"),
        ("delft,Delft,no,,", "number"),
        ("delft,Delft,,52.1,", "east"),
        ("delft,Delft,,152.1,4.3", "north"),
        ("delft,Delft,,x,4.3", "north"),
    ],
)
def test_a_seat_with_a_fault_is_refused(row: str, column: str, tmp_path: Path) -> None:
    assert [fault[1] for fault in refused(rows(TABLE, *files(tmp_path, row)))] == [column]


def test_a_latitude_without_a_longitude_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give latitude and longitude, or neither"):
        rows(TABLE, *files(tmp_path, "delft,Delft,,,", "{key: place, names: {en: city}, latitude: north}"))
