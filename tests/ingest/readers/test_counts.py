"""Counts are parsed with their bound or refused."""

from __future__ import annotations

import pytest

from kg.ingest.readers import counts


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("36", 36, "exact"),
        ("36家", 36, "exact"),
        ("1,200", 1200, "exact"),
        ("280余家", 280, "moreThan"),
        ("超过280", 280, "moreThan"),
        ("over 280", 280, "moreThan"),
        (">280", 280, "moreThan"),
        ("至少30家", 30, "atLeast"),
        ("30+", 30, "atLeast"),
        ("30家以上", 30, "atLeast"),
        ("约50", 50, "approximate"),
        ("About 50", 50, "approximate"),
        ("50左右", 50, "approximate"),
        ("５家企业", 5, "exact"),
        ("十余家企业", 10, "moreThan"),
        ("三十六", 36, "exact"),
        ("两百多所高校", 200, "moreThan"),
        ("数十家", 20, "atLeast"),
        ("上百家企业", 100, "atLeast"),
        ("近百家", 100, "approximate"),
    ],
)
def test_a_count_has_a_kind(text: str, number: int, kind: str) -> None:
    assert counts.count(text) == (number, kind)


@pytest.mark.parametrize("text", ["", "many", "若干", "-3", "3.5", "36 or so", "9" * 20, "1,2"])
def test_an_invalid_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a count"):
        counts.count(text)
