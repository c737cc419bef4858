"""Organisations of CORDIS by PIC, from the tables of the export and from registers.

Caveats. `activityType` and `country` may repeat their value (``PRC;PRC``). Without a type, the class is derived from
the name (`kg.ingest.readers.organisation_types`); with an unknown type, it is `OtherOrganisation`. A Swiss VAT number
ends with MWST, TVA or IVA. A text without two letters and at least two digits (``NOTAPPLICABLE``) is not a VAT number
and is ignored. `geolocation` is a single text, ``latitude,longitude``, of the address, so the place belongs to the
organisation. If only the NUTS region is known, the place is in that region and has no coordinates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers.fields import domain
from kg.ingest.readers.organisation_types import kind_of
from kg.ingest.readers.records import Actor, Identifier, Name, Place, key

if TYPE_CHECKING:
    from kg.ingest.readers.fields import Fields

ACTIVITIES = {
    "HES": "University",
    "PRC": "Firm",
    "REC": "ResearchInstitute",
    "PUB": "GovernmentDepartment",
    "OTH": "OtherOrganisation",
}
"""Class for each type of the Commission; the type OTH has no class of its own."""

_PIC = re.compile(r"[0-9]{9}")
_ADDRESSES = {"contactForm": re.compile(r"https?://.*/project/([0-9]{9})/[0-9]{1,9}")}
_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,4}")
_VAT = re.compile(r"([A-Z]{2}(?=.*[0-9].*[0-9])[0-9A-Z+*]{2,13}?)(?:MWST|TVA|IVA)?")


def organisation(column: str, row: Fields) -> Actor:
    """Return the organisation of a row, whose PIC is in `column`.

    Raises:
        CellError: a field is invalid.
    """
    pic, name = (
        row.identifier(column, _PIC, "a PIC has nine digits", _ADDRESSES),
        row.text("name") or row.text("shortName") or row.required("name"),
    )
    vat = _VAT.fullmatch(row.text("vatNumber"))
    short, city = row.text("shortName"), row.text("city")
    return Actor(
        key("cordis", pic),
        row.choice("activityType", ACTIVITIES, "OtherOrganisation") if row.text("activityType") else kind_of(name),
        (Name(name), *((Name(short, preferred=False),) if short and short != name else ())),
        (Identifier("picId", pic), *((Identifier("vatNumber", vat[1]),) if vat else ())),
        row.country("country"),
        (Name(city),) if city else (),
        _seat(pic, name, row),
        domains=domain(row.text("organizationURL")),
    )


def _seat(pic: str, name: str, row: Fields) -> Place | None:
    point, nuts = (
        row.point("geolocation"),
        row.text("nutsCode") and row.match("nutsCode", _NUTS, "a NUTS code has the form DE212"),
    )
    if point is None and not nuts:
        return None
    latitude, longitude = point or (None, None)
    address = ", ".join(filter(None, (row.text("street"), row.text("city"))))
    within = Place(key("cordis", "nuts", nuts), (Name(nuts),)) if nuts else None
    return Place(key("cordis", pic), (Name(address or name),), latitude, longitude, within)
