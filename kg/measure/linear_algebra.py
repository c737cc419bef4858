"""Linear algebra that has the same bits on every processor, with any number of threads.

BLAS and LAPACK choose the order of a sum by the processor and by the number of threads, so the last bits of their
results differ, and what iterates on them or sorts by them differs visibly. These functions multiply elementwise and
leave sums to NumPy's reductions, whose order is fixed. See docs/decisions/0021.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError

Numbers = NDArray[np.float64]

_CONVERGED = 1e-13  # of the largest value; what is left of the equation
_NOTHING = 1e-14  # of the largest value; what rounding leaves of 0
_FIRST, _MOST = 12, 1024  # dimensions of a space that is tested first, and of any
_RESTARTS = 100
_KEPT = 31 << 20  # bytes; glibc ignores blocks of 32 MB and more


def _keep_freed_memory() -> None:
    """Free one large block, so that glibc keeps freed memory for the next product.

    It keeps blocks up to the size of the largest one that was freed. It returns larger ones to the kernel, which clears
    them when they are requested again. This took more than half of the time of exact betweenness.
    """
    np.empty(_KEPT, np.uint8)


_keep_freed_memory()


def dot(a: Numbers, b: Numbers) -> float:
    """Return the sum of the products of two vectors."""
    return float((a * b).sum())


def length(vector: Numbers) -> float:
    """Return the Euclidean length of a vector."""
    return float(np.sqrt(dot(vector, vector)))


def inverse(matrix: Numbers) -> Numbers:
    """Return the inverse of a symmetric positive definite matrix, by Gauss-Jordan elimination without pivoting."""
    result, change = matrix.copy(), np.empty_like(matrix)
    for k in range(len(result)):
        pivot = result[k, k]
        row, column = result[k] / pivot, result[:, k].copy()
        column[k] = 0.0
        result -= np.multiply(column[:, None], row, out=change)
        result[:, k] = column / -pivot
        result[k] = row
        result[k, k] = 1 / pivot
    return result


def solve(matrix: Numbers, right: Numbers) -> Numbers:
    """Return an x with ``matrix x = right``, for a symmetric positive semidefinite matrix.

    Where a row depends on those before it, to 1e-14 of its diagonal, its x is 0.
    """
    left, solution = matrix.copy(), right.copy()
    least = _NOTHING * np.diag(matrix)
    pivots = np.zeros(len(solution), dtype=np.bool_)
    for k in range(len(solution)):
        pivots[k] = left[k, k] > least[k]
        if pivots[k]:
            factors = left[k + 1 :, k] / left[k, k]
            left[k + 1 :, k + 1 :] -= factors[:, None] * left[k, k + 1 :]
            solution[k + 1 :] -= factors * solution[k]
    for k in range(len(solution) - 1, -1, -1):
        rest = solution[k] - (left[k, k + 1 :] * solution[k + 1 :]).sum()
        solution[k] = rest / left[k, k] if pivots[k] else 0.0
    return solution


def largest(product: Callable[[Numbers], Numbers], start: Numbers) -> tuple[float, Numbers]:
    """Return the largest eigenvalue of a symmetric matrix, and a vector of it of length 1.

    Lanczos' method, restarted from its best vector where that has not converged in `_MOST` dimensions. The basis is not
    kept, but computed once for the tridiagonal matrix and again for the vector, so that memory does not grow with the
    dimensions.

    Args:
        product: maps x to the matrix times x.
        start: a vector that is not orthogonal to the one that is looked for.

    Citation: Lanczos 1950, J. Res. Natl. Bur. Stand. 45, 255-282; Paige 1980, Linear Algebra Appl. 34, 235-258 (the
    largest value converges although the basis does not stay orthogonal).

    Raises:
        DataError: the vector does not converge.
    """
    vector = start / length(start)
    for _ in range(_RESTARTS):
        value, weights, scale = _projected(product, vector)
        combined = np.zeros_like(vector)
        for weight, (one, _, _) in zip(weights.tolist(), _lanczos(product, vector), strict=False):
            combined += weight * one
        vector = combined / length(combined)
        if length(product(vector) - value * vector) <= _CONVERGED * scale:
            return value, vector
    raise DataError("the largest eigenvalue of the network does not converge")


def _projected(product: Callable[[Numbers], Numbers], vector: Numbers) -> tuple[float, Numbers, float]:
    """Return the largest eigenvalue in a Krylov space, its vector in the basis of that space, and the size of values.

    The space grows until the value has converged, which is tested in ever larger steps, as a test costs some steps.
    """
    diagonal: list[float] = []
    beside: list[float] = []
    test = _FIRST
    for _, along, out in islice(_lanczos(product, vector), _MOST):
        diagonal.append(along)
        beside.append(out)
        if len(diagonal) == test:
            test += max(test // 4, 4)
            value, weights = _largest_of_tridiagonal(diagonal, beside[:-1])
            if out * abs(weights[-1]) <= _CONVERGED / 2 * max(abs(value), *map(abs, diagonal)):
                break
    else:
        value, weights = _largest_of_tridiagonal(diagonal, beside[:-1])
    return value, weights, max(abs(value), *map(abs, diagonal))


def _lanczos(product: Callable[[Numbers], Numbers], vector: Numbers) -> Iterator[tuple[Numbers, float, float]]:
    """Yield the vectors of the basis, each with its values on the diagonal and beside it; end where none is left."""
    before, last, most = np.zeros_like(vector), 0.0, 0.0
    while True:
        image = product(vector) - last * before
        along = dot(vector, image)
        image = image - along * vector
        beside, most = length(image), max(most, abs(along))
        yield vector, along, beside
        if beside <= _NOTHING * most:
            return
        before, vector, last = vector, image / beside, beside


def _largest_of_tridiagonal(diagonal: Sequence[float], beside: Sequence[float]) -> tuple[float, Numbers]:
    """Return the largest eigenvalue of a symmetric tridiagonal matrix and its vector, by bisection."""
    if not beside:
        return diagonal[0], np.ones(1)
    sides = [0.0, *beside, 0.0]
    low = max(diagonal)
    high = max(value + sides[k] + sides[k + 1] for k, value in enumerate(diagonal))
    high += _NOTHING * abs(high)
    while low < (middle := low + (high - low) / 2) < high:
        low, high = (low, middle) if _pivots(middle, diagonal, beside) else (middle, high)
    pivots = _pivots(high, diagonal, beside)
    vector = np.ones(len(diagonal))  # all entries of the eigenvector have one sign, as those beside the diagonal have
    for _ in range(3):
        vector = _shifted(pivots, beside, vector)
        vector /= length(vector)
    return high, vector


def _pivots(shift: float, diagonal: Sequence[float], beside: Sequence[float]) -> list[float]:
    """Return the pivots of ``shift I - T``; none where `shift` is not above all eigenvalues."""
    pivots = [shift - diagonal[0]]
    for value, side in zip(diagonal[1:], beside, strict=True):
        if pivots[-1] <= 0:
            return []
        pivots.append(shift - value - side * side / pivots[-1])
    return pivots if pivots[-1] > 0 else []


def _shifted(pivots: Sequence[float], beside: Sequence[float], right: Numbers) -> Numbers:
    """Return the x of ``(shift I - T) x = right``."""
    solution = right.tolist()
    for k, side in enumerate(beside):
        solution[k + 1] += side / pivots[k] * solution[k]
    solution[-1] /= pivots[-1]
    for k in range(len(beside) - 1, -1, -1):
        solution[k] = (solution[k] + beside[k] * solution[k + 1]) / pivots[k]
    return np.array(solution)
