"""The Research Organization Registry: both schemas, relations, states, and the real sample."""

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

from kg.errors import InputError
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
    (parsed,) = used(rows(ROR, written(tmp_path, record())))
    (actor,) = parsed.actors
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


def test_the_region_of_a_chinese_organisation_is_its_province(tmp_path: Path) -> None:
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
def test_the_types_determine_the_class(tmp_path: Path, types: list[str], kind: str) -> None:
    assert used(rows(ROR, written(tmp_path, record(types=types))))[0].actors[0].kind == kind


def test_a_record_of_schema_1_is_converted(tmp_path: Path) -> None:
    (parsed,) = used(rows(ROR, written(tmp_path, OLD)))
    (actor,) = parsed.actors
    assert (actor.kind, actor.region[0].text, actor.domains) == ("University", "United States", ("uc.edu",))
    assert [(name.text, name.lang, name.preferred) for name in actor.names] == [
        ("University of California System", "", True),
        ("Université de Californie", "fr", True),
        ("UC System", "", False),
        ("UC", "", False),
    ]
    assert [one.scheme for one in actor.identifiers] == ["rorId", "crossrefFunderId", "gridId"]
    assert (parsed.note.en or "").endswith("Relations that lead out of the files: 1.")


def test_relations_become_parts_links_and_changes_once(tmp_path: Path) -> None:
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
    assert [len(parsed.actors) for parsed in (first, second, third)] == [1, 1, 1]
    assert (first.note.en or "").endswith("Relations that lead out of the files: 1.")
    assert second.actors[0].part_of == ("ror/00pjdza24",)
    assert first.links[0].key == third.links[0].key == "ror/00pjdza24/03yrm5c26"
    assert {part.role for part in first.links[0].participations} == {"related"}
    for change in (second.changes[0], third.changes[0]):
        assert (change.original, change.resulting) == (("ror/02jbv0t02",), ("ror/03yrm5c26",))


def test_a_child_that_does_not_name_its_parent_is_a_part(tmp_path: Path) -> None:
    path = written(tmp_path, record(A, relationships=[related("child", B)]), record(B, types=["facility"]))
    child = used(rows(ROR, path))[0].actors[1]
    assert (child.key, child.kind, child.part_of) == ("ror/02jbv0t02", "ResearchInstitute", ("ror/00pjdza24",))


def test_withdrawn_records_are_skipped_and_inactive_ones_marked(tmp_path: Path) -> None:
    path = written(
        tmp_path, record(A, status="withdrawn"), record(B, status="inactive", relationships=[related("related", A)])
    )
    parsed = rows(ROR, path)
    assert skipped(parsed) == [(1, "withdrawn")]
    (kept,) = used(parsed)
    assert (kept.links, kept.note.en) == (
        (),
        "An organisation in the registry. It is no longer active. Relations that lead out of the files: 1.",
    )


def test_relations_to_a_refused_record_are_dropped(tmp_path: Path) -> None:
    path = written(tmp_path, record(A, relationships=[related("parent", B)]), record(B, names=[]))
    parsed = rows(ROR, path)
    assert refused(parsed) == [(2, "names", "")]
    assert used(parsed)[0].actors[0].part_of == ()


def test_a_dump_contains_every_record_twice(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "v1.50-2024-07-29-ror-data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.50-2024-07-29-ror-data.json", json.dumps([OLD, OLD | {"id": B}]))
        archive.writestr("v1.50-2024-07-29-ror-data.csv", "id\n")
        archive.writestr("v1.50-2024-07-29-ror-data_schema_v2.json", json.dumps([record()]))
    parsed = rows(ROR, tmp_path / "v1.50-2024-07-29-ror-data.zip")
    assert skipped(parsed) == [(1, "older schema"), (1, "no JSON")]
    assert [row.key for row in used(parsed)] == ["02jbv0t02", "00pjdza24"]


