"""Specialisation: advantage, relatedness and complexity, compared with their definitions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from helpers.networks import ID, incidence
from helpers.texts import notes_of
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.measure.structure import specialisation
from kg.model import Text
from kg.network import build

LINKS = {"a": "U1 I1", "b": "U1 I2", "c": "U2 I1", "d": "U2 G1", "e": "U3 I1", "f": "I2 G1"}
TOPICS = {"a": ("ai",), "b": ("ai", "steel"), "c": ("steel",), "e": ("ai", "wind"), "f": ("wind",)}
CHAIN = np.array([[1, 1, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1]], dtype=bool)

matrices = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(0, 4))
)


def table(links: dict[str, Any] = LINKS, **options: Any) -> Any:
    topics = {f"{ID}link/{key}": value for key, value in TOPICS.items()}
    names = {"ai": Text("artificial intelligence", "人工智能"), "steel": Text("steel", None)}
    return specialisation.table(build(incidence(links)), topics, names, **options)


def rows(cells: Any) -> dict[tuple[str, str], dict[str, Any]]:
    dicts = (dict(zip(cells.columns, row, strict=True)) for row in cells.rows)
    return {(row["actor"].removeprefix(ID), row["field"]): row for row in dicts}


@given(matrices)
def test_advantage_is_a_ratio_of_shares(links: np.ndarray) -> None:
    assume(links.any(axis=0).all() and links.any(axis=1).all())
    result = specialisation.rca(links)
    row, column = links.shape[0] - 1, 0
    assert result[row, column] == pytest.approx(
        (links[row, column] / links[row].sum()) / (links[:, column].sum() / links.sum())
    )
    # Weighted by the expected numbers, advantages average to 1.
    assert (result * np.outer(links.sum(axis=1), links.sum(axis=0))).sum() == pytest.approx(links.sum() ** 2)


def test_relatedness_matches_values_computed_by_hand() -> None:
    related = specialisation.relatedness(CHAIN)
    phi = np.array([[0, 1 / 2, 1 / 3, 0], [1 / 2, 0, 2 / 3, 0], [1 / 3, 2 / 3, 0, 1 / 3], [0, 0, 1 / 3, 0]])
    assert related == pytest.approx(CHAIN @ phi / phi.sum(axis=0))
    assert related[1, 3] == pytest.approx(1)  # the second actor has every field that is near to field 3
    assert related[2, 0] == pytest.approx((1 / 3) / (5 / 6))


def test_relatedness_is_undefined_without_proximity() -> None:
    related = specialisation.relatedness(np.array([[1, 0], [0, 1]], dtype=bool))
    assert np.isnan(related).all()


def test_complexity_is_the_second_eigenvector() -> None:
    rng = np.random.default_rng(6)
    special = rng.random((9, 12)) < 0.4
    special[:, 0] = True
    index = specialisation.complexity(special)
    assert not isinstance(index, Text)
    cells = special.astype(float)[:, special.any(axis=0)]
    walk = (cells / cells.sum(axis=0)) @ cells.T / cells.sum(axis=1)[:, None]
    values, vectors = np.linalg.eig(walk)
    second = vectors[:, np.argsort(-values.real)[1]].real
    second = (second - second.mean()) / second.std()
    assert np.abs(index) == pytest.approx(np.abs(second), abs=1e-8)
    assert index.mean() == pytest.approx(0, abs=1e-9)
    assert index.std() == pytest.approx(1)
    assert np.corrcoef(index, special.sum(axis=1))[0, 1] > 0


@pytest.mark.parametrize(
    ("special", "reason"),
    [
        (np.ones((2, 5), dtype=bool), "2 actors and 5 fields are too few; 3 of each are needed"),
        (np.ones((5, 2), dtype=bool), "5 actors and 2 fields are too few"),
        (np.eye(3, dtype=bool), "form 3 separate components"),
        (np.ones((4, 4), dtype=bool), "is multiple"),
        (~np.eye(4, dtype=bool), "is multiple"),
        (np.zeros((0, 0), dtype=bool), "0 actors and 0 fields are too few"),
    ],
)
def test_undefined_complexity_has_a_reason(special: np.ndarray, reason: str) -> None:
    result = specialisation.complexity(special)
    assert isinstance(result, Text)
    assert reason in (result.en or "")


def test_rows_are_fields_with_links_and_related_fields() -> None:
    result = rows(table())
    assert {key: row["links"] for key, row in result.items()} == {
        ("U1", "ai"): 2, ("U1", "steel"): 1, ("U2", "steel"): 1, ("U2", "ai"): 0, ("U3", "wind"): 1, ("U3", "ai"): 1,
    } | {key: 0 for key, row in result.items() if not row["links"]}  # fmt: skip
    # U1 has 2 of its 3 links in ai, which has 3 of all 6.
    assert result["U1", "ai"]["rca"] == pytest.approx((2 / 3) / (3 / 6))
    assert result["U1", "ai"]["specialised"] is None  # on two links
    assert result["U1", "ai"]["rca_lower"] < result["U1", "ai"]["rca"] < result["U1", "ai"]["rca_upper"]
    assert result["U1", "ai"]["field_label"] == "artificial intelligence"
    assert rows(table(lang="zh"))["U1", "ai"]["field_label"] == "人工智能"


def test_links_of_unknown_field_are_counted() -> None:
    notes = notes_of(table())
    assert "3 actors of the sector university have links about 3 fields." in notes
    assert "Left out: 1 links of such actors whose field is unknown." in notes


def test_an_actor_selects_its_rows() -> None:
    assert {actor for actor, _ in rows(table(actor=ID + "U2"))} == {"U2"}
    assert rows(table(actor=ID + "U2"))["U2", "steel"] == rows(table())["U2", "steel"]


def test_a_sector_selects_its_actors() -> None:
    assert {actor for actor, _ in rows(table(sector="firm"))} == {"I1", "I2"}


def test_an_empty_sector_lists_the_existing_sectors() -> None:
    empty = table(sector="institute")
    assert empty.rows == ()
    assert "Sectors in this network: firm, government, university." in notes_of(empty)


def test_an_empty_network_has_no_rows() -> None:
    assert table({}).rows == ()
