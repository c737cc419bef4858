"""What the measures of reach share: the matrices and graphs of a network, and linear systems on them."""

from collections.abc import Callable
from dataclasses import dataclass

import networkit as nk
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.linear_algebra import dot, largest, length
from kg.measure.scores import Scores
from kg.model import Text
from kg.network import Mode, Network

_CONVERGED = 1e-14
_STEPS = 20


def adjacency(network: Network, mode: Mode) -> sp.csr_array:
    """0/1 and symmetric; in two-mode the actors come first, then the links."""
    if mode == "one-mode":
        ties = network.projection("count")
        ties.data[:] = 1
        return ties
    incidences = network.incidence_matrix()
    return sp.csr_array(sp.block_array([[None, incidences.T.tocsr()], [incidences, None]]))


def graph(matrix: sp.csr_array) -> nk.Graph:
    """The undirected graph of a 0/1 matrix, as networkit has it."""
    upper = sp.triu(matrix, format="coo")
    # networkit takes the bytes of the ends for those of intp, whatever they are.
    ends = tuple(np.ascontiguousarray(axis, dtype=np.intp) for axis in upper.coords)
    return nk.GraphFromCoo((upper.data, ends), n=matrix.shape[0], weighted=False, directed=False)


def run(algorithm: nk.base.Algorithm) -> NDArray[np.float64]:
    """The scores of a networkit algorithm, run on one thread: several add up in an order that is never the same."""
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        algorithm.run()
    finally:
        nk.setNumberOfThreads(threads)
    return np.array(algorithm.scores())


def normalised(matrix: sp.csr_array) -> tuple[sp.csr_array, NDArray[np.float64]]:
    """``D^-1/2 W D^-1/2`` of a symmetric W, with eigenvalues from -1 to 1, and the square roots of the row sums D."""
    root = np.sqrt(matrix.sum(axis=1))
    scale = inverse(root)
    scaled = sp.csr_array(matrix, copy=True)
    scaled.data *= np.repeat(scale, np.diff(scaled.indptr)) * scale[scaled.indices]
    return scaled, root


def inverse(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """One over each value that is above 0, and 0 for the others."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Actors and links that give to each other over the incidences B: links get ``L B K x``, actors ``K B' L y``.

    Attributes:
        matrix: B, links x actors.
        links, actors: the diagonals L and K. They are not multiplied into B: that would take longer than they do.
    """

    matrix: sp.csr_array
    links: NDArray[np.float64]
    actors: NDArray[np.float64]

    def there(self, actors: NDArray[np.float64]) -> NDArray[np.float64]:
        """What links get of actors."""
        found: NDArray[np.float64] = self.links * (self.matrix @ (self.actors * actors))
        return found

    def back(self, links: NDArray[np.float64]) -> NDArray[np.float64]:
        """What actors get of links."""
        found: NDArray[np.float64] = self.actors * (self.matrix.T @ (self.links * links))
        return found

    def walks(
        self, factor: float, actors: NDArray[np.float64], links: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The x, y of ``x = factor back(y) + actors`` and ``y = factor there(x) + links``.

        y is put into the first, so that one side is solved for, in half of the steps that both would take.
        """
        found = solve(lambda x: factor * factor * self.back(self.there(x)), actors + factor * self.back(links))
        return found, links + factor * self.there(found)


def sides(matrix: sp.csr_array) -> Sides:
    """Incidences scaled by the roots of both degrees, so that no singular value is above 1."""
    links, actors = (inverse(np.sqrt(matrix.sum(axis=axis))) for axis in (1, 0))
    return Sides(matrix, links, actors)


def solve(
    product: Callable[[NDArray[np.float64]], NDArray[np.float64]], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The x of ``x = W x + right``, for W symmetric, told by its product, with all eigenvalues below 1.

    Citation: Hestenes & Stiefel 1952, J. Res. Natl. Bur. Stand. 49, 409-436 (conjugate gradients).
    """
    found, rest = np.zeros_like(right), right.copy()
    step, size = rest.copy(), dot(right, right)
    left = size
    while left > _CONVERGED**2 * size:
        change = step - product(step)
        far = left / dot(step, change)
        found += far * step
        rest -= far * change
        left, last = dot(rest, rest), left
        step = rest + left / last * step
    return found


def largest_component(matrix: sp.csr_array) -> NDArray[np.bool_]:
    """Mask of the component with most nodes; of equals, that of the first node."""
    if not matrix.shape[0]:
        return np.zeros(0, dtype=np.bool_)
    _, component = connected_components(matrix, directed=False)
    sizes = np.bincount(component)[component]
    mask: NDArray[np.bool_] = component == component[np.argmax(sizes)]
    return mask


def singular(matrix: sp.csr_array) -> tuple[float, NDArray[np.float64]]:
    """The largest singular value of a non-negative matrix, and its right vector: length 1, no entry below 0."""
    if matrix.shape[0] >= matrix.shape[1]:
        square, vector = principal(sp.csr_array(matrix.T @ matrix))
        return float(np.sqrt(square)), vector
    square, vector = principal(sp.csr_array(matrix @ matrix.T))
    return float(np.sqrt(square)), matrix.T @ vector / np.sqrt(square)


def principal(matrix: sp.csr_array) -> tuple[float, NDArray[np.float64]]:
    """The largest eigenvalue of a symmetric non-negative matrix, and its eigenvector: length 1, no entry below 0.

    Where the matrix falls into components of the same eigenvalue the vector is any of several.
    """
    # By Perron and Frobenius a vector has one sign, so that a start of one sign is not orthogonal to it.
    value, vector = largest(lambda x: matrix @ x, np.ones(matrix.shape[0]))
    vector = np.abs(vector)
    # The solver is exact to the largest entries, and these steps, which add and never subtract, to each by itself.
    for _ in range(_STEPS):
        vector = matrix @ vector
        vector /= length(vector)
    return value, vector


def scores(values: NDArray[np.number], *notes: Text) -> Scores:
    """A score for each actor; nan becomes ``None``."""
    plain = values.astype(np.float64).tolist()
    if np.isnan(values).any():
        return Scores(tuple(None if value != value else value for value in plain), notes)  # noqa: PLR0124 - nan is not itself
    return Scores(tuple(plain), notes)


def undefined(network: Network, why: Text) -> Scores:
    """No score for anybody."""
    return Scores((None,) * len(network.actors), (why,))
