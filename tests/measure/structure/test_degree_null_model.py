"""The bipartite configuration model: its form and its expected degrees."""

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


def whole(model: degree_null_model.DegreeModel) -> np.ndarray:
    return model.probability[model.row_class][:, model.column_class]


@given(matrices)
def test_expected_degrees_equal_the_given_ones(matrix: np.ndarray) -> None:
    probability = whole(degree_null_model.fit(matrix.sum(axis=1), matrix.sum(axis=0)))
    assert probability.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=1e-6)
    assert probability.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=1e-6)


def test_odds_are_a_product_of_row_and_column() -> None:
    # With the degrees, the form p / (1 - p) = x_i y_k makes the solution unique.
    matrix = two_mode("southern_women").incidence_matrix().toarray().T > 0
    probability = whole(degree_null_model.fit(matrix.sum(axis=1), matrix.sum(axis=0)))
    assert probability.sum() == pytest.approx(89)
    odds = np.log(probability / (1 - probability))
    interaction = odds - odds.mean(axis=0) - odds.mean(axis=1)[:, None] + odds.mean()
    assert interaction == pytest.approx(np.zeros_like(interaction), abs=1e-9)


def test_equal_degrees_have_equal_probabilities() -> None:
    assert whole(degree_null_model.fit(np.full(6, 2), np.full(4, 3))) == pytest.approx(np.full((6, 4), 0.5))


def test_degrees_of_a_unique_matrix_have_probabilities_0_and_1() -> None:
    probability = whole(degree_null_model.fit(np.array([3, 2, 1]), np.array([3, 2, 1])))
    assert probability == pytest.approx(np.tri(3)[::-1], abs=1e-6)


@pytest.mark.parametrize(("rows", "columns"), [([2, 1], [1, 1]), ([3], [1, 1, 1, 1]), ([3, 0], [3, 0]), ([2], [1])])
def test_impossible_degrees_are_refused(rows: list[int], columns: list[int]) -> None:
    with pytest.raises(DataError, match="no two-mode network has these degrees"):
        degree_null_model.fit(np.array(rows), np.array(columns))


def test_random_matrices_have_the_probabilities() -> None:
    model = degree_null_model.fit(np.array([3, 1, 1]), np.array([2, 2, 1]))
    rng = np.random.default_rng(0)
    assert np.mean([model.draw(rng) for _ in range(4000)], axis=0) == pytest.approx(whole(model), abs=0.03)


def test_an_empty_network_has_an_empty_model() -> None:
    assert degree_null_model.fit(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).probability.shape == (0, 0)
