"""A null model of two-mode networks with fixed expected degrees: the bipartite configuration model.

Incidences are independent, and actor i is in link k with the probability ``p_ik = x_i y_k / (1 + x_i y_k)``, where x
and y are such that the expected degrees equal the observed ones. It is the model of greatest entropy among all
independent models with these degrees.

Citation: Saracco, Clemente, Gabrielli & Squartini 2015, Sci. Rep. 5, 10595; Neal, Domagalski & Sagan 2021, Sci. Rep.
11, 23929 (the stochastic degree sequence model).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError
from kg.measure.elementary import exp
from kg.measure.linear_algebra import solve

_TOLERANCE = 1e-8
_MAX_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class DegreeModel:
    """The probability of each incidence; rows of equal degree have equal probabilities, and so have columns.

    Attributes:
        row_class, column_class: the class of each row and of each column of the matrix.
        probability: classes of rows x classes of columns.
    """

    row_class: NDArray[np.int64]
    column_class: NDArray[np.int64]
    probability: NDArray[np.float64]

    def column_sizes(self) -> NDArray[np.int64]:
        """Return the number of columns of each class."""
        return np.bincount(self.column_class, minlength=self.probability.shape[1])

    def draw(self, rng: np.random.Generator) -> NDArray[np.bool_]:
        """Return a random matrix, rows x columns."""
        probability = self.probability[self.row_class][:, self.column_class]
        sample: NDArray[np.bool_] = rng.random(probability.shape) < probability
        return sample


def fit(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> DegreeModel:
    """Return the model for these degrees of rows and of columns, which must have equal sums.

    Degrees that admit a single matrix have probabilities close to 0 and 1.

    Raises:
        DataError: no matrix has these degrees.
    """
    if rows.sum() != columns.sum() or rows.max(initial=0) > len(columns) or columns.max(initial=0) > len(rows):
        raise DataError("no two-mode network has these degrees")
    row_degrees, row_class, row_sizes = np.unique(rows, return_inverse=True, return_counts=True)
    column_degrees, column_class, column_sizes = np.unique(columns, return_inverse=True, return_counts=True)
    probability = _maximise((row_degrees, row_sizes), (column_degrees, column_sizes))
    return DegreeModel(row_class, column_class, probability)


def _maximise(
    rows: tuple[NDArray[np.int64], NDArray[np.int64]], columns: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> NDArray[np.float64]:
    """Return the probabilities of greatest likelihood, by Newton's method in log x and log y of each class.

    The likelihood is concave, so its maximum is unique.
    """
    (row_degrees, n), (column_degrees, m) = rows, columns
    size = len(n)
    position = np.zeros(size + len(m))
    target = np.concatenate([row_degrees * n, column_degrees * m]).astype(float)
    weights = np.outer(n, m)
    side = np.where(np.arange(len(position)) < size, 1.0, -1.0)
    probability = _logistic(position, size)
    for _ in range(_MAX_STEPS):
        expected = weights * probability
        missing = target - np.concatenate([expected.sum(axis=1), expected.sum(axis=0)])
        if np.abs(missing / np.concatenate([n, m])).max(initial=0) < _TOLERANCE:
            return probability
        spread = expected * (1 - probability)
        curvature = np.block([[np.diag(spread.sum(axis=1)), spread], [spread.T, np.diag(spread.sum(axis=0))]])
        step = solve(curvature, missing)
        # A constant may move from all y to all x without effect; the shortest of these steps has no such part.
        step -= side * ((step * side).sum() / len(side))
        position += step * min(1.0, 2 / np.abs(step).max(initial=1e-300))
        probability = _logistic(position, size)
    raise DataError("no two-mode network has these degrees, or the fit did not converge")


def _logistic(position: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return the probability of each class of rows, the first `size` of `position`, with each class of columns."""
    return 1 / (1 + exp(-(position[:size, None] + position[None, size:])))
