"""OpenAlex: institutions and works from the API and the snapshot, with lists of one value collapsed or not."""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.samples import ingested, refused, rows, skipped, used

from kg.ingest import build
from kg.ingest.readers.openalex import OPENALEX

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.records import Record

A = "https://openalex.org/"
UNIVERSITY = {
    "id": f"{A}I1",
    "display_name": "Uni",
    "type": "education",
    "country_code": "CN",
    "ror": "https://ror.org/00pjdza24",
}
COMPANY = {"id": f"{A}I2", "display_name": "Firm (Germany)", "type": "company", "country_code": "DE"}
HOSPITAL = {"id": f"{A}I3", "display_name": "Ospedale", "type": "healthcare", "country_code": "IT"}
FIELD = {"id": f"{A}fields/13", "display_name": "Biochemistry"}
WORK = {
    "id": f"{A}W7",
    "display_name": "On something",
    "publication_year": 2015,
    "publication_date": "2015-01-01",
    "authorships": [{"institutions": [UNIVERSITY, HOSPITAL]}, {"institutions": COMPANY}],
    "primary_topic": {"id": f"{A}T1", "field": FIELD},
}
INSTITUTION = {
    **UNIVERSITY,
    "display_name_alternatives": ["Uni", "The University"],
    "display_name_acronyms": "U",
    "international": {"display_name": {"zh": "大学", "en": "University"}},
    "homepage_url": "http://www.uni.edu.cn/en",
    "ids": {
        "ror": "https://ror.org/00pjdza24",
        "grid": "grid.1.a",
        "wikidata": "https://www.wikidata.org/wiki/Q9",
        "mag": "1",
    },
    "geo": {
        "city": "Xi'an",
        "geonames_city_id": "1790630",
        "region": "Shaanxi",
        "country_code": "CN",
        "latitude": 34.25,
        "longitude": 108.92,
    },
    "associated_institutions": [{**COMPANY, "relationship": "related"}, {**HOSPITAL, "relationship": "child"}],
}


def one(folder: Path, **changed: object) -> Record:
    (record,) = used(rows(OPENALEX, written(folder, WORK | changed)))
    return record


def written(folder: Path, *records: object) -> Path:
    path = folder / "part_000.gz"
    path.write_bytes(gzip.compress("".join(f"{json.dumps(record)}\n" for record in records).encode()))
    return path


def test_a_work_is_a_link_of_all_its_institutions(tmp_path: Path) -> None:
    record = one(tmp_path)
    (link,) = record.links
    assert (link.key, link.kind, link.names[0].text) == ("openalex/W7", "JointPublication", "On something")
    assert [(part.actor, part.role) for part in link.participations] == [
        ("openalex/I1", "author"),
        ("openalex/I3", "author"),
        ("openalex/I2", "author"),
    ]
    assert [(actor.kind, actor.region[0].text) for actor in record.actors] == [
        ("University", "China"),
        ("OtherOrganisation", "Italy"),
        ("Firm", "Germany"),
    ]
    assert [(topic.scheme, topic.notation) for topic in link.topics] == [("openalex-field", "13")]


@pytest.mark.parametrize(
    ("changed", "counted"),
    [
        ({"authorships": [{"institutions": [UNIVERSITY, COMPANY, HOSPITAL | {"id": None}]}]}, (3, "exact")),
        ({"authorships": [{"institutions": [UNIVERSITY, COMPANY, HOSPITAL | {"type": None}]}]}, (3, "exact")),
        ({"institutions_distinct_count": 90, "is_authors_truncated": True}, (90, "exact")),
        ({"is_authors_truncated": True}, (4, "atLeast")),
        ({"authorships": [None, {"institutions": [UNIVERSITY, COMPANY, None]}]}, (3, "atLeast")),
    ],
)
def test_institutions_that_a_work_does_not_name_are_counted(
    tmp_path: Path, changed: dict[str, object], counted: tuple[int, str]
) -> None:
    (link,) = one(tmp_path, **changed).links
    (group,) = link.groups
    assert (group.count, group.kind, group.includes_named) == (*counted, True)
    assert group.members == tuple(part.actor for part in link.participations)


def test_only_the_year_of_a_work_is_used(tmp_path: Path) -> None:
    dates = one(tmp_path).links[0].dates
    assert (dates.start_earliest, dates.start_latest, dates.precision) == (date(2015, 1, 1), date(2015, 12, 31), "year")


