"""Editions that differ much from the previous one, and editions without a date."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.stores import error_of, kg

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "No.,University,Partner,Website,Others,Agreement,Type,Status,Signed,Funds\n"
FIRMS = ("华为", "中兴", "比亚迪", "海尔", "格力", "美的")


def ledger(folder: Path, firms: tuple[str, ...]) -> tuple[Path, Path]:
    """Write a ledger with one agreement for each firm, numbered from 1, and its mapping."""
    mapping, table = folder / "mapping.yaml", folder / "ledger.csv"
    mapping.write_text(kg("ingest", "table", "--example").out, encoding="utf-8")
    lines = (f"{n},西安理工大学,{firm},,,{firm}协议,共建,已签,2025-11-08,\n" for n, firm in enumerate(firms, 1))
    table.write_text(HEAD + "".join(lines), encoding="utf-8")
    return mapping, table


def counts(folder: Path, firms: tuple[str, ...], *words: str) -> dict[str, int]:
    done = kg("ingest", "table", *ledger(folder, firms), "-o", folder / "a.nq", *words, "--format", "json")
    assert done.status == 0, done.err
    rows = {row["what"].removeprefix("evidence, "): row["count"] for row in json.loads(done.out)}
    return {name: rows[name] for name in ("new", "unchanged", "changed", "retired", "gone")}


def refusal(folder: Path, firms: tuple[str, ...]) -> str:
    done = kg("ingest", "table", *ledger(folder, firms), "-o", folder / "a.nq")
    assert done.status == 1
    return done.err


def test_missing_rows_of_editions_without_a_date_are_counted(tmp_path: Path) -> None:
    counts(tmp_path, FIRMS)
    expected = {"new": 0, "unchanged": 4, "changed": 0, "retired": 0, "gone": 2}
    assert counts(tmp_path, FIRMS[:4]) == expected


def test_an_edition_with_a_date_may_follow_one_without(tmp_path: Path) -> None:
    counts(tmp_path, FIRMS)
    assert counts(tmp_path, FIRMS[:5], "--as-of", "2026-01-31")["gone"] == 1
    assert counts(tmp_path, FIRMS[:4], "--as-of", "2026-02-28")["retired"] == 1
    undated = kg("ingest", "table", *ledger(tmp_path, FIRMS), "-o", tmp_path / "a.nq")
    assert "is of 2026-02-28, and this one has no date; pass --as-of" in error_of(undated, status=2)


def test_an_edition_of_which_more_than_half_changes_is_refused(tmp_path: Path) -> None:
    counts(tmp_path, FIRMS)
    before = (tmp_path / "a.nq").read_bytes()
    message = refusal(tmp_path, FIRMS[:2])
    assert "4 of 6 rows of the earlier edition change or are missing" in message
    assert "--accept-changes" in message
    assert (tmp_path / "a.nq").read_bytes() == before
    assert counts(tmp_path, FIRMS[:2], "--accept-changes")["gone"] == 4


def test_renumbered_keys_are_refused(tmp_path: Path) -> None:
    counts(tmp_path, FIRMS)
    assert "rows have the content of other keys (1 of them): the keys seem to be renumbered" in refusal(
        tmp_path, (*FIRMS[:3], *FIRMS[4:])
    )


@pytest.mark.parametrize("corrected", [1, 3])
def test_corrections_of_at_most_half_are_accepted(tmp_path: Path, corrected: int) -> None:
    counts(tmp_path, FIRMS)
    firms = tuple(f"新{firm}" if number < corrected else firm for number, firm in enumerate(FIRMS))
    assert counts(tmp_path, firms)["changed"] == corrected
