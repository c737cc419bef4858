"""The registry: both schemas, relations within the files and out of them, states, and the real sample."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.samples import ingested, refused, rows, skipped, used

from kg.ingest import build
from kg.ingest.readers.ror import ROR

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = ("https://ror.org/00pjdza24", "https://ror.org/02jbv0t02", "https://ror.org/03yrm5c26")


def record(ror: str = A, **changed: object) -> dict[str, object]:
    place = {"name": "Oakland", "country_code": "US", "lat": 37.802168, "lng": -122.271281}
    return {
        "id": ror,
        "status": "active",
        "types": ["funder", "education"],
        "names": [
            {"value": "UC", "types": ["acronym"], "lang": "en"},
            {"value": "Université de Californie", "types": ["label"], "lang": "fr"},
            {"value": f"Body {ror[-3:]}", "types": ["ror_display", "label"], "lang": "en"},
        ],
        "external_ids": [
            {"type": "fundref", "all": ["1", "2"], "preferred": "2"},
            {"type": "isni", "all": ["0000 0001 2348 0690"], "preferred": None},
        ],
        "locations": [{"geonames_id": 5378538, "geonames_details": place}],
        "domains": ["universityofcalifornia.edu"],
        "links": [{"type": "website", "value": "http://www.uc.edu/"}, {"type": "wikipedia", "value": "http://x.org"}],
        "relationships": [],
        **changed,
    }


OLD = {
    "id": A,
    "name": "University of California System",
    "status": "active",
    "types": ["Education"],
    "links": ["http://www.uc.edu/"],
    "aliases": ["UC System"],
    "acronyms": ["UC"],
    "labels": [{"label": "Université de Californie", "iso639": "fr"}],
    "country": {"country_code": "US", "country_name": "United States"},
    "external_ids": {
        "GRID": {"preferred": "grid.30389.31", "all": "grid.30389.31"},
        "FundRef": {"preferred": None, "all": ["100005595"]},
        "OrgRef": {"preferred": None, "all": ["1"]},
    },
    "addresses": [
        {"lat": 37.8, "lng": -122.27, "city": "Oakland", "geonames_city": {"id": 5378538, "city": "Oakland"}}
    ],
    "relationships": [{"type": "Related", "label": "Lab", "id": B}],
}


def related(kind: str, ror: str, label: str = "Other") -> dict[str, str]:
    return {"type": kind, "id": ror, "label": label}


def written(folder: Path, *records: object, name: str = "ror.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def test_a_record_has_names_by_language_identifiers_and_a_place(tmp_path: Path) -> None:
    (found,) = used(rows(ROR, written(tmp_path, record())))
    (actor,) = found.actors
    assert (actor.key, actor.kind, actor.domains) == ("ror/00pjdza24", "University", ("universityofcalifornia.edu",))
    assert [(name.text, name.lang, name.preferred) for name in actor.names] == [
        ("Body a24", "en", True),
        ("Université de Californie", "fr", True),
        ("UC", "en", False),
    ]
    assert [(one.scheme, one.value) for one in actor.identifiers] == [
        ("rorId", "00pjdza24"),
        ("crossrefFunderId", "2"),
        ("crossrefFunderId", "1"),
        ("isniId", "0000000123480690"),
    ]
    assert actor.seat is not None
    assert (actor.seat.key, actor.seat.latitude) == ("ror/5378538", Decimal("37.802168"))
    assert (actor.region[0].text, actor.city[0].text) == ("United States", "Oakland")


def test_the_region_of_china_is_the_province(tmp_path: Path) -> None:
    place = {"name": "Xi'an", "country_code": "CN", "country_subdivision_name": "Shaanxi"}
    path = written(tmp_path, record(locations=[{"geonames_id": 1790630, "geonames_details": place}]))
    assert used(rows(ROR, path))[0].actors[0].region[0].text == "Shaanxi"


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["facility", "government"], "ResearchInstitute"),
        (["company", "funder"], "Firm"),
        (["government"], "GovernmentDepartment"),
        (["healthcare"], "OtherOrganisation"),
        (["funder"], "OtherOrganisation"),
    ],
)
def test_the_types_decide_the_class(tmp_path: Path, types: list[str], kind: str) -> None:
    assert used(rows(ROR, written(tmp_path, record(types=types))))[0].actors[0].kind == kind


def test_a_record_of_the_first_schema_says_the_same(tmp_path: Path) -> None:
    (found,) = used(rows(ROR, written(tmp_path, OLD)))
    (actor,) = found.actors
    assert (actor.kind, actor.region[0].text, actor.domains) == ("University", "United States", ("uc.edu",))
    assert [(name.text, name.lang, name.preferred) for name in actor.names] == [
        ("University of California System", "", True),
        ("Université de Californie", "fr", True),
        ("UC System", "", False),
        ("UC", "", False),
    ]
    assert [one.scheme for one in actor.identifiers] == ["rorId", "crossrefFunderId", "gridId"]
    assert found.note.endswith("Relations that lead out of the files: 1.")


def test_relations_are_parts_links_and_changes_and_are_said_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        record(
            A,
            relationships=[related("child", B), related("related", C), related("parent", "https://ror.org/04gyf1771")],
        ),
        record(B, relationships=[related("parent", A), related("successor", C, "New")]),
        record(C, relationships=[related("related", A, "Body a24"), related("predecessor", B, "Body t02")]),
    )
    first, second, third = used(rows(ROR, path))
    assert [len(found.actors) for found in (first, second, third)] == [1, 1, 1]
    assert first.note.endswith("Relations that lead out of the files: 1.")
    assert second.actors[0].part_of == ("ror/00pjdza24",)
    assert first.links[0].key == third.links[0].key == "ror/00pjdza24/03yrm5c26"
    assert {part.role for part in first.links[0].participations} == {"related"}
    for change in (second.changes[0], third.changes[0]):
        assert (change.original, change.resulting) == (("ror/02jbv0t02",), ("ror/03yrm5c26",))


def test_a_child_that_names_no_parent_is_a_part_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, record(A, relationships=[related("child", B)]), record(B, types=["facility"]))
    child = used(rows(ROR, path))[0].actors[1]
    assert (child.key, child.kind, child.part_of) == ("ror/02jbv0t02", "ResearchInstitute", ("ror/00pjdza24",))


def test_what_is_withdrawn_is_skipped_and_what_is_inactive_told(tmp_path: Path) -> None:
    path = written(
        tmp_path, record(A, status="withdrawn"), record(B, status="inactive", relationships=[related("related", A)])
    )
    found = rows(ROR, path)
    assert skipped(found) == [(1, "withdrawn")]
    (kept,) = used(found)
    assert (kept.links, kept.note) == (
        (),
        "An organisation in the registry. It is no longer active. Relations that lead out of the files: 1.",
    )


def test_what_is_refused_is_nobody_that_others_are_related_to(tmp_path: Path) -> None:
    path = written(tmp_path, record(A, relationships=[related("parent", B)]), record(B, names=[]))
    found = rows(ROR, path)
    assert refused(found) == [(2, "names", "")]
    assert used(found)[0].actors[0].part_of == ()


def test_a_dump_as_it_comes_has_every_record_twice(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "v1.50-2024-07-29-ror-data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.50-2024-07-29-ror-data.json", json.dumps([OLD, OLD | {"id": B}]))
        archive.writestr("v1.50-2024-07-29-ror-data.csv", "id\n")
        archive.writestr("v1.50-2024-07-29-ror-data_schema_v2.json", json.dumps([record()]))
    found = rows(ROR, tmp_path / "v1.50-2024-07-29-ror-data.zip")
    assert skipped(found) == [(1, "older schema"), (1, "no JSON")]
    assert [row.key for row in used(found)] == ["02jbv0t02", "00pjdza24"]


def test_the_answer_of_the_server_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"number_of_results": 2, "items": [record(A), record(B)]}), encoding="utf-8")
    assert [found.location.row for found in used(rows(ROR, path))] == [1, 2]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": "javascript:alert(1)"}, ("id", "javascript:alert(1)")),
        ({"types": ["cult"]}, ("types", "cult")),
        ({"status": "asleep"}, ("status", "asleep")),
        ({"names": []}, ("names", "")),
        ({"names": [{"value": {"x": 1}, "types": ["label"]}]}, ("names.value", "dict")),
        ({"external_ids": [{"type": "grid", "all": ["x"]}]}, ("external_ids.all", "x")),
        ({"locations": [{"geonames_id": "x y", "geonames_details": {}}]}, ("locations.geonames_id", "x y")),
        ({"relationships": ["x"]}, ("relationships.", "str")),
    ],
)
def test_a_record_that_is_not_understood_is_refused(
    tmp_path: Path, changed: dict[str, object], said: tuple[str, str]
) -> None:
    assert refused(rows(ROR, written(tmp_path, record(**changed)))) == [(1, *said)]


def test_the_real_sample(shared: Path) -> None:
    folder = shared / "data" / "ror"
    found = rows(ROR, folder / "ror_v2_sample.jsonl.gz")
    assert (len(found), len(used(found)), len(skipped(found)), refused(found)) == (8022, 7979, 43, [])
    (example,) = used(rows(ROR, folder / "example_record_v2_1.json"))
    assert example.actors[0].names[0].text == "University of California System"


def test_what_is_made_conforms(shared: Path, tmp_path: Path) -> None:
    """Schools that came of each other, because the whole takes long to check."""
    with gzip.open(shared / "data/ror/ror_v2_sample.jsonl.gz", "rt", encoding="utf-8") as stream:
        lines = [line for line in stream if "cessor" in line and '"education"' in line]
    (tmp_path / "part.jsonl").write_text("".join(lines), encoding="utf-8")
    quads, tally = ingested(ROR, tmp_path / "part.jsonl", edition=date(2026, 3, 1))
    assert tally.used > 20
    assert any(str(quad.object).endswith("ChangeEvent>") for quad in quads)
    (tmp_path / "part.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "part.nq"]).findings == ()