def test_an_author_with_both_affiliations_gives_a_shared_affiliation(tmp_path: Path) -> None:
    assert one(tmp_path, authorships={"institutions": [UNIVERSITY, COMPANY]}).links[0].kind == "CoAffiliation"


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"authorships": [{"institutions": [UNIVERSITY, HOSPITAL]}]}, "no firm with a university or institute"),
        ({"authorships": []}, "no firm with a university or institute"),
        ({"is_retracted": True}, "retracted"),
        ({"is_paratext": True}, "paratext"),
        ({"id": f"{A}A5003820290"}, "neither an institution nor a work"),
    ],
)
def test_other_works_and_records_are_skipped(tmp_path: Path, changed: dict[str, object], rule: str) -> None:
    assert skipped(rows(OPENALEX, written(tmp_path, WORK | changed))) == [(1, rule)]


def test_an_institution_has_names_identifiers_a_place_and_relations(tmp_path: Path) -> None:
    (record,) = used(rows(OPENALEX, written(tmp_path, INSTITUTION)))
    institution, _firm, _hospital, part = record.actors
    assert [(name.text, name.lang, name.preferred) for name in institution.names] == [
        ("Uni", "", True),
        ("大学", "zh", True),
        ("University", "en", True),
        ("The University", "", False),
        ("U", "", False),
    ]
    assert [(one.scheme, one.value) for one in institution.identifiers] == [
        ("openalexId", "I1"),
        ("rorId", "00pjdza24"),
        ("gridId", "grid.1.a"),
        ("wikidataId", "Q9"),
    ]
    assert (institution.region[0].text, institution.city[0].text, institution.domains) == (
        "Shaanxi",
        "Xi'an",
        ("uni.edu.cn",),
    )
    assert institution.seat is not None
    assert (institution.seat.key, institution.seat.longitude) == ("openalex/1790630", Decimal("108.92"))
    assert (part.key, part.part_of) == ("openalex/I3", ("openalex/I1",))
    assert [(link.key, link.kind) for link in record.links] == [("openalex/I1/I2", "RegisteredRelation")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"publication_year": 999999}, ("publication_year", "999999")),
        ({"authorships": [{"institutions": ["x"]}]}, ("authorships.institutions.", "str")),
        ({"primary_topic": {"field": {"id": "javascript:x"}}}, ("primary_topic.field.id", "javascript:x")),
        ({"id": f"{A}W../x"}, ("id", f"{A}W../x")),
        ({"id": ""}, ("id", "")),
        ({"authorships": None}, ("authorships", "null")),
    ],
)
def test_an_invalid_record_is_refused(tmp_path: Path, changed: dict[str, object], expected: tuple[str, str]) -> None:
    assert refused(rows(OPENALEX, written(tmp_path, WORK | changed))) == [(1, *expected)]


def test_unknown_types_and_years_cost_no_record_and_ids_are_in_addresses(tmp_path: Path) -> None:
    authors = [{"institutions": [UNIVERSITY, COMPANY, COMPANY | {"id": f"{A}I9", "type": "cult"}]}]
    changed = {"id": None, "ids": {"openalex": WORK["id"]}, "publication_year": None, "authorships": authors}
    (record,) = used(rows(OPENALEX, written(tmp_path, WORK | changed)))
    assert (record.key, record.left_open) == ("W7", (("authorships.institutions.type", "cult"),))
    assert (record.actors[2].kind, record.links[0].dates.precision) == ("OtherOrganisation", None)


def test_api_responses_are_read(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"meta": {"count": 2}, "results": [WORK, INSTITUTION]}), encoding="utf-8")
    assert [record.key for record in used(rows(OPENALEX, path))] == ["W7", "I1"]


def test_the_real_samples(shared: Path, tmp_path: Path) -> None:
    quads, tally = ingested(OPENALEX, shared / "data" / "openalex_samples" / "entity_samples_27.json")
    assert (tally.read, tally.used, tally.refused) == (27, 4, 0)
    assert tally.skipped == (
        ("neither an institution nor a work", 21),
        ("no firm with a university or institute", 2),
    )
    (tmp_path / "made.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "made.nq"]).findings == ()
