"""P-values, the false discovery rate, and random matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from kg.measure import significance


def test_a_p_value_is_never_0_and_includes_the_observed_value() -> None:
    draws = np.array([1.0, 2.0, 3.0])
    assert significance.upper_p(4, draws) == 0.25
    assert significance.upper_p(3, draws) == 0.5
    assert significance.lower_p(3, draws) == 1
    assert significance.two_sided_p(4, draws) == 0.5


def test_summation_error_does_not_change_a_p_value() -> None:
    assert significance.upper_p(0.1 + 0.2, np.array([0.3])) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_p_values_equal_those_of_scipy(p: list[float]) -> None:
    assert significance.benjamini_hochberg(p, len(p)) == pytest.approx(false_discovery_control(p))


def test_unlisted_tests_count_in_the_adjustment() -> None:
    assert significance.benjamini_hochberg([0.01, 0.02], 10) == pytest.approx([0.1, 0.1])


def test_permutations_keep_the_labels_and_are_reproducible() -> None:
    labels = np.array([0, 0, 1, 2, 2, 2])
    draws = np.array(list(significance.permutations(labels, 50)))
    assert (np.sort(draws, axis=1) == labels).all()
    assert (draws == np.array(list(significance.permutations(labels, 50)))).all()
    assert len(np.unique(draws, axis=0)) > 20


def test_curveball_keeps_row_and_column_sums_and_is_uniform() -> None:
    matrix = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1]], dtype=bool)
    counts: dict[bytes, int] = {}
    for draws in significance.curveball(matrix, 6000):
        assert (draws.sum(axis=0) == matrix.sum(axis=0)).all()
        assert (draws.sum(axis=1) == matrix.sum(axis=1)).all()
        counts[draws.tobytes()] = counts.get(draws.tobytes(), 0) + 1
    possible = [
        bits
        for bits in np.ndindex(*[2] * 9)
        if (np.reshape(bits, (3, 3)).sum(axis=0) == [2, 2, 1]).all()
        and (np.reshape(bits, (3, 3)).sum(axis=1) == [2, 1, 2]).all()
    ]
    assert len(counts) == len(possible)
    assert np.array(list(counts.values())) / 6000 == pytest.approx(np.full(len(counts), 1 / len(counts)), abs=0.03)
