"""kg review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import readings
from helpers.stores import kg

from kg.read.proposals import write_proposals

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_beside_the_proposals(tmp_path: Path) -> None:
    write_proposals(tmp_path / "lake.proposals.json", [readings.reading()])
    done = kg("review", tmp_path / "lake.proposals.json", "--author", "Li", store=tmp_path / "none")
    assert done.status == 0
    assert "no known actors are suggested" in done.err
    assert (tmp_path / "lake.review.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_another_file_is_refused(tmp_path: Path) -> None:
    done = kg("review", tmp_path / "lake.json")
    assert (done.status, "name a file of proposals, STEM.proposals.json" in done.err) == (2, True)
