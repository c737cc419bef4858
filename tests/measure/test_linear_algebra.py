"""Inverses, systems and eigenvectors against LAPACK's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.measure import linear_algebra

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def laplacian(n: int, seed: int) -> np.ndarray:
    weights = np.random.default_rng(seed).random((n, n))
    weights = np.triu(weights, 1) + np.triu(weights, 1).T
    return np.asarray(np.diag(weights.sum(axis=1)) - weights)


@given(st.integers(1, 20), st.integers(0, 9))
def test_the_inverse_is_that_of_lapack(n: int, seed: int) -> None:
    matrix = laplacian(n + 1, seed)[1:, 1:]
    assert linear_algebra.inverse(matrix) == pytest.approx(np.linalg.inv(matrix), rel=1e-9)


@given(st.integers(1, 20), st.integers(0, 9))
def test_a_system_is_solved_where_it_has_a_solution(n: int, seed: int) -> None:
    matrix, solution = laplacian(n, seed), np.random.default_rng(seed).random(n)
    right = (matrix * solution).sum(axis=1)
    actual = linear_algebra.solve(matrix, right)
    assert (matrix * actual).sum(axis=1) == pytest.approx(right, abs=1e-9)


def product_with(matrix: sp.csr_array) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    return lambda vector: np.asarray(matrix @ vector)


@given(st.integers(1, 40), st.integers(0, 9))
def test_the_largest_eigenvalue_is_that_of_lapack(n: int, seed: int) -> None:
    half = sp.random_array((n, n), density=0.3, rng=seed).tocsr()
    matrix = sp.csr_array(half + half.T)
    value, vector = linear_algebra.largest(product_with(matrix), np.ones(n))
    assert value == pytest.approx(np.linalg.eigvalsh(matrix.toarray())[-1], rel=1e-12, abs=1e-12)
    assert linear_algebra.length(vector) == pytest.approx(1)
    assert matrix @ vector == pytest.approx(value * vector, abs=1e-11)


def test_a_small_gap_between_eigenvalues_takes_restarts() -> None:
    n = 300
    path = sp.csr_array(np.diag(np.ones(n - 1), 1) + np.diag(np.ones(n - 1), -1))
    value, vector = linear_algebra.largest(product_with(path), np.ones(n))
    assert value == pytest.approx(2 * np.cos(np.pi / (n + 1)), rel=1e-14)
    assert np.abs(vector) == pytest.approx(
        np.sqrt(2 / (n + 1)) * np.sin(np.arange(1, n + 1) * np.pi / (n + 1)), abs=1e-9
    )


def test_a_matrix_without_real_eigenvalues_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear_algebra, "_RESTARTS", 3)
    turned = sp.csr_array(np.array([[0.0, 1.0], [-1.0, 0.0]]))
    with pytest.raises(DataError, match="does not converge"):
        linear_algebra.largest(lambda x: turned @ x, np.array([1.0, 2.0]))
