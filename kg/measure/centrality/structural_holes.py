"""Structural holes: how far an actor's partners are cut off from each other, so that they need it.

Both scores are of ties between actors, in both modes, and use the Newman weights: a tie in an agreement of 58 is weak,
so that the clique which such an agreement projects to does not drown what two parties signed alone.
"""

from collections.abc import Callable, Iterator

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.structural_equivalence import alike
from kg.measure.scores import Scores
from kg.model import Text
from kg.network import Mode, Network

_CHUNK = 4096

Numbers = NDArray[np.float64]


def constraint(network: Network, mode: Mode) -> Scores:
    """Burt's constraint: how far an actor's time and energy lead back to one partner; the lower, the more holes.

    ``c_i = sum_j (p_ij + sum_q p_iq p_qj)^2`` over the partners j of i, with ``p_ij = w_ij / sum_k w_ik`` (Newman
    weights) and q the others. Not defined for an actor that is tied to nobody. Traps: it may pass 1 for actors with one
    or two partners; it falls with the number of partners alone; without weights it is another number.

    Citation: Burt 1992, Structural Holes, Harvard University Press; Burt 2004, Am. J. Sociol. 110, 349-399.
    """
    del mode
    return _scores(network, constraints, Text("Constraint", "约束度"))


def effective_size(network: Network, mode: Mode) -> Scores:
    """Burt's effective size: partners, less what each of them is tied to the others; the higher, the more holes.

    ``sum_j (1 - sum_q p_iq m_jq)`` over the partners j of i, q another of them, with p as in `constraint` and
    ``m_jq = w_jq / max_k w_jk``. Not defined for an actor that is tied to nobody.

    Citation: Burt 1992, Structural Holes; Borgatti 1997, Connections 20 (1), 35-38 (n - 2t/n without weights).
    """
    del mode
    return _scores(network, effective_sizes, Text("Effective size", "有效规模"))


def constraints(ties: sp.csr_array, sizes: Numbers | None = None) -> Numbers:
    """Constraint from a symmetric matrix of weights; 0 in rows without a tie.

    `sizes` says how many actors alike each row stands for, of whom two are tied by what is on the diagonal; by default
    each stands for itself, and the diagonal is empty.
    """
    sizes = np.ones(ties.shape[0]) if sizes is None else sizes
    p, own = _shares(ties, sizes), ties.diagonal()
    own = own * _inverse(_strength(ties, sizes))
    found = np.zeros(ties.shape[0])
    through = sp.csr_array(sp.diags_array(sizes) @ p)
    for rows in _parts(ties):
        # (P P) is wanted on the ties alone; its other entries belong to pairs that are not tied. Nobody is its own way.
        direct = p[rows]
        ways = (direct @ through).multiply(ties[rows] > 0)
        itself = sp.diags_array(own[rows]) @ direct + direct @ sp.diags_array(own)
        found[rows] = _others(sp.csr_array(direct + ways - itself).power(2), rows, sizes)
    return found


def effective_sizes(ties: sp.csr_array, sizes: Numbers | None = None) -> Numbers:
    """Effective size from such a matrix; 0 in rows without a tie."""
    sizes = np.ones(ties.shape[0]) if sizes is None else sizes
    if not ties.nnz:
        return np.zeros(ties.shape[0])
    p, own = _shares(ties, sizes), ties.diagonal()
    strongest = _inverse(ties.max(axis=1).toarray().ravel())
    marginal = sp.csr_array(sp.diags_array(strongest) @ ties).T.tocsr()
    through = sp.csr_array(sp.diags_array(sizes) @ marginal)
    apart, again = own * _inverse(_strength(ties, sizes)), own * strongest
    found = np.zeros(ties.shape[0])
    for rows in _parts(ties):
        # 1 - sum_q p_iq m_jq over partners j, q of i: (P M^T) on the ties, without i and j themselves.
        there, direct = (ties[rows] > 0).astype(np.float64), p[rows]
        ways = (direct @ through).multiply(there)
        itself = sp.diags_array(apart[rows]) @ marginal[rows] + direct @ sp.diags_array(again)
        found[rows] = _others(sp.csr_array(there - ways + itself), rows, sizes)
    return found


def _parts(ties: sp.csr_array) -> Iterator[slice]:
    """Rows that are taken at a time: the products of large networks do not fit into memory at once."""
    return (slice(start, start + _CHUNK) for start in range(0, ties.shape[0], _CHUNK))


def _others(values: sp.csr_array, rows: slice, sizes: Numbers) -> Numbers:
    """The sum of each row's values over all actors but the one that it is of."""
    found: Numbers = values @ sizes - values.diagonal(rows.start)
    return found


def _strength(ties: sp.csr_array, sizes: Numbers) -> Numbers:
    found: Numbers = ties @ sizes - ties.diagonal()
    return found


def _shares(ties: sp.csr_array, sizes: Numbers) -> sp.csr_array:
    return sp.csr_array(sp.diags_array(_inverse(_strength(ties, sizes))) @ ties)


def _inverse(values: Numbers) -> Numbers:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _scores(network: Network, measured: Callable[[sp.csr_array, Numbers], Numbers], what: Text) -> Scores:
    few = alike(network)
    ties = few.projection("newman")
    tied = (np.diff(ties.indptr) > 0)[few.of].tolist()
    values = measured(ties, few.sizes)[few.of].tolist()
    found = tuple(value if is_tied else None for value, is_tied in zip(values, tied, strict=True))
    alone = len(tied) - sum(tied)
    note = Text(
        "{what} is not defined for {alone} actors without a tie.", "{alone}个行动者无任何连接，其{what}无定义。"
    ).format(what=what, alone=alone)
    return Scores(found, (note,) if alone else ())
