"""The dialogue about a table on a terminal; without a terminal nothing is asked."""

from __future__ import annotations

import os
import pty
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.stores import KG, environment
from helpers.terminals import read_all
from helpers.workbooks import first_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COLUMNS = ("序号", "合作单位", "经手", "协议类型", "签订日期")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A workbook of two sheets, with a word without a guess and a column of unknown meaning."""
    book = openpyxl.Workbook()
    sheet = first_sheet(book)
    sheet.title = "台账"
    for row in (
        ("校企合作一览表",),
        COLUMNS,
        (1, "甲电子有限公司", "张某", "丙类", "2023.5"),
        (2, "乙大学", "李某", "捐赠", 2024),
    ):
        sheet.append(row)
    other = book.create_sheet("旧表")
    other.append(("序号", "合作单位"))
    other.append((1, "丙有限公司"))
    book.save(tmp_path / "ledger.xlsx")
    return tmp_path / "ledger.xlsx"


def answered(path: Path, answers: Sequence[str]) -> tuple[str, str]:
    """Return the mapping that `kg ingest` drafts on a pseudo-terminal with these answers, and what it prints."""
    parent, child = pty.openpty()
    words = [*KG, "ingest", path.name]
    env = environment() | {"KG_LANG": "en", "TERM": "dumb", "KG_STORE": "none"}
    run = subprocess.Popen(words, env=env, cwd=path.parent, stdin=child, stdout=child, stderr=child)
    os.close(child)
    os.write(parent, "".join(f"{answer}\n" for answer in answers).encode())
    output = read_all(parent)
    os.close(parent)
    assert run.wait(60) == 0, output.decode()
    return (path.parent / "mapping.yaml").read_text(encoding="utf-8"), output.decode()


def test_each_step_is_asked_and_answered(ledger: Path) -> None:
    steps = ["y", "", "", *("", "", "person", "", ""), "ORDER", "OrderClass", "某大学"]
    mapping, printed = answered(ledger, steps)
    for question in ("Sheet (of 台账, 旧表) [台账]", "Rows of the header [2]", "Column 经手 (张某; 李某)", "word 丙类"):
        assert question in printed
    assert "'ORDER' is not allowed here" in printed
    for line in ("header: [2]", 'person: [{column: "经手"}]', '"丙类": OrderClass   # (1)', 'name: {zh: "某大学"}'):
        assert line.replace('"', "") in mapping.replace('"', "")


def test_another_sheet_and_header_can_be_chosen(ledger: Path) -> None:
    mapping, _ = answered(ledger, ["y", "旧表", "9", "1", "", "", "某大学"])
    assert "sheet: 旧表" in mapping.replace('"', "")
    assert "header: [1]" in mapping


def test_the_steps_can_be_left_out(ledger: Path) -> None:
    mapping, printed = answered(ledger, ["n", "某大学"])
    assert "Rows of the header" not in printed
    assert "某大学" in mapping


def test_nothing_is_asked_without_a_terminal(ledger: Path) -> None:
    done = subprocess.run(
        [*KG, "ingest", ledger.name], env=environment() | {"KG_STORE": "none", "KG_LANG": "en"}, cwd=ledger.parent,
        stdin=subprocess.DEVNULL, capture_output=True, check=True,
    )  # fmt: skip
    assert b"step by step" not in done.stdout + done.stderr
    assert (ledger.parent / "mapping.yaml").is_file()
