"""Progress of a long ingest on a terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import time
from typing import TYPE_CHECKING

import click
import pytest
from helpers.stores import KG, environment, kg
from helpers.terminals import read_all

from kg.cli import progress
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.records import RowLocation, Skipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("count", "share", "seconds", "message"),
    [
        (1000, 0.25, 10.0, "1,000 rows, 100 rows/s, 25%, 0:30 left"),
        (3_000_000, 0.5, 60.0, "3,000,000 rows, 50,000 rows/s, 50%, 1:00 left"),
        (256, 0.0, 1.0, "256 rows, 256 rows/s"),
        (256, 1.0, 1.0, "256 rows, 256 rows/s"),
    ],
)
def test_progress_message(count: int, share: float, seconds: float, message: str) -> None:
    assert progress.progress_message(count, share, seconds) == message


def test_no_progress_is_shown_without_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").write_bytes(b"")
    rows = [Skipped(RowLocation("a", number), "none") for number in range(1000)]
    assert list(progress.show_row_progress(iter(rows), Inputs([tmp_path / "a"]))) == rows
    assert capsys.readouterr().err == ""


def test_a_terminal_shows_rate_and_remaining_time(tmp_path: Path) -> None:
    """Run `kg` on a pseudo-terminal with a table that takes a few seconds."""
    mapping, table = tmp_path / "mapping.yaml", tmp_path / "table.csv"
    mapping.write_text(kg("ingest", "table", "--example").out, encoding="utf-8")
    lines = "".join(f"{number},大学,企业{number},,,协议,共建,已签,2025-11-08,\n" for number in range(3_000))
    table.write_text(f"No.,University,Partner,Website,Others,Agreement,Type,Status,Signed,Funds\n{lines}", "utf-8")
    parent, child = pty.openpty()
    try:
        words = [*KG, "ingest", "table", str(mapping), str(table), "-o", str(tmp_path / "graph.nq")]
        run = subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=child)
        os.close(child)
        output = read_all(parent)
        assert run.wait(60) == 0
    finally:
        os.close(parent)
    updates = re.findall(rb"\r([0-9,]+) rows, [0-9,]+ rows/s, ([0-9]+)%, [0-9]+:[0-9]{2} left\x1b\[K", output)
    assert updates
    counts = [int(count.replace(b",", b"")) for count, _ in updates]
    assert counts == sorted(counts)
    assert b"\r\x1b[K" in output.rpartition(b" left")[2]  # the line is cleared before the result


def test_counts_are_shown_after_a_second_and_disappear(capsys: pytest.CaptureFixture[str]) -> None:
    with click.Context(click.Command("rank")):
        for number in progress.show_counts(range(8), lambda done, total: f"{done} of {total}"):
            time.sleep(0.15 if number < 7 else 1)  # a busy machine displays the last count late
    output = capsys.readouterr().err
    counts = [int(count) for count in re.findall("([0-9]) of 8", output)]
    assert counts[-1] == 8
    assert counts == sorted(counts)
    assert output.endswith(" s\r")  # click omits the code that clears the line, which only a terminal reads
