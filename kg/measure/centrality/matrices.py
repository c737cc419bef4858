"""Matrices and graphs of a network, and linear systems on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.linear_algebra import dot, largest, length
from kg.measure.scores import Scores
from kg.network import Mode, Network
from kg.texts import Text

if TYPE_CHECKING:
    import networkit as nk

_TOLERANCE = 1e-14
_POWER_STEPS = 20

Numbers = NDArray[np.float64]


def adjacency(network: Network, mode: Mode) -> sp.csr_array:
    """Return the symmetric 0/1 adjacency matrix; in two-mode, actors come first and links follow."""
    if mode == "one-mode":
        ties = network.projection("count")
        ties.data[:] = 1
        return ties
    incidences = network.incidence_matrix()
    return sp.csr_array(sp.block_array([[None, incidences.T.tocsr()], [incidences, None]]))


def to_networkit(matrix: sp.csr_array) -> "nk.Graph":
    """Return the undirected networkit graph of a symmetric 0/1 matrix."""
    import networkit as nk  # noqa: PLC0415 - takes 0.5 s, and most measures do not need it

    upper = sp.triu(matrix, format="coo")
    # networkit reads the ends as intp, whatever their type is.
    ends = tuple(np.ascontiguousarray(axis, dtype=np.intp) for axis in upper.coords)
    return nk.GraphFromCoo((upper.data, ends), n=matrix.shape[0], weighted=False, directed=False)


def run(algorithm: "nk.base.Algorithm") -> Numbers:
    """Return the scores of a networkit algorithm; one thread makes the order of its sums reproducible."""
    import networkit as nk  # noqa: PLC0415 - takes 0.5 s, and most measures do not need it

    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        algorithm.run()
    finally:
        nk.setNumberOfThreads(threads)
    return np.array(algorithm.scores())


def normalised(matrix: sp.csr_array) -> tuple[sp.csr_array, Numbers]:
    """Return ``D^-1/2 W D^-1/2`` of a symmetric W, and the square roots of its row sums D.

    The eigenvalues of the result are between -1 and 1.
    """
    root = np.sqrt(matrix.sum(axis=1))
    scale = inverse(root)
    scaled = sp.csr_array(matrix, copy=True)
    scaled.data *= np.repeat(scale, np.diff(scaled.indptr)) * scale[scaled.indices]
    return scaled, root


def inverse(values: Numbers) -> Numbers:
    """Return the inverse of each positive value, and 0 for the others."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


@dataclass(frozen=True, slots=True, eq=False)
class BipartiteOperator:
    """Products with scaled incidences B: ``L B K x`` for links, ``K B' L y`` for actors.

    Attributes:
        matrix: B, links x actors.
        transposed: B', because scipy takes longer to transpose than to multiply.
        links, actors: the diagonals L and K. They are not multiplied into B, because that costs more than the products.
    """

    matrix: sp.csr_array
    transposed: sp.csc_array
    links: Numbers
    actors: Numbers

    def to_links(self, actors: Numbers) -> Numbers:
        """Return ``L B K x`` for values x of the actors."""
        product: Numbers = self.links * (self.matrix @ (self.actors * actors))
        return product

    def to_actors(self, links: Numbers) -> Numbers:
        """Return ``K B' L y`` for values y of the links."""
        product: Numbers = self.actors * (self.transposed @ (self.links * links))
        return product

    def solve(self, factor: float, actors: Numbers, links: Numbers) -> tuple[Numbers, Numbers]:
        """Return the x, y of ``x = factor to_actors(y) + actors`` and ``y = factor to_links(x) + links``.

        The system is solved for x alone, with y substituted, which halves the number of steps.
        """
        x = conjugate_gradients(
            lambda x: factor * factor * self.to_actors(self.to_links(x)), actors + factor * self.to_actors(links)
        )
        return x, links + factor * self.to_links(x)


def normalised_incidences(matrix: sp.csr_array) -> BipartiteOperator:
    """Return incidences divided by the square roots of both degrees, so that singular values are at most 1."""
    links, actors = (inverse(np.sqrt(matrix.sum(axis=axis))) for axis in (1, 0))
    return BipartiteOperator(matrix, matrix.T, links, actors)


def conjugate_gradients(product: Callable[[Numbers], Numbers], right: Numbers) -> Numbers:
    """Return the x of ``x = W x + right``, for the `product` with a symmetric W whose eigenvalues are below 1.

    Citation: Hestenes & Stiefel 1952, J. Res. Natl. Bur. Stand. 49, 409-436.
    """
    x, residual = np.zeros_like(right), right.copy()
    direction, size = residual.copy(), dot(right, right)
    remaining = size
    while remaining > _TOLERANCE**2 * size:
        change = direction - product(direction)
        step = remaining / dot(direction, change)
        x += step * direction
        residual -= step * change
        remaining, last = dot(residual, residual), remaining
        direction = residual + remaining / last * direction
    return x


def largest_component(matrix: sp.csr_array) -> NDArray[np.bool_]:
    """Return a mask of the component with the most nodes; among equals, that of the first node."""
    if not matrix.shape[0]:
        return np.zeros(0, dtype=np.bool_)
    _, component = connected_components(matrix, directed=False)
    sizes = np.bincount(component)[component]
    mask: NDArray[np.bool_] = component == component[np.argmax(sizes)]
    return mask


def leading_singular_vector(matrix: sp.csr_array) -> tuple[float, Numbers]:
    """Return the largest singular value of a non-negative matrix and its right vector, non-negative, of length 1."""
    if matrix.shape[0] >= matrix.shape[1]:
        square, vector = leading_eigenvector(sp.csr_array(matrix.T @ matrix))
        return float(np.sqrt(square)), vector
    square, vector = leading_eigenvector(sp.csr_array(matrix @ matrix.T))
    return float(np.sqrt(square)), matrix.T @ vector / np.sqrt(square)


def leading_eigenvector(matrix: sp.csr_array) -> tuple[float, Numbers]:
    """Return the largest eigenvalue of a symmetric non-negative matrix and its vector, non-negative, of length 1.

    If several components have the same eigenvalue, the vector is one of several.
    """
    # By the Perron-Frobenius theorem the vector has one sign, so a start of one sign is not orthogonal to it.
    value, vector = largest(lambda x: matrix @ x, np.ones(matrix.shape[0]))
    vector = np.abs(vector)
    # The solver is exact relative to the largest entry. Power steps, which never subtract, make every entry exact.
    for _ in range(_POWER_STEPS):
        vector = matrix @ vector
        vector /= length(vector)
    return value, vector


def to_scores(values: NDArray[np.number], *notes: Text) -> Scores:
    """Return `values` as scores; nan becomes ``None``."""
    plain = values.astype(np.float64).tolist()
    if np.isnan(values).any():
        return Scores(tuple(None if value != value else value for value in plain), notes)  # noqa: PLR0124 - nan differs from itself
    return Scores(tuple(plain), notes)


def undefined_scores(network: Network, reason: Text) -> Scores:
    """Return scores that are not defined for any actor."""
    return Scores((None,) * len(network.actors), (reason,))
