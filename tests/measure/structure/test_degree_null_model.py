"""The bipartite configuration model: it is the one solution of its form, and has the degrees that were asked for."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.datasets import two_mode
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import DataError
from kg.measure.structure import degree_null_model

matrices = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(lambda shape: arrays(np.bool_, shape))


def whole(chances: degree_null_model.Chances) -> np.ndarray:
    return chances.chance[chances.row_class][:, chances.column_class]


@given(matrices)
def test_expected_degrees_are_those_asked_for(matrix: np.ndarray) -> None:
    found = whole(degree_null_model.fit(matrix.sum(axis=1), matrix.sum(axis=0)))
    assert found.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=1e-6)
    assert found.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=1e-6)


def test_odds_are_a_product_of_row_and_column() -> None:
    """With the degrees, this is what makes it the only solution: ``p / (1 - p) = x_i y_k``."""
    matrix = two_mode("southern_women").incidence_matrix().toarray().T > 0
    found = whole(degree_null_model.fit(matrix.sum(axis=1), matrix.sum(axis=0)))
    assert found.sum() == pytest.approx(89)
    odds = np.log(found / (1 - found))
    apart = odds - odds.mean(axis=0) - odds.mean(axis=1)[:, None] + odds.mean()
    assert apart == pytest.approx(np.zeros_like(apart), abs=1e-9)


def test_equal_degrees_have_one_chance() -> None:
    assert whole(degree_null_model.fit(np.full(6, 2), np.full(4, 3))) == pytest.approx(np.full((6, 4), 0.5))


def test_degrees_of_one_matrix_alone_have_chances_of_0_and_1() -> None:
    found = whole(degree_null_model.fit(np.array([3, 2, 1]), np.array([3, 2, 1])))
    assert found == pytest.approx(np.tri(3)[::-1], abs=1e-6)


@pytest.mark.parametrize(("rows", "columns"), [([2, 1], [1, 1]), ([3], [1, 1, 1, 1]), ([3, 0], [3, 0]), ([2], [1])])
def test_degrees_of_no_matrix_are_refused(rows: list[int], columns: list[int]) -> None:
    with pytest.raises(DataError, match="no two-mode network has these degrees"):
        degree_null_model.fit(np.array(rows), np.array(columns))


def test_drawn_matrices_have_the_chances() -> None:
    chances = degree_null_model.fit(np.array([3, 1, 1]), np.array([2, 2, 1]))
    rng = np.random.default_rng(0)
    assert np.mean([chances.draw(rng) for _ in range(4000)], axis=0) == pytest.approx(whole(chances), abs=0.03)


def test_no_actors_and_no_links() -> None:
    assert degree_null_model.fit(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).chance.shape == (0, 0)
