"""The source of a ledger is named by its heading or its owner, not by its file."""

from __future__ import annotations

import pytest

from kg.ingest.inspect import naming
from kg.ingest.inspect.survey import Survey


@pytest.mark.parametrize(
    ("title", "owner", "language", "key", "shown"),
    [
        (
            "甲大学（虚构）协议台账（2019—2025年）",
            "甲大学",
            "zh",
            "甲大学协议台账",
            "甲大学（虚构）协议台账（2019—2025年）",
        ),
        ("乙学院2024年度合作一览表", "", "zh", "乙学院合作一览表", "乙学院2024年度合作一览表"),
        ("", "甲大学", "zh", "甲大学合作协议台账", "甲大学合作协议台账"),
        ("", "Delta University", "en", "agreements-of-delta-university", "Agreements of Delta University"),
        ("", "", "en", "mou-list", "MoU list 2024"),
    ],
)
def test_a_key_suits_each_edition(title: str, owner: str, language: str, key: str, shown: str) -> None:
    survey = Survey("", (1,), 1, 0, 0, (), title, owner)
    stem = "MoU list 2024"
    assert (naming.key(survey, stem, language), naming.title(survey, stem, language)) == (key, shown)
