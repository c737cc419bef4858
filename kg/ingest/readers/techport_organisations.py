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


def is_named(row: Fields) -> bool:
    """Return whether an organisation has a name; one without is left open."""
    name = "organizationName" if "organizationName" in row else "name"
    if not row.text(name).strip("."):
        row.leave_open(name, row.text(name))
        return False
    return True


def organisation(row: Fields) -> Actor:
    """Return an organisation, identified by its number or else by its name."""
    newer = "organizationName" in row
    name = row.required("organizationName" if newer else "name")
    has_number = newer and bool(row.text("organizationId"))
    number = row.match("organizationId", NUMBER, "an organisation has a number") if has_number else ""
    acronym, city = row.text("acronym"), row.text("city")
    country = row.nested("country").text("name") if newer else row.text("country")
    return Actor(
        key("techport", number) if number else key("techport", "name", name),
        _kind(row, "organizationType" if newer else "type"),
        (Name(name, "en"), *((Name(acronym, preferred=False),) if acronym and acronym != name else ())),
        region=(Name(country, "en"),) if country else (),
        city=(Name(city, "en"),) if city else (),
    )


def _kind(row: Fields, name: str) -> str:
    stated = " ".join(re.sub(r"[_/-]", " ", row.text(name).replace("U.S.", "US")).split())
    for kind, pattern in _TYPES:
        if pattern.fullmatch(stated):
            return kind
    row.leave_open(name, row.text(name))
    return "OtherOrganisation"


def unnamed(nameless: int, named: tuple[str, ...]) -> tuple[UnnamedGroup, ...]:
    """Return the count of the organisations if the lists have nulls or organisations without a name."""
    if not nameless:
        return ()
    count = len(named) + nameless
    return (
        UnnamedGroup("organisations", count, "organisations", "atLeast", "party", includes_named=True, members=named),
    )
