"""Structural holes: how far an actor's partners are cut off from each other, so that they need it.

Both scores are of ties between actors, in both modes, and use the Newman weights: a tie in an agreement of 58 is weak,
so that the clique which such an agreement projects to does not drown what two parties signed alone.
"""

from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.scores import Scores
from kg.network import Mode, Network

_CHUNK = 4096


def constraint(network: Network, mode: Mode) -> Scores:
    """Burt's constraint: how far an actor's time and energy lead back to one partner; the lower, the more holes.

    ``c_i = sum_j (p_ij + sum_q p_iq p_qj)^2`` over the partners j of i, with ``p_ij = w_ij / sum_k w_ik`` (Newman
    weights) and q the others. Not defined for an actor that is tied to nobody. Traps: it may pass 1 for actors with one
    or two partners; it falls with the number of partners alone; without weights it is another number.

    Citation: Burt 1992, Structural Holes, Harvard University Press; Burt 2004, Am. J. Sociol. 110, 349-399.
    """
    del mode
    ties = network.projection("newman")
    return _scores(constraints(ties), ties, "Constraint")


def effective_size(network: Network, mode: Mode) -> Scores:
    """Burt's effective size: partners, less what each of them is tied to the others; the higher, the more holes.

    ``sum_j (1 - sum_q p_iq m_jq)`` over the partners j of i, q another of them, with p as in `constraint` and
    ``m_jq = w_jq / max_k w_jk``. Not defined for an actor that is tied to nobody.

    Citation: Burt 1992, Structural Holes; Borgatti 1997, Connections 20 (1), 35-38 (n - 2t/n without weights).
    """
    del mode
    ties = network.projection("newman")
    return _scores(effective_sizes(ties), ties, "Effective size")


def constraints(ties: sp.csr_array) -> NDArray[np.float64]:
    """Constraint from a symmetric matrix of weights with an empty diagonal; 0 in rows without a tie."""
    p = _shares(ties)
    found = np.zeros(ties.shape[0])
    for rows in _parts(ties):
        # (P P) is wanted on the ties alone; its other entries belong to pairs that are not tied.
        total = p[rows] + (p[rows] @ p).multiply(ties[rows] > 0)
        found[rows] = total.power(2).sum(axis=1)
    return found


def effective_sizes(ties: sp.csr_array) -> NDArray[np.float64]:
    """Effective size from a symmetric matrix of weights with an empty diagonal; 0 in rows without a tie."""
    p = _shares(ties)
    if not ties.nnz:
        return np.zeros(ties.shape[0])
    strongest = ties.max(axis=1).toarray().ravel()
    marginal = sp.diags_array(_inverse(strongest)) @ ties
    found = np.diff(ties.indptr).astype(np.float64)
    for rows in _parts(ties):
        # sum_j sum_q p_iq m_jq over partners j, q of i: (P M^T) on the ties.
        found[rows] -= (p[rows] @ marginal.T).multiply(ties[rows] > 0).sum(axis=1)
    return found


def _parts(ties: sp.csr_array) -> Iterator[slice]:
    """Rows that are taken at a time: the products of large networks do not fit into memory at once."""
    return (slice(start, start + _CHUNK) for start in range(0, ties.shape[0], _CHUNK))


def _shares(ties: sp.csr_array) -> sp.csr_array:
    return sp.csr_array(sp.diags_array(_inverse(np.asarray(ties.sum(axis=1), dtype=np.float64))) @ ties)


def _inverse(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _scores(values: NDArray[np.float64], ties: sp.csr_array, what: str) -> Scores:
    tied = (np.diff(ties.indptr) > 0).tolist()
    found = tuple(value if is_tied else None for value, is_tied in zip(values.tolist(), tied, strict=True))
    alone = len(tied) - sum(tied)
    return Scores(found, (f"{what} is not defined for {alone} actors without a tie.",) if alone else ())
