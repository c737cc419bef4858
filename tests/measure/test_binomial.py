"""The binomial distribution against sums of fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.measure.binomial import probabilities


@given(st.integers(1, 40), st.floats(0, 1), st.integers(1, 45))
def test_probabilities_and_tails_are_exact(trials: int, chance: float, most: int) -> None:
    q = Fraction(chance)
    each = [comb(trials, s) * q**s * (1 - q) ** (trials - s) for s in range(trials + 1)]
    terms, tails = probabilities(trials, np.array([chance]), most)
    assert terms[0] == pytest.approx([float(sum(each[s : s + 1])) for s in range(most)], rel=1e-12, abs=1e-300)
    assert tails[0] == pytest.approx([float(sum(each[s:])) for s in range(most + 1)], rel=1e-12, abs=1e-300)


def test_a_tail_far_below_the_mean_is_certain() -> None:
    _, tails = probabilities(100_000, np.array([0.5]), 3)
    assert tails[0].tolist() == [1, 1, 1, 1]
