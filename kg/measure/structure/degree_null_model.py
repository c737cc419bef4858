"""Random two-mode networks in which everybody keeps its number of links, and each link its number of parties.

They keep these on average: incidences are independent, and that of actor i in link k has the chance
``p_ik = x_i y_k / (1 + x_i y_k)``, with x and y such that the expected degrees are those seen (the bipartite
configuration model; of all independent models with these degrees the one of greatest entropy).

Citation: Saracco, Clemente, Gabrielli & Squartini 2015, Sci. Rep. 5, 10595; Neal, Domagalski & Sagan 2021, Sci. Rep.
11, 23929 (the stochastic degree sequence model).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError
from kg.measure.elementary import exp
from kg.measure.linear_algebra import solve

_CLOSE = 1e-8
_ROUNDS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """The chance of each incidence. Actors with as many links as each other have the same, and so have links.

    Attributes:
        row_class, column_class: the class of each row and of each column of the matrix.
        chance: classes of rows x classes of columns.
    """

    row_class: NDArray[np.int64]
    column_class: NDArray[np.int64]
    chance: NDArray[np.float64]

    def column_sizes(self) -> NDArray[np.int64]:
        """How many columns each class has."""
        return np.bincount(self.column_class, minlength=self.chance.shape[1])

    def draw(self, rng: np.random.Generator) -> NDArray[np.bool_]:
        """A matrix at random: rows x columns."""
        chance = self.chance[self.row_class][:, self.column_class]
        drawn: NDArray[np.bool_] = rng.random(chance.shape) < chance
        return drawn


def fit(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Chances:
    """The chances that give these degrees of rows and of columns, which have one sum.

    Degrees that admit one matrix alone have chances of 0 and 1, which are approached as far as numbers go.

    Raises:
        DataError: no matrix has these degrees.
    """
    if rows.sum() != columns.sum() or rows.max(initial=0) > len(columns) or columns.max(initial=0) > len(rows):
        raise DataError("no two-mode network has these degrees")
    row_degrees, row_class, row_sizes = np.unique(rows, return_inverse=True, return_counts=True)
    degrees, column_class, sizes = np.unique(columns, return_inverse=True, return_counts=True)
    chance = _solve((row_degrees, row_sizes), (degrees, sizes))
    return Chances(row_class, column_class, chance)


def _solve(
    rows: tuple[NDArray[np.int64], NDArray[np.int64]], columns: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> NDArray[np.float64]:
    """Newton's method on the likelihood, in log x and log y by class; it is concave, so that there is one answer."""
    (row_degrees, n), (column_degrees, m) = rows, columns
    size = len(n)
    place = np.zeros(size + len(m))
    wanted = np.concatenate([row_degrees * n, column_degrees * m]).astype(float)
    weights = np.outer(n, m)
    side = np.where(np.arange(len(place)) < size, 1.0, -1.0)
    chance = _logistic(place, size)
    for _ in range(_ROUNDS):
        expected = weights * chance
        missing = wanted - np.concatenate([expected.sum(axis=1), expected.sum(axis=0)])
        if np.abs(missing / np.concatenate([n, m])).max(initial=0) < _CLOSE:
            return chance
        spread = expected * (1 - chance)
        curvature = np.block([[np.diag(spread.sum(axis=1)), spread], [spread.T, np.diag(spread.sum(axis=0))]])
        step = solve(curvature, missing)
        # Adding to all x what is taken from all y changes nothing: of the many steps, the shortest.
        step -= side * ((step * side).sum() / len(side))
        place += step * min(1.0, 2 / np.abs(step).max(initial=1e-300))
        chance = _logistic(place, size)
    raise DataError("no two-mode network has these degrees, or the fit did not end")


def _logistic(place: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return the chance of each class of rows, the first `size` of `place`, with each class of columns."""
    return 1 / (1 + exp(-(place[:size, None] + place[None, size:])))
