"""A folder of reports: resumed, with failures, repeated stories and conflicts."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers import readings
from helpers.stores import kg

from kg.errors import InputError
from kg.read import folder, known
from kg.read.model import Attributes, Count, When
from kg.read.stories import stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.read.model import Proposal, Reading

REPORT = "On May 3, 2024, Lake University and Peak Steel Co., Ltd. signed a cooperation agreement. {end}"


def test_a_folder_is_read_once_and_failures_are_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(REPORT.format(end=f"It was day {number}."), encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe.txt")
    done = kg("read", tmp_path, "--format", "csv", store=tmp_path / "none")
    assert (done.status, "broken.pdf: is not a readable PDF file" in done.err) == (1, True)
    assert "pipe.txt: is a named pipe" in done.err
    assert "read,3" in done.out
    (tmp_path / "broken.pdf").unlink()
    (tmp_path / "pipe.txt").unlink()
    (tmp_path / "in" / "0.txt").write_text(REPORT.format(end="It has changed."), encoding="utf-8")
    again = kg("read", tmp_path, "--format", "csv", store=tmp_path / "none")
    assert (again.status, "read,1\nread before,2" in again.out.replace('"', "")) == (0, True), again.out


def test_several_processes_write_the_same(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(REPORT.format(end=f"It was day {number}."), encoding="utf-8")
    found = folder.paths(tmp_path)
    assert [one.status for one in folder.read(found, known.NONE, 2)] == ["read"] * 9
    several = [folder.target(path).read_bytes() for path in found]
    for path in found:
        folder.target(path).unlink()
    assert [one.status for one in folder.read(found, known.NONE, 1)] == ["read"] * 9
    assert [folder.target(path).read_bytes() for path in found] == several


_READ = """
import sys
from pathlib import Path
from kg.read import folder, known
if __name__ == "__main__":
    list(folder.read(folder.paths(Path(sys.argv[1])), known.NONE, 2))
"""


def test_a_killed_reading_leaves_no_process_and_is_resumed(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(REPORT.format(end=f"It was day {number}."), encoding="utf-8")
    found = folder.paths(tmp_path)
    with subprocess.Popen([sys.executable, "-c", _READ, str(tmp_path)]) as parent:
        until(lambda: any(tmp_path.glob("*.json")))
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text(encoding="utf-8").split()
        parent.kill()
    assert len(children) >= 2
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    some = found[:8]
    statuses = [one.status for one in folder.read(some, known.NONE, 1)]
    assert [one.status for one in folder.read(some, known.NONE, 1)] == ["unchanged"] * 8
    assert set(statuses) <= {"read", "unchanged"}


def until(is_so: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_an_empty_folder_and_equal_stems_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains no document"):
        folder.paths(tmp_path)
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.txt and a\.md have the same stem; rename one"):
        folder.paths(tmp_path)


def other(one: Reading, given: tuple[Proposal, ...] | None = None) -> Reading:
    """Return the reading of another document with other sentences, and the same facts or the given ones."""
    document = replace(one.document, name="other", sha256="1" * 64)
    proposals = tuple(
        replace(proposal, evidence=tuple(replace(span, sha256=f"{span.start}") for span in proposal.evidence))
        for proposal in given or one.proposals
    )
    return replace(one, document=document, proposals=proposals)


def test_the_same_facts_are_one_story() -> None:
    one = readings.reading()
    (story,) = stories([one, other(one)])
    assert story.documents == ("lake", "other")
    assert "signed (Lake University, Peak Steel Co., Ltd.)" in story.shared
    assert story.conflicts == ()
    assert stories([one, other(one, one.proposals[:1])]) == ()


def test_other_dates_and_counts_are_conflicts() -> None:
    one = readings.reading()
    signed, counted = one.proposals[2], one.proposals[10]
    dated = replace(signed, attributes=replace(signed.attributes, date=When("2024-05-03", "May 3")))
    later = replace(signed, attributes=replace(signed.attributes, date=When("2024-05-04", "May 4")))
    more = replace(counted, attributes=Attributes(count=Count(36, 36, "enterprises", role="partner")))
    (story,) = stories(
        [
            replace(one, proposals=(dated, *one.proposals[3:])),
            other(one, (later, *one.proposals[3:10], more, *one.proposals[11:])),
        ]
    )
    assert {(conflict.what, conflict.values) for conflict in story.conflicts} == {
        ("date", (("lake", "2024-05-03"), ("other", "2024-05-04"))),
        ("count", (("lake", "30–"), ("other", "36–36"))),
    }


def test_stories_are_listed_in_the_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{readings.TEXT} Of {name}.", encoding="utf-8")
    assert kg("read", tmp_path, store=tmp_path / "none").status == 0
    with (tmp_path / "stories.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["documents"] for row in rows} == {"a | b"}
