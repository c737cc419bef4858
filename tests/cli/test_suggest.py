"""`kg suggest`: candidates with reasons, and the evaluation of methods."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.stores import error_of, kg

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["rank", "actor", "label", "sector", "score", "reasons", "links"]


def test_suggestions_have_reasons_with_links(small: Path) -> None:
    done = kg("suggest", "bellows", "--format", "json", store=small)
    assert done.status == 0, done.err
    rows = json.loads(done.out)
    assert rows
    for row in rows:
        assert list(row) == COLUMNS
        assert row["reasons"].startswith("shares “")
        for link in row["links"].split():
            assert "evidence" in kg("show", link, store=small).out
    assert "These are suggestions" in done.err
    assert kg("suggest", "bellows", "--format", "json", store=small).out == done.out


def test_options_select_suggestions(small: Path) -> None:
    rows = json.loads(
        kg("suggest", "bellows", "--method", "paths", "--limit", "1", "--format", "json", store=small).out
    )
    assert len(rows) == 1
    sector = rows[0]["sector"]
    only = json.loads(kg("suggest", "bellows", "--sector", sector, "--format", "json", store=small).out)
    assert {row["sector"] for row in only} == {sector}


def test_methods_are_evaluated_on_later_links(small: Path) -> None:
    done = kg("suggest", "--evaluate", "--split", "2025-05-10", "--format", "json", store=small)
    assert done.status == 0, done.err
    rows = json.loads(done.out)
    assert [row["method"] for row in rows][-2:] == ["popularity", "random"]
    assert "Before 2025-05-10: " in done.err
    assert any(words in done.err for words in ("too few actors to compare methods", "methods cannot be compared"))


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 2, "pass either an actor or --evaluate"),
        (("anvil", "--evaluate"), 2, "pass either an actor or --evaluate"),
        (("anvil", "--split", "2025-01-01"), 2, "--split requires --evaluate"),
        (("--evaluate", "--method", "paths"), 2, "tests all methods"),
        (("anvil", "--sector", "frim"), 2, "there is no sector 'frim'"),
        (("anvil", "--method", "luck"), 2, "Invalid value for '--method'"),
        (("--evaluate", "--include-undated"), 2, "omit --include-undated"),
        (("--evaluate", "--date-mode", "in-force"), 2, "omit --include-undated"),
        (("anvil", "--layer", "guides"), 1, "takes part in no link of this network"),
        (("unknown-name",), 1, "unknown-name"),
    ],
)
def test_errors_are_one_sentence(small: Path, words: tuple[str, ...], status: int, message: str) -> None:
    assert message in error_of(kg("suggest", *words, store=small), status=status)
