"""An organisation of the Research Organization Registry by its record, of schema 2 or 1.

Kinds. One organisation may be of several types. The first that it has of education, company, facility, government
decides its class; healthcare, nonprofit, archive, other, and funder (which says what it does, not what it is) have no
class here and become other organisations.

Names. What ROR shows goes first, then the labels, of which one in each language is preferred; aliases and acronyms are
other names. The place is that of the first location, and the region of China its province. Web domains are those that
the curators give, else the host of the site. A record of schema 1 is written as one of schema 2 first.
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
"""The class by the type, the types in the order in which they decide; OpenAlex has the same."""

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
    """The ROR ID of a record, or of one end of a relation."""
    return row.match("id", _ID, "a ROR ID is 0, six letters or digits, and two digits").rpartition("/")[2]


def kind(row: Fields) -> str:
    """The local name of the class."""
    types = [one.lower() for one in row.texts("types")]
    if not types or not set(types) <= KINDS.keys():
        raise row.wrong("types", f"it must be one or more of {', '.join(KINDS)}", ", ".join(types))
    return KINDS[min(types, key=_ORDER.__getitem__)]


def actor(ror: str, row: Fields, wholes: tuple[str, ...]) -> Actor:
    """The organisation, a part of `wholes`.

    Raises:
        CellError: something in the record is.
    """
    location = next(iter(row.each("locations")), Fields({}))
    details = location.inner("geonames_details")
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
    found = [(name.texts("types"), name.need("value"), name.text("lang")) for name in row.each("names")]
    if not found:
        raise row.wrong("names", "there is no name; an organisation needs one")
    found.sort(key=lambda name: ("ror_display" not in name[0], "label" not in name[0]))
    return [Name(text, lang, "label" in types or "ror_display" in types) for types, text, lang in found]


def _identifiers(row: Fields) -> Iterator[Identifier]:
    for one in row.each("external_ids"):
        scheme, form = one.among("type", _FORMS)
        for value in dict.fromkeys([*one.texts("preferred"), *one.texts("all")]):
            plain = value.replace(" ", "")
            if not form.fullmatch(plain):
                raise one.wrong("all", "it has not the form of such an identifier", value)
            yield Identifier(scheme, plain)


def _seat(location: Fields, details: Fields) -> Place | None:
    if not location.text("geonames_id"):
        return None
    number = location.match("geonames_id", _GEONAMES, "an ID of GeoNames is a number")
    latitude, longitude = details.point("lat", "lng") or (None, None)
    names = (Name(details.need("name"), "en"),)
    return Place(key("ror", number), names, latitude, longitude, identifiers=(Identifier("geonamesId", number),))


def _domains(row: Fields) -> Iterator[str]:
    sites = [link.text("value") for link in row.each("links") if link.text("type") == "website"]
    for address in row.texts("domains") or sites:
        yield from domain(address)


def is_modern(record: object) -> bool:
    """Whether it is of schema 2."""
    return isinstance(record, dict) and "name" not in record


def modern(record: object) -> Fields:
    """The record as one of schema 2.

    Raises:
        CellError: it is no record.
    """
    row = Fields(record)
    if is_modern(record):
        return row
    named = [
        (row.need("name"), "", "ror_display"),
        *((label.need("label"), label.text("iso639"), "label") for label in row.each("labels")),
    ]
    named += [
        (text, "", one) for field, one in (("aliases", "alias"), ("acronyms", "acronym")) for text in row.texts(field)
    ]
    outer, country = row.inner("external_ids"), row.inner("country").text("country_code")
    new: dict[str, object] = {
        "id": row.text("id"),
        "status": row.text("status"),
        "types": [one.lower() for one in row.texts("types")],
        "names": [{"value": text, "lang": lang, "types": [one]} for text, lang, one in named],
        "links": [{"type": "website", "value": address} for address in row.texts("links")],
        "external_ids": [
            {
                "type": name.lower(),
                "preferred": outer.inner(name).text("preferred"),
                "all": outer.inner(name).texts("all"),
            }
            for name in ("FundRef", "GRID", "ISNI", "Wikidata")
            if name in outer
        ],
        "relationships": [
            {"type": other.text("type").lower(), "id": other.text("id"), "label": other.text("label")}
            for other in row.each("relationships")
        ],
        "locations": [_location(address, country) for address in row.each("addresses")]
        or [_location(Fields({}), country)],
    }
    return Fields(new)


def _location(address: Fields, country: str) -> dict[str, object]:
    city = address.inner("geonames_city")
    details = {
        "name": city.text("city") or address.text("city"),
        "country_code": country,
        "country_subdivision_name": city.inner("geonames_admin1").text("name") or address.text("state"),
        "lat": address.text("lat"),
        "lng": address.text("lng"),
    }
    return {"geonames_id": city.text("id"), "geonames_details": details}
