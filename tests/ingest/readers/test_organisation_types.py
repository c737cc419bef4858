"""Classification of organisations by name, measured on organisations typed by the European Commission."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.ingest.readers.cordis_organisations import ACTIVITIES
from kg.ingest.readers.organisation_types import kind_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("HOCHSCHULE RHEIN-WAAL", "University"),
        ("Politechnika Łódzka", "University"),
        ("CAMBRIDGE UNIVERSITY HOSPITALS NHS TRUST", "OtherOrganisation"),
        ("GEMEENTE HELMOND", "GovernmentDepartment"),
        ("INIT FUER KOMMUNIKATION-INIT AG", "Firm"),
        ("DISDROMETRICS B.V.", "Firm"),
        ("LUXEMBOURG INSTITUTE OF SCIENCE AND TECHNOLOGY", "ResearchInstitute"),
        ("MIDDLESEX", "OtherOrganisation"),
    ],
)
def test_names_are_classified(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_nine_in_ten_classified_names_are_right(shared: Path) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    with gzip.open(shared / "data/h2020_orgs_2017/h2020_orgs_typed.csv.gz", "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            counts[ACTIVITIES[row["activityType"]], kind_of(row["name"])] += 1
    classified = {pair: count for pair, count in counts.items() if pair[1] != "OtherOrganisation"}
    right = sum(count for (expected, guessed), count in classified.items() if expected == guessed)
    assert right / sum(classified.values()) > 0.9
    assert sum(classified.values()) / counts.total() > 0.7
