"""Organisations of NASA TechPort, from two versions of its API, and the count of those that a list leaves out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers.records import Actor, Name, UnnamedGroup, key

if TYPE_CHECKING:
    from kg.ingest.readers.fields import Fields

NUMBER = re.compile(r"[0-9]{1,9}")
"""Number of a project or an organisation."""

_TYPES = (
    ("GovernmentDepartment", re.compile(r"NASA( .*)?|(Other )?US Government|International Space Agency")),
    (
        "University",
        re.compile(r"Academi[ac]|(Minority Serving|Other) Institution|.* \((ANNH|AANAPISI|HSI|HBCU|NASNTI|PBI|TCU)\)"),
    ),
    ("Firm", re.compile(r"(Other )?Industry|Minority Owned Business|.* \((HUBZones|SDB|VOSB|WOSB)\)")),
    ("ResearchInstitute", re.compile(r"FFRDC UARC")),
    ("OtherOrganisation", re.compile(r"Non Profit Institution")),
)


def organisation(row: Fields) -> Actor:
    """Return an organisation, identified by its number or else by its name."""
    newer = "organizationName" in row
    name = row.required("organizationName" if newer else "name")
    number = row.match("organizationId", NUMBER, "an organisation has a number") if newer else ""
    acronym, city = row.text("acronym"), row.text("city")
    country = row.nested("country").text("name") if newer else row.text("country")
    return Actor(
        key("techport", number) if newer else key("techport", "name", name),
        _kind(row, "organizationType" if newer else "type"),
        (Name(name, "en"), *((Name(acronym, preferred=False),) if acronym and acronym != name else ())),
        region=(Name(country, "en"),) if country else (),
        city=(Name(city, "en"),) if city else (),
    )


def _kind(row: Fields, name: str) -> str:
    stated = " ".join(re.sub(r"[_/-]", " ", row.required(name).replace("U.S.", "US")).split())
    for kind, pattern in _TYPES:
        if pattern.fullmatch(stated):
            return kind
    raise row.error(name, "it must be an organisation type of TechPort, such as Academia", row.text(name))


def unnamed(nulls: int, named: tuple[str, ...]) -> tuple[UnnamedGroup, ...]:
    """Return the count of the organisations if the list has nulls among them."""
    if not nulls:
        return ()
    count = len(named) + nulls
    return (
        UnnamedGroup("organisations", count, "organisations", "atLeast", "party", includes_named=True, members=named),
    )
