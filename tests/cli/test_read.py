"""`kg read`: a file of proposals for each report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.stores import kg

from kg.read import proposals

if TYPE_CHECKING:
    from pathlib import Path


def test_a_report_gives_a_file_of_proposals(tmp_path: Path) -> None:
    report = tmp_path / "lake.txt"
    report.write_text("Lake University and Peak Steel Co., Ltd. signed an agreement.\n", encoding="utf-8")
    done = kg("read", report, "-o", tmp_path / "out.json")
    assert done.status == 0, done.err
    (reading,) = proposals.read_proposals(tmp_path / "out.json")
    assert reading.document.name == "lake"
