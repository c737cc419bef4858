"""What is known of CORDIS besides its export: project pages as others copied them, and registers of organisations.

A row of the **pages** is one participant of a project, with the coordinator beside it. Traps: the country is glued to
the name behind three spaces, and "Participation ended" may stand between them; amounts have a decimal comma, or are
"No data"; days are written out; a project number comes as ``688110.0``; `language` is that of the site, not of the
title. There is no PIC, so that an organisation is known by its name and country; the fields of science are glued into
one word and left alone.

A row of a **register** is an organisation by its PIC: typed, or as ``pic,name,country,address`` without a type. Where
nobody says what kind of organisation it is, its name tells (`kg.ingest.readers.organisation_types`), or leaves it open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers.cordis_organisations import organisation
from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.fields import domain
from kg.ingest.readers.organisation_types import kind_of
from kg.ingest.readers.records import Actor, Link, Name, Participation, Record, Source, key

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.ingest.readers.fields import Fields
    from kg.ingest.readers.records import RowLocation

PAGE = ("project id", "project title", "coordinated_by", "participant_no", "participant_name", "start_date", "end_date")
REGISTER = ("orgId", "name", "activityType", "country")
UNTYPED = ("pic", "name", "country", "address")

_STAGES = {"": None, "Project closed": "ended", "Ongoing project": "effective", "Grant agreement signed": "signed"}
_PROJECT = re.compile(r"([0-9]{1,9})(?:\.0)?")
_COUNT = re.compile(r"[0-9]{1,4}")
_GAP = re.compile(r"\s{3,}")
_COUNTRIES = frozenset(COUNTRIES.values())
_ENDED = "Participation ended"
_NO_DATA = "No data"
_PUBLISHER = "Publications Office of the European Union"
_PAGES = Source(
    "cordis-pages", _PUBLISHER, "aggregator", (Name("Project pages of CORDIS, as copied", "en"),), language="en"
)
_BODIES = Source(
    "cordis-organisations", _PUBLISHER, "aggregator", (Name("Organisations in CORDIS", "en"),), language="en"
)


def registered(location: RowLocation, column: str, row: Fields) -> Record:
    """An organisation of a register, whose PIC stands in `column`.

    Raises:
        CellError: something in the row is.
    """
    body = organisation(column, row)
    typed = "of a kind" if row.text("activityType") else "whose kind is told from its name"
    return Record(
        key(column, row.text(column)), location, _BODIES, f"An organisation {typed}, with its country.", (body,)
    )


def page(location: RowLocation, row: Fields) -> Record:
    """A participant of a project, and its coordinator.

    Raises:
        CellError: something in the row is.
    """
    number = row.match("project id", _PROJECT, "a project has a number of up to nine digits").removesuffix(".0")
    place = row.match("participant_no", _COUNT, "a participant has a number in its project")
    leader, _ = _body(row, "coordinated_by", "coordinator_website")
    body, ended = _body(row, "participant_name", "participant_website")
    short = row.text("short title")
    link = Link(
        key("cordis", number),
        "Project",
        "ResearchProject",
        (Name(row.need("project title"), "en"), Name(short or f"CORDIS {number}")),
        (
            _part(leader, "coordinator", _amount(row, "coordinator_eu_contribution")),
            _part(body, "participant", _amount(row, "participant_eu_contribution")),
        ),
        row.among("status", _STAGES),
        row.lasting("start_date", "end_date"),
    )
    left = " It left before the project ended." if ended else ""
    note = f"A participant of a research project beside its coordinator; their kinds are told from their names.{left}"
    return Record(key(number, place), location, _PAGES, note, (leader, body), (link,))


def _body(row: Fields, column: str, website: str) -> tuple[Actor, bool]:
    name, *between = (" ".join(part.split()) for part in _GAP.split(row.raw(column)))
    country = between.pop() if between else ""
    if not name.strip(".") or country not in _COUNTRIES or between not in ([], [_ENDED]):
        raise row.wrong(column, "it must be a name and, behind three spaces, a country", row.text(column))
    actor = Actor(
        key("cordis", "name", country, name),
        kind_of(name),
        (Name(name),),
        region=(Name(country, "en"),),
        domains=domain(row.text(website)),
    )
    return actor, bool(between)


def _part(actor: Actor, role: str, money: Decimal | None) -> Participation:
    return Participation(actor.key, role, money, "EUR" if money is not None else None)


def _amount(row: Fields, column: str) -> Decimal | None:
    return None if row.text(column) == _NO_DATA else row.money(column)
