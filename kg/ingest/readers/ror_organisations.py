"""Organisations of the Research Organization Registry, from records of schema 2 or 1.

Classes. An organisation may have several types. Its first type in the order education, company, facility, government
determines the class. Healthcare, nonprofit, archive, other, funder (a function, not a type of organisation) and
unknown types become `OtherOrganisation`.

Names. The display name comes first, then the labels, of which one in each language is preferred; aliases and acronyms
are alternative names. The place is that of the first location; the region of a Chinese organisation is its province.
Web domains are those in the record, otherwise the host of the website. A record of schema 1 is first converted to
schema 2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers.fields import Fields, domain
from kg.ingest.readers.records import Actor, Identifier, Name, Place, key

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    "education": "University",
    "company": "Firm",
    "facility": "ResearchInstitute",
    "government": "GovernmentDepartment",
    **dict.fromkeys(("healthcare", "nonprofit", "archive", "other", "funder"), "OtherOrganisation"),
}
"""Class by type, the types in order of precedence; OpenAlex uses the same types."""

_ORDER = {name: place for place, name in enumerate(KINDS)}
_ID = re.compile(r"(?:https://ror\.org/)?0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}")
_FORMS = {
    "fundref": ("crossrefFunderId", re.compile(r"[0-9]+")),
    "grid": ("gridId", re.compile(r"grid\.[0-9]+\.[0-9a-f]+")),
    "isni": ("isniId", re.compile(r"[0-9]{15}[0-9X]")),
    "wikidata": ("wikidataId", re.compile(r"Q[1-9][0-9]*")),
}
_GEONAMES = re.compile(r"[1-9][0-9]*")
_IN_PROVINCES = "CN"


def ror_id(row: Fields) -> str:
    """Return the ROR ID of a record or of the other end of a relation."""
    return row.match("id", _ID, "a ROR ID is 0, six letters or digits, and two digits").rpartition("/")[2]


def kind(row: Fields) -> str:
    """Return the local name of the class of a record."""
    types = [one.lower() for one in row.texts("types")] or [""]
    for unknown in (one for one in types if one not in KINDS):
        row.leave_open("types", unknown)
    return KINDS[min((one for one in types if one in KINDS), key=_ORDER.__getitem__, default="other")]


def actor(ror: str, row: Fields, wholes: tuple[str, ...]) -> Actor:
    """Return the organisation of a record, as a part of `wholes`.

    Raises:
        CellError: a field is invalid.
    """
    location = next(iter(row.objects("locations")), Fields({}))
    details = location.nested("geonames_details")
    city = details.text("name")
    province = details.text("country_subdivision_name") if details.text("country_code") == _IN_PROVINCES else ""
    return Actor(
        key("ror", ror),
        kind(row),
        tuple(_names(row)),
        (Identifier("rorId", ror), *_identifiers(row)),
        (Name(province, "en"),) if province else details.country("country_code"),
        (Name(city, "en"),) if city else (),
        _seat(location, details),
        part_of=wholes,
        domains=tuple(dict.fromkeys(_domains(row))),
    )


def _names(row: Fields) -> list[Name]:
    stated = row.objects("names")
    names = [(one.texts("types"), one.text("value"), one.text("lang")) for one in stated if one.text("value")]
    if len(names) < len(stated):
        row.leave_open("names.value", "")
    if not names:
        raise row.error("names", "an organisation requires a name; add one")
    names.sort(key=lambda name: ("ror_display" not in name[0], "label" not in name[0]))
    return [Name(text, lang, "label" in types or "ror_display" in types) for types, text, lang in names]


def _identifiers(row: Fields) -> Iterator[Identifier]:
    for one in row.objects("external_ids"):
        known = one.choice("type", _FORMS, None)
        if known is None:
            continue
        scheme, form = known
        for value in dict.fromkeys([*one.texts("preferred"), *one.texts("all")]):
            plain = value.replace(" ", "")
            if not form.fullmatch(plain):
                raise one.error("all", "the form of the identifier is invalid", value)
            yield Identifier(scheme, plain)


def _seat(location: Fields, details: Fields) -> Place | None:
    if not location.text("geonames_id"):
        return None
    if not details.text("name"):
        details.leave_open("name", "")
        return None
    number = location.match("geonames_id", _GEONAMES, "a GeoNames ID is a number")
    latitude, longitude = details.point("lat", "lng") or (None, None)
    names = (Name(details.text("name"), "en"),)
    return Place(key("ror", number), names, latitude, longitude, identifiers=(Identifier("geonamesId", number),))


def _domains(row: Fields) -> Iterator[str]:
    sites = [link.text("value") for link in row.objects("links") if link.text("type") == "website"]
    for address in row.texts("domains") or sites:
        yield from domain(address)


def is_modern(record: object) -> bool:
    """Return whether a record has schema 2."""
    return isinstance(record, dict) and "name" not in record


def modern(record: object) -> Fields:
    """Return a record converted to schema 2.

    Raises:
        CellError: it is not a record.
    """
    row = Fields(record)
    if is_modern(record):
        return row
    named = [
        (row.required("name"), "", "ror_display"),
        *((label.required("label"), label.text("iso639"), "label") for label in row.objects("labels")),
    ]
    named += [
        (text, "", one) for field, one in (("aliases", "alias"), ("acronyms", "acronym")) for text in row.texts(field)
    ]
    outer, country = row.nested("external_ids"), row.nested("country").text("country_code")
    new: dict[str, object] = {
        "id": row.text("id"),
        "status": row.text("status"),
        "types": [one.lower() for one in row.texts("types")],
        "names": [{"value": text, "lang": lang, "types": [one]} for text, lang, one in named],
        "links": [{"type": "website", "value": address} for address in row.texts("links")],
        "external_ids": [
            {
                "type": name.lower(),
                "preferred": outer.nested(name).text("preferred"),
                "all": outer.nested(name).texts("all"),
            }
            for name in ("FundRef", "GRID", "ISNI", "Wikidata")
            if name in outer
        ],
        "relationships": [
            {"type": other.text("type").lower(), "id": other.text("id"), "label": other.text("label")}
            for other in row.objects("relationships")
        ],
        "locations": [_location(address, country) for address in row.objects("addresses")]
        or [_location(Fields({}), country)],
    }
    return Fields(new, left_open=row.left_open)


def _location(address: Fields, country: str) -> dict[str, object]:
    city = address.nested("geonames_city")
    details = {
        "name": city.text("city") or address.text("city"),
        "country_code": country,
        "country_subdivision_name": city.nested("geonames_admin1").text("name") or address.text("state"),
        "lat": address.text("lat"),
        "lng": address.text("lng"),
    }
    return {"geonames_id": city.text("id"), "geonames_details": details}
