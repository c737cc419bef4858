"""The review on a terminal: each answer is saved, and a later review continues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import readings
from helpers.stores import kg

from kg.read.decisions import read_decisions
from kg.read.proposals import write_proposals

if TYPE_CHECKING:
    from pathlib import Path


def test_a_review_is_resumed_where_it_ended(tmp_path: Path) -> None:
    one = readings.without_publisher(readings.reading())
    path, saved = tmp_path / "lake.proposals.json", tmp_path / "lake.decisions.json"
    write_proposals(path, [one])
    first = kg("review", path, "--terminal", "--author", "Li", stdin="Lake Daily\n\nr\nq\n")
    assert first.status == 0, first.err
    assert "1 of 13: cooperation conference – was hosted by – Lake University" in first.err
    (decided,) = read_decisions(saved)
    assert [row.verdict for row in decided.decisions] == ["accepted", "refused"]
    assert decided.publisher == "Lake Daily"
    again = kg("review", path, "--terminal", "--author", "Li", stdin="c\n\n\nplanned\n\nq\n")
    assert "3 of 13" in again.err
    (decided,) = read_decisions(saved)
    assert [row.verdict for row in decided.decisions] == ["accepted", "refused", "changed"]
    assert decided.decisions[2].change is not None
    assert decided.decisions[2].change.stage == "planned"
