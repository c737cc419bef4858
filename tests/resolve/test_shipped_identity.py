"""The sample of merges in the docs: its verdicts are those of the shipped judgements, and its counts are stated."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs" / "explanation" / "identity-sample.csv"
MERGED = ["moeCode", "rorId", "judgement"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_open_pairs_are_decided_as_the_sample_states() -> None:
    decided = {
        frozenset((row["left"], row["right"])): row["decision"]
        for path in sorted((ROOT / "graphs").glob("*/identity.csv"))
        for row in _rows(path)
    }
    drawn = [row for row in _rows(SAMPLE) if row["state"] == "open" and "/" in row["left"] + row["right"]]
    wrong = [row for row in drawn if decided.get(frozenset((row["left"], row["right"])), "unsure") != row["verdict"]]
    assert wrong == []


def test_the_page_states_the_counts_of_the_sample() -> None:
    counts = Counter((row["state"], row["verdict"]) for row in _rows(SAMPLE))
    page = (SAMPLE.parent / "identity.md").read_text(encoding="utf-8")
    for state in ("merged", "open"):
        numbers = [counts[state, verdict] for verdict in ("same", "different", "unsure")]
        assert f"| {sum(numbers)} | {' | '.join(map(str, numbers))} |" in page


def test_merges_of_the_sample_rest_on_an_identifier_or_a_judgement() -> None:
    assert {row["by_or_score"] for row in _rows(SAMPLE) if row["state"] == "merged"} <= set(MERGED)


def test_each_judgement_has_a_reason_in_both_languages() -> None:
    rows = [row for path in (ROOT / "graphs").glob("*/identity.csv") for row in _rows(path)]
    assert [row for row in rows if not row["reason"] or not row["reason_zh"]] == []
