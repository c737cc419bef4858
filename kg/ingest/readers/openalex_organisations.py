"""Institutions of OpenAlex: from their own records, or as mentioned by a work or another institution.

Types and classes are those of the Research Organization Registry, also for unknown types. `display_name` has no
language tag; `international` contains the names by language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers.fields import domain
from kg.ingest.readers.records import Actor, Identifier, Name, Place, key
from kg.ingest.readers.ror_organisations import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.fields import Fields

_ID = re.compile(r"https://openalex\.org/I[1-9][0-9]*")
_FORMS = (
    ("ror", "rorId", re.compile(r"https://ror\.org/(0[0-9a-hjkmnp-tv-z]{6}[0-9]{2})")),
    ("grid", "gridId", re.compile(r"(grid\.[0-9]+\.[0-9a-f]+)")),
    ("wikidata", "wikidataId", re.compile(r"https?://www\.wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]*)")),
)
_GEONAMES = re.compile(r"[1-9][0-9]*")
_LANG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_IN_PROVINCES = "CN"


def identity(row: Fields) -> str:
    """Return the ID of an institution without its address: ``I4210136608``."""
    return row.match("id", _ID, "an institution has an ID such as https://openalex.org/I27837315").rpartition("/")[2]


def is_identified(row: Fields) -> bool:
    """Return whether an institution has an ID, a name and a type; the snapshot has some without."""
    return all(row.text(name) for name in ("id", "display_name", "type"))


def mentioned(row: Fields) -> Actor:
    """Return an institution mentioned by a work or another institution: type, name, ROR ID and country.

    Raises:
        CellError: a field is invalid.
    """
    this = identity(row)
    return Actor(
        key("openalex", this),
        row.choice("type", KINDS, KINDS["other"]),
        (Name(row.required("display_name")),),
        (Identifier("openalexId", this), *_identifiers(row)),
        row.country("country_code"),
    )


def described(row: Fields, wholes: tuple[str, ...]) -> Actor:
    """Return the institution of a record, as a part of `wholes`.

    Raises:
        CellError: a field is invalid.
    """
    this, geo = identity(row), row.nested("geo")
    city, province = geo.text("city"), geo.text("region") if geo.text("country_code") == _IN_PROVINCES else ""
    return Actor(
        key("openalex", this),
        row.choice("type", KINDS, KINDS["other"]),
        tuple(_names(row)),
        (Identifier("openalexId", this), *_identifiers(row.nested("ids"))),
        (Name(province, "en"),) if province else row.country("country_code"),
        (Name(city, "en"),) if city else (),
        _seat(geo),
        part_of=wholes,
        domains=domain(row.text("homepage_url")),
    )


def _names(row: Fields) -> Iterator[Name]:
    own = row.required("display_name")
    yield Name(own)
    international = row.nested("international").nested("display_name")
    for lang in international:
        if not _LANG.fullmatch(lang):
            raise row.error("international.display_name", "it must have language tags such as zh or pt-br", lang)
        if international.text(lang):
            yield Name(international.text(lang), lang)
    for text in (*row.texts("display_name_alternatives"), *row.texts("display_name_acronyms")):
        if text != own:
            yield Name(text, preferred=False)


def _identifiers(row: Fields) -> Iterator[Identifier]:
    for name, scheme, form in _FORMS:
        value = row.text(name)
        match = form.fullmatch(value)
        if value and not match:
            raise row.error(name, "the form of the identifier is invalid", value)
        if match:
            yield Identifier(scheme, match[1])


def _seat(geo: Fields) -> Place | None:
    if not geo.text("geonames_city_id"):
        return None
    if not geo.text("city"):
        geo.leave_open("city", "")
        return None
    number = geo.match("geonames_city_id", _GEONAMES, "a GeoNames ID is a number")
    latitude, longitude = geo.point("latitude", "longitude") or (None, None)
    names = (Name(geo.text("city"), "en"),)
    return Place(key("openalex", number), names, latitude, longitude, identifiers=(Identifier("geonamesId", number),))