def test_a_null_in_a_list_and_an_unknown_status_cost_one_value(tmp_path: Path) -> None:
    website = {"type": "website", "value": "http://www.uc.edu/"}
    path = written(tmp_path, record(status="asleep", domains=[], links=[None, website], types=["cult", "education"]))
    (parsed,) = used(rows(ROR, path))
    assert (parsed.actors[0].domains, parsed.actors[0].kind) == (("uc.edu",), "University")
    assert set(parsed.left_open) == {("status", "asleep"), ("links", "null"), ("types", "cult")}


@pytest.mark.parametrize(("version", "is_known"), [("1.0", True), ("2.1", True), ("3.0", False)])
def test_an_unknown_schema_is_named(tmp_path: Path, version: str, is_known: bool) -> None:
    path = written(tmp_path, record(admin={"last_modified": {"schema_version": version}}))
    if is_known:
        assert len(used(rows(ROR, path))) == 1
    else:
        with pytest.raises(InputError, match=r"record 1 has schema version 3\.0"):
            rows(ROR, path)


def test_a_record_of_schema_1_without_a_status_is_used(tmp_path: Path) -> None:
    (parsed,) = used(rows(ROR, written(tmp_path, {name: OLD[name] for name in OLD if name != "status"})))
    assert parsed.left_open == ()


def test_an_api_response_is_read(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"number_of_results": 2, "items": [record(A), record(B)]}), encoding="utf-8")
    assert [parsed.location.row for parsed in used(rows(ROR, path))] == [1, 2]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id": "javascript:alert(1)"}, ("id", "javascript:alert(1)")),
        ({"names": []}, ("names", "")),
        ({"names": [{"value": {"x": 1}, "types": ["label"]}]}, ("names.value", "dict")),
        ({"external_ids": [{"type": "grid", "all": ["x"]}]}, ("external_ids.all", "x")),
        ({"locations": [{"geonames_id": "x y", "geonames_details": {"name": "X"}}]}, ("locations.geonames_id", "x y")),
        ({"relationships": ["x"]}, ("relationships.", "str")),
    ],
)
def test_an_invalid_record_is_refused(tmp_path: Path, changed: dict[str, object], expected: tuple[str, str]) -> None:
    assert refused(rows(ROR, written(tmp_path, record() | changed))) == [(1, *expected)]


@pytest.mark.parametrize(
    ("share", "expected"), [(8, (1003, 999, 4)), pytest.param(1, (8022, 7979, 43), marks=pytest.mark.scale)]
)
def test_the_real_sample(share: int, expected: tuple[int, int, int], shared: Path, tmp_path: Path) -> None:
    """A share of the lines is read."""
    with gzip.open(shared / "data/ror/ror_v2_sample.jsonl.gz", "rt", encoding="utf-8") as stream:
        lines = list(stream)[::share]
    (tmp_path / "sample.jsonl").write_text("".join(lines), encoding="utf-8")
    parsed = rows(ROR, tmp_path / "sample.jsonl")
    assert (len(parsed), len(used(parsed)), len(skipped(parsed))) == expected
    assert refused(parsed) == []


def test_the_real_example(shared: Path) -> None:
    (example,) = used(rows(ROR, shared / "data/ror/example_record_v2_1.json"))
    assert example.actors[0].names[0].text == "University of California System"


def test_the_result_conforms(shared: Path, tmp_path: Path) -> None:
    """Only schools with predecessors or successors, because validating everything is slow."""
    with gzip.open(shared / "data/ror/ror_v2_sample.jsonl.gz", "rt", encoding="utf-8") as stream:
        lines = [line for line in stream if "cessor" in line and '"education"' in line]
    (tmp_path / "part.jsonl").write_text("".join(lines), encoding="utf-8")
    quads, tally = ingested(ROR, tmp_path / "part.jsonl", edition=date(2026, 3, 1))
    assert tally.used > 20
    assert any(str(quad.object).endswith("ChangeEvent>") for quad in quads)
    (tmp_path / "part.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "part.nq"]).findings == ()
