"""An organisation of CORDIS, by its PIC, as the tables of the export and the registers tell of it.

Traps. `activityType` and `country` may repeat themselves (``PRC;PRC``); without a type the name tells the kind
(`kg.ingest.readers.organisation_types`). A Swiss VAT number ends with MWST, TVA or IVA; what is not two letters and
at least two digits (``NOTAPPLICABLE``) is no VAT number and is left off. `geolocation` is one text,
``latitude,longitude``, of the address, so that the place is one of the organisation; where the only thing known is
the NUTS region, the place lies in it without a point.
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
"""The class for each type of the Commission; what it calls other has no class of its own."""

_PIC = re.compile(r"[0-9]{9}")
_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,4}")
_VAT = re.compile(r"([A-Z]{2}(?=.*[0-9].*[0-9])[0-9A-Z+*]{2,13}?)(?:MWST|TVA|IVA)?")


def organisation(column: str, row: Fields) -> Actor:
    """The organisation whose PIC stands in `column`.

    Raises:
        CellError: something in the row is.
    """
    pic, name = row.match(column, _PIC, "a PIC has nine digits"), row.need("name")
    vat = _VAT.fullmatch(row.text("vatNumber"))
    short, city = row.text("shortName"), row.text("city")
    return Actor(
        key("cordis", pic),
        row.among("activityType", ACTIVITIES) if row.text("activityType") else kind_of(name),
        (Name(name), *((Name(short, preferred=False),) if short and short != name else ())),
        (Identifier("picId", pic), *((Identifier("vatNumber", vat[1]),) if vat else ())),
        row.country("country"),
        (Name(city),) if city else (),
        _seat(pic, name, row),
        domains=domain(row.text("organizationURL")),
    )


def _seat(pic: str, name: str, row: Fields) -> Place | None:
    point, nuts = row.point("geolocation"), row.text("nutsCode") and row.match("nutsCode", _NUTS, "it is such as DE212")
    if point is None and not nuts:
        return None
    latitude, longitude = point or (None, None)
    address = ", ".join(filter(None, (row.text("street"), row.text("city"))))
    within = Place(key("cordis", "nuts", nuts), (Name(nuts),)) if nuts else None
    return Place(key("cordis", pic), (Name(address or name),), latitude, longitude, within)
