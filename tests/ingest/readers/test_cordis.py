"""CORDIS: all tables of the export, in JSON and in CSV, with their irregularities."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.samples import ingested, refused, rows, skipped, used

from kg.ingest import build
from kg.ingest.readers.cordis import CORDIS

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.records import Link, Record

PARTICIPATION = {
    "projectID": 785219,
    "projectAcronym": "Graph",
    "organisationID": 999984059,
    "name": "SOME INSTITUTE",
    "shortName": "SI",
    "activityType": "REC",
    "role": "participant",
    "ecContribution": 100,
    "netEcContribution": "",
    "country": "DE",
    "city": "MUNCHEN",
    "street": "A  STREET 1",
    "geolocation": "48.1322435,11.529588",
    "vatNumber": "DE129515865",
    "organizationURL": "http://www.institute.de/en",
    "nutsCode": "",
    "endOfParticipation": False,
}
PROJECT = {"id": 785219, "acronym": "Graph", "title": "A project", "startDate": "2018-04-01", "endDate": "2020-03-31"}
FIELD = {
    "projectID": 785219,
    "euroSciVocCode": "/25/69/353",
    "euroSciVocPath": "/engineering and technology/nanotechnology/nano-materials",
}


def written(folder: Path, name: str, *records: dict[str, object]) -> Path:
    path = folder / name
    if path.suffix == ".json":
        path.write_text(json.dumps(records), encoding="utf-8")
    else:
        lines = [";".join(records[0]), *(";".join(f'"{value}"' for value in record.values()) for record in records)]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8-sig")
    return path


def one(folder: Path, **changed: object) -> Record:
    (record,) = used(rows(CORDIS, written(folder, "organization.json", PARTICIPATION | changed)))
    return record


@pytest.mark.parametrize("name", ["organization.json", "organization.csv"])
def test_participations_are_read_from_json_and_csv(tmp_path: Path, name: str) -> None:
    (record,) = used(rows(CORDIS, written(tmp_path, name, PARTICIPATION)))
    (actor,), (link,) = record.actors, record.links
    assert (actor.key, actor.kind) == ("cordis/999984059", "ResearchInstitute")
    assert [(name.text, name.preferred) for name in actor.names] == [("SOME INSTITUTE", True), ("SI", False)]
    assert [(one.scheme, one.value) for one in actor.identifiers] == [
        ("picId", "999984059"),
        ("vatNumber", "DE129515865"),
    ]
    assert ([place.text for place in (*actor.region, *actor.city)], actor.domains) == (
        ["Germany", "MUNCHEN"],
        ("institute.de",),
    )
    assert actor.seat is not None
    assert (actor.seat.names[0].text, actor.seat.latitude) == ("A STREET 1, MUNCHEN", Decimal("48.1322435"))
    assert (link.key, link.form, link.names[0].text) == ("cordis/785219", "Project", "Graph")
    assert [(part.role, part.contribution, part.currency) for part in link.participations] == [
        ("participant", Decimal(100), "EUR")
    ]


@pytest.mark.parametrize(
    ("money", "net", "amount"),
    [
        ("1963982,50", "", Decimal("1963982.50")),
        (0, 36698.55, Decimal("36698.55")),
        (100, 0, Decimal(0)),
        ("", "", None),
    ],
    ids=["decimal comma", "net amount takes precedence", "zero is not unknown", "unknown"],
)
def test_contribution_of_a_participant(tmp_path: Path, money: object, net: object, amount: Decimal | None) -> None:
    (part,) = one(tmp_path, ecContribution=money, netEcContribution=net).links[0].participations
    assert part.contribution == amount
    assert (part.currency is None) == (amount is None)


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("HES", "University"),
        ("PRC;PRC", "Firm"),
        ("PUB", "GovernmentDepartment"),
        ("OTH", "OtherOrganisation"),
        ("", "ResearchInstitute"),
    ],
)
def test_the_activity_type_determines_the_class(tmp_path: Path, stated: str, kind: str) -> None:
    """Without a type, the class is derived from the name."""
    assert one(tmp_path, activityType=stated).actors[0].kind == kind


@pytest.mark.parametrize("stated", ["NOTAPPLICABLE", "", "MISSING", "123456789"])
def test_an_invalid_vat_number_is_ignored(tmp_path: Path, stated: str) -> None:
    assert [one.scheme for one in one(tmp_path, vatNumber=stated).actors[0].identifiers] == ["picId"]


def test_the_suffix_of_a_swiss_vat_number_is_removed(tmp_path: Path) -> None:
    actor = one(tmp_path, vatNumber="CHE115244907MWST", country="CH").actors[0]
    assert actor.identifiers[1].value == "CHE115244907"


def test_a_place_without_coordinates_is_in_its_nuts_region(tmp_path: Path) -> None:
    seat = one(tmp_path, geolocation="", nutsCode="DE212").actors[0].seat
    assert seat is not None
    assert seat.within is not None
    assert (seat.latitude, seat.within.key) == (None, "cordis/nuts/DE212")
    assert one(tmp_path, geolocation="").actors[0].seat is None


def test_two_roles_of_an_organisation_are_two_rows(tmp_path: Path) -> None:
    third = PARTICIPATION | {"role": "thirdParty", "endOfParticipation": True}
    parsed = used(rows(CORDIS, written(tmp_path, "organization.json", PARTICIPATION, third)))
    assert [record.key for record in parsed] == ["785219/999984059/participant", "785219/999984059/thirdParty"]
    assert (parsed[1].note.en or "").endswith("It left before the project ended.")


def project(folder: Path, **changed: object) -> Link:
    files = written(folder, "project.json", PROJECT | changed), written(folder, "organization.json", PARTICIPATION)
    return used(rows(CORDIS, *files))[-1].links[0]


@pytest.mark.parametrize(("status", "stage"), [("SIGNED", "signed"), ("CLOSED", "ended"), ("", None)])
def test_a_project_has_a_title_dates_and_a_stage(tmp_path: Path, status: str, stage: str | None) -> None:
    link = project(tmp_path, status=status)
    assert [(name.text, name.lang) for name in link.names] == [("A project", "en"), ("Graph", "")]
    assert (link.dates.start_latest, link.dates.end_earliest, link.stage) == (
        date(2018, 4, 1),
        date(2020, 3, 31),
        stage,
    )


def test_a_project_without_participants_is_skipped(tmp_path: Path) -> None:
    parsed = rows(CORDIS, written(tmp_path, "project.csv", PROJECT), written(tmp_path, "euroSciVoc.csv", FIELD))
    assert skipped(parsed) == [(2, "project without participants")] * 2


def test_a_field_of_science_has_broader_fields(tmp_path: Path) -> None:
    files = written(tmp_path, "organization.json", PARTICIPATION), written(tmp_path, "euroSciVoc.csv", FIELD)
    topics = used(rows(CORDIS, *files))[1].links[0].topics
    assert [(topic.notation, topic.names[0].text, topic.broader) for topic in topics] == [
        ("25", "engineering and technology", None),
        ("69", "nanotechnology", "25"),
        ("353", "nano-materials", "69"),
    ]


def test_an_archive_is_read_directly(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "cordis-h2020projects-csv.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        records: dict[str, dict[str, object]] = {
            "project.csv": PROJECT,
            "organization.csv": PARTICIPATION,
            "webLink.csv": {"a": 1, "b": 2},
        }
        for name, record in records.items():
            archive.write(written(tmp_path, name, record), name)
        archive.writestr("readme.pdf", b"%PDF")
    parsed = rows(CORDIS, tmp_path / "cordis-h2020projects-csv.zip")
    assert [record.location.file for record in used(parsed)] == ["organization.csv", "project.csv"]
    assert skipped(parsed) == [(1, "table without links")] * 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("organisationID", "99998"),
        ("geolocation", "95.1,4.2"),
        ("geolocation", "4.2"),
        ("ecContribution", "-5"),
        ("ecContribution", "1e999999999"),
        ("projectID", "javascript:alert(1)"),
    ],
)
def test_an_invalid_row_is_refused(tmp_path: Path, column: str, value: str) -> None:
    parsed = rows(CORDIS, written(tmp_path, "organization.json", PARTICIPATION | {column: value}))
    assert refused(parsed) == [(1, column, value)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("startDate", "2018-02-30"), ("endDate", "9999-01-01"), ("endDate", "2017-01-01")],
)
def test_an_invalid_project_is_refused(tmp_path: Path, column: str, value: str) -> None:
    files = (
        written(tmp_path, "project.json", PROJECT | {column: value}),
        written(tmp_path, "organization.json", PARTICIPATION),
    )
    assert refused(rows(CORDIS, *files)) == [(1, column, value)]


def test_an_unknown_status_is_left_open_and_counted(tmp_path: Path) -> None:
    files = (
        written(tmp_path, "project.json", PROJECT | {"status": "ONG"}),
        written(tmp_path, "organization.json", PARTICIPATION),
    )
    tally = ingested(CORDIS, *files)[1]
    assert (tally.used, tally.refused, tally.left_open) == (2, 0, ((("status", "ONG"), 1),))


@pytest.mark.parametrize(("column", "value"), [("role", "guest"), ("activityType", "PRC;HES"), ("country", "QQ")])
def test_a_value_outside_a_closed_list_is_left_open(tmp_path: Path, column: str, value: str) -> None:
    record = one(tmp_path, **{column: value})
    assert record.left_open == ((column, value),)
    (actor,), (part,) = record.actors, record.links[0].participations
    opened = {"role": part.role, "activityType": actor.kind, "country": actor.region}
    assert opened[column] == {"role": "otherParticipant", "activityType": "OtherOrganisation", "country": ()}[column]


def test_missing_numbers_are_read_from_the_address_of_the_record(tmp_path: Path) -> None:
    form = "https://ec.europa.eu/x/contact-form/project/999984059/785219"
    assert one(tmp_path, projectID=None, organisationID="", contactForm=form).key == "785219/999984059/participant"
    project = PROJECT | {"id": "", "grantDoi": "10.3030/785219"}
    parsed = rows(
        CORDIS,
        *(written(tmp_path, *file) for file in (("organization.json", PARTICIPATION), ("project.json", project))),
    )
    assert [record.key for record in used(parsed)][1:] == ["785219"]


def test_a_value_that_is_not_a_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "organization.json"
    path.write_text(json.dumps([PARTICIPATION, 7, PARTICIPATION | {"name": ["x"]}]), encoding="utf-8")
    assert refused(rows(CORDIS, path)) == [(2, "", "int"), (3, "name", "list")]


def test_the_real_export(shared: Path) -> None:
    folder = shared / "data" / "cordis_h2020_semicon"
    quads, tally = ingested(CORDIS, folder / "organization.json", folder / "project.json")
    assert (tally.read, tally.used, tally.skipped, tally.refused, tally.aside) == (698, 698, (), 0, ())
    assert tally.statements == len(quads)
    roles = [str(quad.object).rpartition("/")[2] for quad in quads if quad.predicate.value.endswith("#role")]
    counts = {
        role: roles.count(f"{role}>") for role in ("coordinator", "participant", "associatedPartner", "thirdParty")
    }
    assert counts == {"coordinator": 14, "participant": 630, "associatedPartner": 5, "thirdParty": 35}


def test_the_result_conforms(shared: Path, tmp_path: Path) -> None:
    """Only small projects, because validating everything is slow."""
    folder = shared / "data" / "cordis_h2020_semicon"
    participations = json.loads((folder / "organization.json").read_text(encoding="utf-8"))
    sizes = Counter(row["projectID"] for row in participations)
    small = [row for row in participations if sizes[row["projectID"]] < 20]
    field = written(tmp_path, "euroSciVoc.json", FIELD | {"projectID": small[0]["projectID"]})
    quads, tally = ingested(CORDIS, written(tmp_path, "organization.json", *small), folder / "project.json", field)
    assert tally.used > 40
    (tmp_path / "made.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "made.nq"]).findings == ()
