"""Two orders side by side: against scipy, against the definitions, and worked out by hand."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kg.measure.uncertainty.rank_agreement import Ranks, overlap, rbo, spearman, tau_b

ORDERS = st.integers(2, 12).flatmap(
    lambda count: st.tuples(*[st.lists(st.integers(0, 5), min_size=count, max_size=count)] * 2)
)


def ranks(scores: list[int]) -> Ranks:
    return np.array([1 + sum(other > score for other in scores) for score in scores])


@given(ORDERS)
def test_tau_b_and_rho_are_those_of_the_scores(scores: tuple[list[int], list[int]]) -> None:
    found = [measure(*map(ranks, scores)) for measure in (tau_b, spearman)]
    if any(len(set(side)) == 1 for side in scores):
        assert found == [None, None]
        return
    assert found[0] == pytest.approx(stats.kendalltau(*scores).statistic)
    assert found[1] == pytest.approx(stats.spearmanr(*scores).statistic)


@given(ORDERS)
def test_tau_b_counts_pairs(scores: tuple[list[int], list[int]]) -> None:
    one, other = scores
    pairs = [((one[i] - one[j]), (other[i] - other[j])) for i, j in combinations(range(len(one)), 2)]
    same, opposite = (sum(a * b * sign > 0 for a, b in pairs) for sign in (1, -1))
    free = [sum(pair[side] != 0 for pair in pairs) for side in (0, 1)]
    if all(free):
        assert tau_b(ranks(one), ranks(other)) == pytest.approx((same - opposite) / sqrt(free[0] * free[1]))


def test_rank_biased_overlap_as_worked_out_by_hand() -> None:
    first = np.array([1, 2, 3])
    # Depths agree by 1, 1/2, 1: 0.1 (1 + 0.9/2 + 0.81) + 0.729.
    assert rbo(first, np.array([1, 3, 2]), 0.9) == pytest.approx(0.955)
    # By 0, 1/2, 1 with p = 1/2: 1/2 (0 + 1/4 + 1/4) + 1/8.
    assert rbo(first, np.array([3, 2, 1]), 0.5) == pytest.approx(0.5 * (0 + 0 / 2 + 0.25) + 0.125 + 0.5 * 0.5 * 0.5)
    assert rbo(first, first) == pytest.approx(1)


def test_rank_biased_overlap_lets_ties_be_ties() -> None:
    # At depth 1 one order has one thing and the other three, one in common: 2 / 4; then 4 / 5, then 1.
    expected = 0.5 * (0.5 + 0.5 * 0.8 + 0.25) + 0.125
    assert rbo(np.array([1, 2, 3]), np.array([1, 1, 1]), 0.5) == pytest.approx(expected)


@given(ORDERS)
def test_rank_biased_overlap_is_symmetric_between_0_and_1_and_knows_no_names(
    scores: tuple[list[int], list[int]],
) -> None:
    one, other = map(ranks, scores)
    found = rbo(one, other)
    assert 0 <= found <= 1 + 1e-12
    assert found == pytest.approx(rbo(other, one)) == pytest.approx(rbo(one[::-1], other[::-1]))


def test_overlap_of_the_first() -> None:
    first, second = np.array([1, 2, 3, 4]), np.array([2, 1, 4, 3])
    assert overlap(first, second, 2) == 1
    assert overlap(first, second, 3) == 2 / 4
    assert overlap(first, np.array([4, 3, 2, 1]), 1) == 0
    assert overlap(np.zeros(0, np.int64), np.zeros(0, np.int64), 5) == rbo(*[np.zeros(0, np.int64)] * 2) == 1
