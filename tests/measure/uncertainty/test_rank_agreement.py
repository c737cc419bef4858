"""Agreement of two rankings, compared with scipy, with the definitions, and with values computed by hand."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kg.measure.uncertainty.rank_agreement import Ranks, overlap, rbo, spearman, tau_b

SCORES = st.integers(2, 12).flatmap(
    lambda count: st.tuples(*[st.lists(st.integers(0, 5), min_size=count, max_size=count)] * 2)
)


def ranks(scores: list[int]) -> Ranks:
    return np.array([1 + sum(other > score for other in scores) for score in scores])


@given(SCORES)
def test_tau_b_and_rho_equal_those_of_scipy(scores: tuple[list[int], list[int]]) -> None:
    values = [statistic(*map(ranks, scores)) for statistic in (tau_b, spearman)]
    if any(len(set(side)) == 1 for side in scores):
        assert values == [None, None]
        return
    assert values[0] == pytest.approx(stats.kendalltau(*scores).statistic)
    assert values[1] == pytest.approx(stats.spearmanr(*scores).statistic)


@given(SCORES)
def test_tau_b_counts_concordant_and_discordant_pairs(scores: tuple[list[int], list[int]]) -> None:
    one, other = scores
    pairs = [((one[i] - one[j]), (other[i] - other[j])) for i, j in combinations(range(len(one)), 2)]
    concordant, discordant = (sum(a * b * sign > 0 for a, b in pairs) for sign in (1, -1))
    untied = [sum(pair[side] != 0 for pair in pairs) for side in (0, 1)]
    if all(untied):
        expected = (concordant - discordant) / sqrt(untied[0] * untied[1])
        assert tau_b(ranks(one), ranks(other)) == pytest.approx(expected)


def test_rank_biased_overlap_matches_values_computed_by_hand() -> None:
    first = np.array([1, 2, 3])
    # Agreement by depth is 1, 1/2, 1: 0.1 (1 + 0.9/2 + 0.81) + 0.729.
    assert rbo(first, np.array([1, 3, 2]), 0.9) == pytest.approx(0.955)
    # Agreement by depth is 0, 1/2, 1 with p = 1/2: 1/2 (0 + 1/4 + 1/4) + 1/8.
    assert rbo(first, np.array([3, 2, 1]), 0.5) == pytest.approx(0.5 * (0 + 0.5 * 0.5 + 0.25) + 0.125)
    assert rbo(first, first) == pytest.approx(1)


def test_rank_biased_overlap_keeps_ties() -> None:
    # At depth 1 the rankings have 1 and 3 items with one in common: 2 / 4; then 4 / 5, then 1.
    expected = 0.5 * (0.5 + 0.5 * 0.8 + 0.25) + 0.125
    assert rbo(np.array([1, 2, 3]), np.array([1, 1, 1]), 0.5) == pytest.approx(expected)


@given(SCORES)
def test_rank_biased_overlap_is_symmetric_and_between_0_and_1(scores: tuple[list[int], list[int]]) -> None:
    one, other = map(ranks, scores)
    value = rbo(one, other)
    assert 0 <= value <= 1 + 1e-12
    assert value == pytest.approx(rbo(other, one)) == pytest.approx(rbo(one[::-1], other[::-1]))


def test_overlap_of_the_first_ranks() -> None:
    first, second = np.array([1, 2, 3, 4]), np.array([2, 1, 4, 3])
    assert overlap(first, second, 2) == 1
    assert overlap(first, second, 3) == 2 / 4
    assert overlap(first, np.array([4, 3, 2, 1]), 1) == 0
    nothing = np.zeros(0, np.int64)
    assert overlap(nothing, nothing, 5) == rbo(nothing, nothing) == 1
