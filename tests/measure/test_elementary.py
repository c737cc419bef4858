"""Logarithms, exponentials and powers against those of the C library, which differ by a few units of the last place."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.measure import elementary

positive = st.floats(min_value=1e-300, max_value=1e300)


@given(st.floats(min_value=-700, max_value=700))
def test_exponentials(x: float) -> None:
    assert float(elementary.exp(np.array([x]))[0]) == pytest.approx(math.exp(x), rel=1e-15)


def test_exponentials_at_the_ends() -> None:
    ends = elementary.exp(np.array([-np.inf, -800.0, 0.0]))
    assert ends.tolist() == [0.0, 0.0, 1.0]


@given(positive)
def test_logarithms(x: float) -> None:
    assert float(elementary.log(np.array([x]))[0]) == pytest.approx(math.log(x), rel=1e-15, abs=1e-300)
    assert float(elementary.log2(np.array([x]))[0]) == pytest.approx(math.log2(x), rel=1e-15, abs=1e-300)


def test_powers_of_two_have_whole_logarithms() -> None:
    exponents = np.arange(-1000.0, 1000.0)
    assert elementary.log2(2.0**exponents).tolist() == exponents.tolist()


@given(st.floats(min_value=0, max_value=1), st.integers(0, 60))
def test_powers(base: float, exponent: int) -> None:
    exact = Fraction(base) ** exponent
    actual = elementary.power(np.array([base]), np.array([exponent]))
    assert float(actual[0]) == pytest.approx(float(exact), rel=1e-13, abs=1e-300)


def test_powers_of_one_base() -> None:
    assert elementary.power(np.array(0.5), np.arange(4)).tolist() == [1, 0.5, 0.25, 0.125]


def test_factorials() -> None:
    n = np.array([0, 1, 2, 15, 16, 17, 100, 12_345])
    exact = [math.lgamma(one + 1) for one in n.tolist()]
    assert elementary.log_factorial(n) == pytest.approx(exact, rel=1e-15)
