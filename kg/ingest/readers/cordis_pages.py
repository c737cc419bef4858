"""Data from CORDIS outside its export: copies of project pages, and registers of organisations.

A row of the **pages** is one participant of a project together with the coordinator. Caveats: the country follows the
name after three spaces, possibly with "Participation ended" between them. Amounts have a decimal comma or are
"No data". Dates are written out. A project number may be ``688110.0``. `language` is that of the site, not of the
title. The PIC is missing, so an organisation is identified by its name and country. The fields of science are
concatenated without separators and are ignored.

A row of a **register** is an organisation by PIC, with a type or as ``pic,name,country,address`` without one. Without a
type, the class is derived from the name (`kg.ingest.readers.organisation_types`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers.cordis_organisations import organisation
from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.fields import domain
from kg.ingest.readers.organisation_types import kind_of
from kg.ingest.readers.records import Actor, Link, Name, Participation, Record, Source, key
from kg.texts import Message

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.ingest.readers.fields import Fields
    from kg.ingest.readers.records import RowLocation

PAGE = ("project id", "project title", "coordinated_by", "participant_no", "participant_name", "start_date", "end_date")
REGISTER = ("orgId", "name", "activityType", "country")
UNTYPED = ("pic", "name", "country", "address")

_STAGES = {"": None, "Project closed": "ended", "Ongoing project": "effective", "Grant agreement signed": "signed"}
_PROJECT = re.compile(r"([0-9]{1,9})(?:\.0)?")
_ADDRESSES = {
    "url": re.compile(r"https?://cordis\.europa\.eu/project/(?:id|rcn)/([0-9]{1,9})(?:[/?#].*)?"),
    "doi": re.compile(r"(?:https?://doi\.org/)?10\.3030/([0-9]{1,9})"),
}
_COUNT = re.compile(r"[0-9]{1,4}")
_GAP = re.compile(r"\s{3,}")
_COUNTRIES = frozenset(COUNTRIES.values())
_ENDED = "Participation ended"
_NO_DATA = "No data"
_PUBLISHER = "Publications Office of the European Union"
_PAGES = Source(
    "cordis-pages", _PUBLISHER, "aggregator", (Name("Project pages of CORDIS, as copied", "en"),), language="en"
)
_REGISTERS = Source(
    "cordis-organisations", _PUBLISHER, "aggregator", (Name("Organisations in CORDIS", "en"),), language="en"
)


def registered(location: RowLocation, column: str, row: Fields) -> Record:
    """Return an organisation of a register, whose PIC is in `column`.

    Raises:
        CellError: a field is invalid.
    """
    actor = organisation(column, row)
    note = Message("An organisation classified by its name, and its country.")
    if row.text("activityType"):
        note = Message("An organisation with its type, and its country.")
    pic, open_values = actor.key.rpartition("/")[2], tuple(row.left_open)
    return Record(key(column, pic), location, _REGISTERS, note, (actor,), left_open=open_values)


def page(location: RowLocation, row: Fields) -> Record:
    """Return the participation of an organisation in a project, and that of the coordinator.

    Raises:
        CellError: a field is invalid.
    """
    number = row.identifier("project id", _PROJECT, "a project number has up to nine digits", _ADDRESSES)
    number = number.removesuffix(".0")
    place = row.match("participant_no", _COUNT, "a participant number has up to four digits")
    coordinator, _ = _organisation(row, "coordinated_by", "coordinator_website")
    participant, ended = _organisation(row, "participant_name", "participant_website")
    title, short = row.text("project title"), row.text("short title")
    link = Link(
        key("cordis", number),
        "Project",
        "ResearchProject",
        (*((Name(title, "en"),) if title else ()), Name(short or f"CORDIS {number}")),
        (
            _participation(coordinator, "coordinator", _amount(row, "coordinator_eu_contribution")),
            _participation(participant, "participant", _amount(row, "participant_eu_contribution")),
        ),
        row.choice("status", _STAGES, None),
        row.period("start_date", "end_date"),
    )
    note = Message("A participant of a research project and its coordinator, classified by their names.")
    if ended:
        note = Message(
            "A participant of a research project and its coordinator, classified by their names. It left "
            "before the project ended."
        )
    actors, open_values = (coordinator, participant), tuple(row.left_open)
    return Record(key(number, place), location, _PAGES, note, actors, (link,), left_open=open_values)


def _organisation(row: Fields, column: str, website: str) -> tuple[Actor, bool]:
    name, *between = (" ".join(part.split()) for part in _GAP.split(row.raw(column)))
    country = between.pop() if between else ""
    if not name.strip(".") or not country or between not in ([], [_ENDED]):
        raise row.error(column, "it must be a name, three spaces and a country", row.text(column))
    is_known = country in _COUNTRIES and country != _ENDED
    if not is_known:
        row.leave_open(column, country)
    actor = Actor(
        key("cordis", "name", country.strip(".") or "unknown", name),
        kind_of(name),
        (Name(name),),
        region=(Name(country, "en"),) if is_known else (),
        domains=domain(row.text(website)),
    )
    return actor, bool(between)


def _participation(actor: Actor, role: str, money: Decimal | None) -> Participation:
    return Participation(actor.key, role, money, "EUR" if money is not None else None)


def _amount(row: Fields, column: str) -> Decimal | None:
    return None if row.text(column) == _NO_DATA else row.money(column)
