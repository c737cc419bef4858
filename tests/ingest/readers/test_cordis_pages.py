"""CORDIS outside its export: copied project pages and registers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.samples import ingested, refused, rows, used

from kg.ingest import build
from kg.ingest.readers.cordis import CORDIS

if TYPE_CHECKING:
    from pathlib import Path

PAGE = {
    "project id": "688110.0",
    "url": "https://cordis.europa.eu/project/id/688110",
    "project title": "A platform",
    "short title": "PLAT",
    "language": "es",
    "status": "Project closed",
    "start_date": "1 January 2016",
    "end_date": "31 December 2018",
    "coordinated_by": "UNIVERSITAT DE X           Spain",
    "coordinator_eu_contribution": '"281062,50"',
    "participant_no": "1",
    "participant_name": "GLOBAL 2000   Participation ended   Austria",
    "participant_eu_contribution": "No data",
    "participant_website": "http://www.global2000.at",
}


def copied(folder: Path, **changed: str) -> Path:
    row = PAGE | {name.replace("_id", " id"): value for name, value in changed.items()}
    path = folder / "pages.csv"
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    return path


def test_a_row_of_the_pages_is_a_participant_and_the_coordinator(tmp_path: Path) -> None:
    (record,) = used(rows(CORDIS, copied(tmp_path)))
    coordinator, participant = record.actors
    assert (coordinator.key, coordinator.kind) == ("cordis/name/Spain/UNIVERSITAT%20DE%20X", "University")
    assert [participant.names[0].text, participant.region[0].text] == ["GLOBAL 2000", "Austria"]
    assert participant.kind == "OtherOrganisation"
    assert (record.note.en or "").endswith("It left before the project ended.")
    (link,) = record.links
    assert (link.key, link.stage) == ("cordis/688110", "ended")
    assert (link.dates.start_earliest, link.dates.end_latest) == (date(2016, 1, 1), date(2018, 12, 31))
    assert [(part.role, part.contribution) for part in link.participations] == [
        ("coordinator", Decimal("281062.50")),
        ("participant", None),
    ]


def test_the_title_is_english_in_every_language_of_the_site(tmp_path: Path) -> None:
    (record,) = used(rows(CORDIS, copied(tmp_path)))
    assert [(name.text, name.lang) for name in record.links[0].names] == [("A platform", "en"), ("PLAT", "")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("participant_name", "GLOBAL 2000 Austria"),
        ("coordinated_by", "X   Left early   Spain"),
        ("start_date", "1 Januar 2016"),
        ("end_date", "31 November 2018"),
        ("participant_eu_contribution", "many"),
        ("project_id", "CAPTOR"),
    ],
)
def test_an_invalid_row_is_refused(tmp_path: Path, column: str, value: str) -> None:
    parsed = refused(rows(CORDIS, copied(tmp_path, **{column: value})))
    assert parsed == [(2, column.replace("_id", " id"), " ".join(value.split()))]


def test_an_unknown_country_and_a_missing_number_cost_no_row(tmp_path: Path) -> None:
    path = copied(tmp_path, participant_name="GLOBAL 2000   Atlantis", project_id="")
    (record,) = used(rows(CORDIS, path))
    assert (record.key, record.left_open) == ("688110/1", (("participant_name", "Atlantis"),))
    assert (record.actors[1].region, record.actors[1].names[0].text) == ((), "GLOBAL 2000")


def test_the_real_pages(shared: Path, tmp_path: Path) -> None:
    quads, tally = ingested(CORDIS, shared / "data" / "cordis_riecs" / "cordis_projects_and_participants.csv")
    assert (tally.read, tally.used, tally.refused, tally.aside) == (195, 195, 0, ())
    (tmp_path / "made.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "made.nq"]).findings == ()


def test_the_real_registers(shared: Path) -> None:
    """One of 28,270 rows has no PIC; a type takes precedence over the name."""
    typed = shared / "data" / "h2020_orgs_2017" / "h2020_orgs_typed.csv.gz"
    untyped = shared / "data" / "fp7_orgs_2018" / "fp7_orgs.csv.gz"
    parsed = rows(CORDIS, untyped, typed)
    assert (len(parsed), len(used(parsed)), refused(parsed)) == (28_270, 28_269, [(330, "orgId", "")])
    assert parsed[0].location.file == "h2020_orgs_typed.csv.gz"
