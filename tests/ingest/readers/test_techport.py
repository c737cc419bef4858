"""NASA TechPort: two mixed versions of its API, and uncorrected types."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.samples import ingested, refused, rows, skipped, used

from kg.ingest import build
from kg.ingest.readers.techport import TECHPORT

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.records import Record

OLDER = {
    "id": 14439,
    "title": "A project ",
    "status": "Completed",
    "startDate": "Aug 2013",
    "endDate": "Feb 2016",
    "leadOrganization": {"name": "Rice University", "type": "Industry", "city": None, "country": "United States"},
    "supportingOrganizations": [{"name": "Johnson Space Center", "type": "NASA Center", "acronym": "JSC"}],
    "primaryTas": [{"code": "TX05", "title": "Communications"}, {"code": "TX05.3", "title": "Internetworking"}],
}
NEWER = {
    "projectId": 95499,
    "title": "Another",
    "statusDescription": "Active",
    "startDateString": "Jan 2015",
    "endDateString": "",
    "leadOrganization": {
        "organizationId": 4853,
        "organizationName": "Johnson Space Center",
        "organizationType": "NASA_Center",
        "country": {"abbreviation": "US", "name": "United States"},
    },
    "primaryTaxonomyNodes": [{"code": "TX09.2.1", "title": "Decelerators"}],
}


def written(folder: Path, *records: object) -> Path:
    path = folder / "projects.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def one(folder: Path, record: dict[str, object]) -> Record:
    (parsed,) = used(rows(TECHPORT, written(folder, record)))
    return parsed


def test_the_older_version_identifies_organisations_by_name(tmp_path: Path) -> None:
    record = one(tmp_path, OLDER)
    (link,) = record.links
    assert (link.key, link.names[0].text, link.stage) == ("techport/14439", "A project", "ended")
    assert [(part.actor, part.role) for part in link.participations] == [
        ("techport/name/Rice%20University", "coordinator"),
        ("techport/name/Johnson%20Space%20Center", "participant"),
    ]
    assert (link.dates.start_latest, link.dates.end_latest) == (date(2013, 8, 31), date(2016, 2, 29))
    assert [(topic.notation, topic.broader) for topic in link.topics] == [("TX05", None), ("TX05.3", "TX05")]


def test_a_wrong_type_is_not_corrected(tmp_path: Path) -> None:
    assert one(tmp_path, OLDER).actors[0].kind == "Firm"


def test_the_newer_version_has_ids(tmp_path: Path) -> None:
    record = one(tmp_path, NEWER)
    (actor,), (link,) = record.actors, record.links
    assert (actor.key, actor.kind, actor.region[0].text) == ("techport/4853", "GovernmentDepartment", "United States")
    assert (link.key, link.stage, link.dates.end_latest) == ("techport/95499", "effective", None)


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("Academic", "University"),
        ("Academia", "University"),
        ("Historically_Black_Colleges_and_Universities_(HBCU)", "University"),
        ("Asian American Native American Pacific Islander (AANAPISI)", "University"),
        ("Minority Serving Institution", "University"),
        ("U.S. Government", "GovernmentDepartment"),
        ("US_Government", "GovernmentDepartment"),
        ("NASA_Mission_Directorate", "GovernmentDepartment"),
        ("FFRDC/UARC", "ResearchInstitute"),
        ("Non-Profit Institution", "OtherOrganisation"),
        ("Women-Owned Small Business (WOSB)", "Firm"),
        ("Other Industry", "Firm"),
    ],
)
def test_the_types_of_both_versions(tmp_path: Path, stated: str, kind: str) -> None:
    record = OLDER | {"leadOrganization": {"name": "X", "type": stated}}
    assert one(tmp_path, record).actors[0].kind == kind


def test_every_listed_type_is_supported(shared: Path, tmp_path: Path) -> None:
    listed = json.loads((shared / "data/nasa_techport/organizationTypes.json").read_text(encoding="utf-8"))
    names = [one["name"] for one in listed["organizationTypes"]]
    records = [OLDER | {"id": i, "leadOrganization": {"name": "X", "type": name}} for i, name in enumerate(names)]
    assert len(used(rows(TECHPORT, written(tmp_path, *records)))) == len(names) == 29


def test_records_without_organisations_are_skipped(tmp_path: Path) -> None:
    path = written(tmp_path, {"projectId": 1, "title": "X"}, {"organizationTypes": []})
    assert skipped(rows(TECHPORT, path)) == [(1, "no organisation"), (2, "no project")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id": "../x"}, ("id", "../x")),
        ({"startDate": "Mar 2016"}, ("endDate", "Feb 2016")),
        ({"endDate": "Foo 2016"}, ("endDate", "Foo 2016")),
        ({"leadOrganization": None, "supportingOrganizations": []}, ("leadOrganization", "null")),
        ({"leadOrganization": "X"}, ("leadOrganization.", "str")),
    ],
)
def test_an_invalid_project_is_refused(tmp_path: Path, changed: dict[str, object], expected: tuple[str, str]) -> None:
    assert refused(rows(TECHPORT, written(tmp_path, OLDER | changed))) == [(1, *expected)]


def test_an_unknown_status_and_a_null_organisation_cost_no_row(tmp_path: Path) -> None:
    supporters = [None, {"name": "Johnson Space Center", "type": "NASA Center"}]
    leader = {"name": "X", "type": "Guild"}
    changed = {"status": "Lost", "supportingOrganizations": supporters, "leadOrganization": leader}
    record = one(tmp_path, OLDER | changed)
    unknown = {("leadOrganization.type", "Guild"), ("supportingOrganizations", "null"), ("status", "Lost")}
    assert set(record.left_open) == unknown
    assert [(group.count, group.kind) for group in record.links[0].groups] == [(3, "atLeast")]


def test_the_real_projects(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "nasa_techport"
    quads, tally = ingested(TECHPORT, folder / "projects.json", folder / "organizationTypes.json")
    assert (tally.read, tally.used, tally.refused, tally.aside) == (36, 34, 0, ())
    assert tally.skipped == (("no organisation", 1), ("no project", 1))
    (tmp_path / "made.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "made.nq"]).findings == ()
