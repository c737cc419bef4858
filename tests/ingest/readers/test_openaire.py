"""OpenAIRE: publications of several organisations, and the projects that produced them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.samples import ingested, refused, rows, skipped, used

from kg.ingest import build
from kg.ingest.readers.openaire import OPENAIRE

if TYPE_CHECKING:
    from pathlib import Path

UNIVERSITY: dict[str, object] = {
    "cls": "hasAuthorInstitution",
    "type": "organization",
    "id": "dedup_wf_001::030f",
    "legalname": "Cardiff University",
    "legalshortname": "Cardiff University",
    "country": "GB",
    "websiteurl": "http://www.cardiff.ac.uk/",
}
FIRM: dict[str, object] = {
    "cls": "hasAuthorInstitution",
    "type": "organization",
    "id": "snsf________::e84a",
    "legalname": "X Ltd",
}
PROJECT: dict[str, object] = {
    "cls": "",
    "type": "project",
    "id": "corda__h2020::3120",
    "code": "647839",
    "acronym": "BlackHoleMaps",
}
PUBLICATION: dict[str, object] = {
    "id": "dedup_wf_001::0736",
    "title": "A title",
    "date": "2017-12-20",
    "rels": [UNIVERSITY, PROJECT, FIRM],
}


def written(folder: Path, record: dict[str, object]) -> Path:
    path = folder / "results.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def test_a_publication_is_a_link_and_its_description_lists_projects(tmp_path: Path) -> None:
    (record,) = used(rows(OPENAIRE, written(tmp_path, PUBLICATION)))
    (link,) = record.links
    assert (link.key, link.kind) == ("openaire/dedup_wf_001%3A%3A0736", "JointPublication")
    assert [(actor.key, actor.kind) for actor in record.actors] == [
        ("openaire/dedup_wf_001%3A%3A030f", "University"),
        ("openaire/snsf________%3A%3Ae84a", "Firm"),
    ]
    assert len(record.actors[0].names) == 1
    assert [part.role for part in link.participations] == ["author", "author"]
    assert link.description[0].text == "A result of the projects 647839 (BlackHoleMaps)."


@pytest.mark.parametrize(
    ("country", "region"),
    [("GB", "United Kingdom"), ("YU", "Yugoslavia"), ("Great Britain and Northern Ireland",) * 2],
)
def test_a_country_is_a_code_or_a_name(tmp_path: Path, country: str, region: str) -> None:
    record = PUBLICATION | {"rels": [UNIVERSITY | {"country": country}, FIRM]}
    (parsed,) = used(rows(OPENAIRE, written(tmp_path, record)))
    assert (parsed.actors[0].region[0].text, parsed.actors[1].region) == (region, ())


@pytest.mark.parametrize(
    ("stated", "last", "precision"),
    [
        ("2017-12-20", date(2017, 12, 20), "day"),
        ("2016-02-01", date(2016, 2, 29), "month"),
        ("2017-01-01", date(2017, 12, 31), "year"),
        ("", None, None),
    ],
)
def test_precision_of_dates(tmp_path: Path, stated: str, last: date | None, precision: str | None) -> None:
    (record,) = used(rows(OPENAIRE, written(tmp_path, PUBLICATION | {"date": stated})))
    assert (record.links[0].dates.end_latest, record.links[0].dates.precision) == (last, precision)


def test_a_publication_with_one_organisation_is_skipped(tmp_path: Path) -> None:
    path = written(tmp_path, PUBLICATION | {"rels": [UNIVERSITY, UNIVERSITY, PROJECT]})
    assert skipped(rows(OPENAIRE, path)) == [(1, "fewer than two organisations")]


def test_unknown_relations_and_nulls_cost_no_row(tmp_path: Path) -> None:
    (record,) = used(rows(OPENAIRE, written(tmp_path, PUBLICATION | {"rels": [UNIVERSITY, None, {"type": "x"}, FIRM]})))
    assert record.left_open == (("rels", "null"), ("rels.type", "x"))


def test_an_organisation_without_a_name_is_an_unnamed_party(tmp_path: Path) -> None:
    nameless = {"type": "organization", "id": "x", "legalname": None}
    (record,) = used(rows(OPENAIRE, written(tmp_path, PUBLICATION | {"rels": [UNIVERSITY, nameless]})))
    assert [(group.count, group.kind) for group in record.links[0].groups] == [(2, "exact")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"date": "soon"}, ("date", "soon")),
        ({"rels": "x"}, ("rels.", "str")),
        ({"id": None}, ("id", "")),
    ],
)
def test_an_invalid_row_is_refused(tmp_path: Path, changed: dict[str, object], expected: tuple[str, str]) -> None:
    assert refused(rows(OPENAIRE, written(tmp_path, PUBLICATION | changed))) == [(1, *expected)]


def test_the_real_publications(shared: Path, tmp_path: Path) -> None:
    quads, tally = ingested(OPENAIRE, shared / "data" / "openaire_h2020" / "results.jsonl.gz")
    assert (tally.read, tally.used, tally.refused, tally.aside) == (66, 16, 0, ())
    assert tally.skipped == (("fewer than two organisations", 50),)
    (tmp_path / "made.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "made.nq"]).findings == ()
