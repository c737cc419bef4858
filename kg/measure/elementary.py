"""Logarithms, exponentials and powers that have the same bits on every processor.

NumPy and the C library choose their implementation by the processor, and the last bit of a result depends on it. These
functions use additions, multiplications and divisions alone, which IEEE 754 rounds in one way only. Arguments are
arrays of float64; the relative error is a few units of the last place.

Citation: Muller, Elementary Functions, 3rd ed. 2016 (argument reduction and series).
"""

from math import factorial

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

LN_2 = 0.6931471805599453
_LN_2_HIGH = 6.93147180369123816490e-01  # the first 32 bits: its products with exponents are exact
_LN_2_LOW = 1.90821492927058770002e-10
_HALF_LN_2_PI = 0.9189385332046727
_ROOT_HALF = 0.7071067811865476
_LEAST, _MOST = -745.0, 709.0  # beyond, exp is 0 or not finite
_EXP = tuple(1 / factorial(power) for power in range(13, -1, -1))
_ATANH = tuple(1 / power for power in range(23, 0, -2))
_STIRLING = (1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12)
_FACTORIALS = np.array([factorial(number) for number in range(16)], dtype=np.float64)


def exp(x: Numbers) -> Numbers:
    """Return e to the power of each `x`: 0 below -745; arguments above 709 count as 709."""
    bounded = np.clip(x, _LEAST, _MOST)
    exponent = np.rint(bounded / LN_2)
    rest = (bounded - exponent * _LN_2_HIGH) - exponent * _LN_2_LOW
    values: Numbers = np.where(x < _LEAST, 0.0, np.ldexp(_polynomial(_EXP, rest), exponent.astype(np.int32)))
    return values


def log(x: Numbers) -> Numbers:
    """Return the natural logarithm of each `x`, which must be above 0."""
    mantissa, exponent = _split(x)
    return exponent * _LN_2_HIGH + (_log_near_one(mantissa) + exponent * _LN_2_LOW)


def log2(x: Numbers) -> Numbers:
    """Return the logarithm to base 2 of each `x`, which must be above 0; exact for powers of two."""
    mantissa, exponent = _split(x)
    return exponent + _log_near_one(mantissa) / LN_2


def power(base: Numbers, exponents: NDArray[np.int64]) -> Numbers:
    """Return each `base` to the power of its exponent, a whole number of at least 0, by repeated squaring."""
    base, left = np.broadcast_arrays(np.asarray(base, dtype=np.float64), exponents)
    product = np.ones(base.shape)
    while left.any():
        product = np.where(left & 1, product * base, product)
        base, left = base * base, left >> 1
    return product


def log_factorial(n: NDArray[np.int64]) -> Numbers:
    """Return the natural logarithm of ``n!`` for each `n` of at least 0.

    Above 15 by Stirling's series, ``(z - 1/2) ln z - z + ln(2 pi) / 2 + 1 / 12z - ...`` with ``z = n + 1``.
    """
    z = np.maximum(n, len(_FACTORIALS)) + 1.0
    inverse = 1 / z
    series = _polynomial(_STIRLING, inverse * inverse) * inverse
    large = (z - 0.5) * log(z) - z + (_HALF_LN_2_PI + series)
    small = log(_FACTORIALS)[np.minimum(n, len(_FACTORIALS) - 1)]
    logarithm: Numbers = np.where(n < len(_FACTORIALS), small, large)
    return logarithm


def _split(x: Numbers) -> tuple[Numbers, Numbers]:
    """Return m and k with ``x = m 2^k`` and m from sqrt(1/2) to sqrt(2)."""
    mantissa, exponent = np.frexp(x)
    low = mantissa < _ROOT_HALF
    return np.where(low, 2 * mantissa, mantissa), (exponent - low).astype(np.float64)


def _log_near_one(x: Numbers) -> Numbers:
    """Return the natural logarithm, as ``2 atanh((x - 1) / (x + 1))``."""
    ratio = (x - 1) / (x + 1)
    return 2 * ratio * _polynomial(_ATANH, ratio * ratio)


def _polynomial(coefficients: tuple[float, ...], x: Numbers) -> Numbers:
    """Return the polynomial whose coefficients are given from the highest power down (Horner's scheme)."""
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value
