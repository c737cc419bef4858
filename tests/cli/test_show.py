"""`kg show`: one node with its evidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.stores import error_of, kg

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "word", ["anvil", "id:anvil", "https://w3id.org/helix-kg/id/anvil", "Anvil Works", "anvil works", "铁砧公司"]
)
def test_an_actor_is_found_by_key_iri_or_name(small: Path, word: str) -> None:
    done = kg("show", word, "--format", "json", store=small)
    assert (done.status, done.err) == (0, "")
    rows = json.loads(done.out)
    assert list(rows[0]) == ["property", "value", "label", "evidence"]
    assert {"Anvil Works", "铁砧公司"} <= {row["value"] for row in rows}
    assert any(row["value"].endswith("/link/pact") for row in rows)
    assert all(row["evidence"] for row in rows)


def test_a_link_is_shown_with_labels_in_the_selected_language(small: Path) -> None:
    assert "University of the North" in kg("show", "link/pact", store=small).out
    assert "北方大学" in kg("show", "link/pact", "--lang", "zh", store=small).out


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("Anvil Work", "kg: there is no actor 'Anvil Work' in this store; the nearest are id:anvil"),
        ("anvl", "the nearest are id:anvil"),
        ("北方大", "the nearest are id:north"),
        ("zzzzzz", "kg: there is no actor 'zzzzzz' in this store; "),
        ("", "kg: there is no actor '' in this store; "),
        ("a b <c>", "kg: there is no actor 'a b <c>' in this store; "),
    ],
)
def test_an_unknown_actor_is_reported_with_the_nearest_names(small: Path, word: str, message: str) -> None:
    assert message in error_of(kg("show", word, store=small))


@pytest.mark.parametrize("fmt", ["csv", "tsv"])
def test_csv_and_tsv(small: Path, fmt: str) -> None:
    delimiter = {"csv": ",", "tsv": "\t"}[fmt]
    lines = kg("show", "anvil", "--format", fmt, store=small).out.splitlines()
    assert lines[0] == delimiter.join(("property", "value", "label", "evidence"))
    assert len(lines) > 5
