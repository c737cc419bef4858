"""p-values, false discoveries, and matrices dealt anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from kg.measure import significance


def test_a_p_is_never_0_and_counts_the_value_itself() -> None:
    drawn = np.array([1.0, 2.0, 3.0])
    assert significance.at_least(4, drawn) == 0.25
    assert significance.at_least(3, drawn) == 0.5
    assert significance.at_most(3, drawn) == 1
    assert significance.two_sided(4, drawn) == 0.5


def test_digits_left_over_are_no_difference() -> None:
    assert significance.at_least(0.1 + 0.2, np.array([0.3])) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_p_are_those_of_scipy(p: list[float]) -> None:
    assert significance.false_discovery(p, len(p)) == pytest.approx(false_discovery_control(p))


def test_tests_that_are_not_listed_count() -> None:
    assert significance.false_discovery([0.01, 0.02], 10) == pytest.approx([0.1, 0.1])


def test_shuffled_keeps_the_labels_and_is_the_same_each_time() -> None:
    labels = np.array([0, 0, 1, 2, 2, 2])
    drawn = np.array(list(significance.shuffled(labels, 50)))
    assert (np.sort(drawn, axis=1) == labels).all()
    assert (drawn == np.array(list(significance.shuffled(labels, 50)))).all()
    assert len(np.unique(drawn, axis=0)) > 20


def test_rewired_matrices_keep_rows_and_columns_and_all_come_up_alike() -> None:
    matrix = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1]], dtype=bool)
    seen: dict[bytes, int] = {}
    for drawn in significance.rewired(matrix, 6000):
        assert (drawn.sum(axis=0) == matrix.sum(axis=0)).all()
        assert (drawn.sum(axis=1) == matrix.sum(axis=1)).all()
        seen[drawn.tobytes()] = seen.get(drawn.tobytes(), 0) + 1
    counted = [
        bits
        for bits in np.ndindex(*[2] * 9)
        if (np.reshape(bits, (3, 3)).sum(axis=0) == [2, 2, 1]).all()
        and (np.reshape(bits, (3, 3)).sum(axis=1) == [2, 1, 2]).all()
    ]
    assert len(seen) == len(counted)
    assert np.array(list(seen.values())) / 6000 == pytest.approx(np.full(len(seen), 1 / len(seen)), abs=0.03)
