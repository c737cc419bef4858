"""Structural holes: constraint and effective size (Burt 1992).

Both measures use ties between actors in both modes, with Newman weights. A tie in an agreement of 58 parties is weak,
so that the clique of such an agreement does not outweigh agreements of two parties.
"""

from collections.abc import Callable, Iterator

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.matrices import inverse
from kg.measure.centrality.structural_equivalence import equivalence_classes
from kg.measure.scores import Scores
from kg.network import Mode, Network
from kg.texts import Message, Text

_ROWS = 4096

Numbers = NDArray[np.float64]


def constraint(network: Network, mode: Mode) -> Scores:
    """Return Burt's constraint: the extent to which an actor's ties lead back to the same partner.

    ``c_i = sum_j (p_ij + sum_q p_iq p_qj)^2`` over the partners j of i, with ``p_ij = w_ij / sum_k w_ik`` (Newman
    weights) and q the other partners. A low constraint indicates structural holes. Not defined for an actor without a
    tie. Traps: it can exceed 1 for actors with one or two partners; it falls with the number of partners alone;
    without weights it is a different number.

    Citation: Burt 1992, Structural Holes, Harvard University Press; Burt 2004, Am. J. Sociol. 110, 349-399.
    """
    del mode
    return _scores(network, constraints, Message("Constraint"))


def effective_size(network: Network, mode: Mode) -> Scores:
    """Return Burt's effective size: the number of partners minus their redundancy.

    ``sum_j (1 - sum_q p_iq m_jq)`` over the partners j of i and its other partners q, with p as in `constraint` and
    ``m_jq = w_jq / max_k w_jk``. A high effective size indicates structural holes. Not defined for an actor without a
    tie.

    Citation: Burt 1992, Structural Holes; Borgatti 1997, Connections 20 (1), 35-38 (n - 2t/n without weights).
    """
    del mode
    return _scores(network, effective_sizes, Message("Effective size"))


def constraints(ties: sp.csr_array, sizes: Numbers | None = None) -> Numbers:
    """Return the constraint of each row of a symmetric weight matrix; 0 in rows without a tie.

    `sizes` are the numbers of equivalent actors that rows represent, with their mutual tie on the diagonal. By default
    each row represents one actor, and the diagonal is empty.
    """
    sizes = np.ones(ties.shape[0]) if sizes is None else sizes
    p, own = _proportions(ties, sizes), ties.diagonal()
    own = own * inverse(_strength(ties, sizes))
    values = np.zeros(ties.shape[0])
    weighted = sp.csr_array(sp.diags_array(sizes) @ p)
    for rows in _blocks(ties):
        # Entries of (P P) are needed for ties only. An actor is not an intermediary of its own tie.
        direct = p[rows]
        indirect = (direct @ weighted).multiply(ties[rows] > 0)
        itself = sp.diags_array(own[rows]) @ direct + direct @ sp.diags_array(own)
        values[rows] = _sum_over_others(sp.csr_array(direct + indirect - itself).power(2), rows, sizes)
    return values


def effective_sizes(ties: sp.csr_array, sizes: Numbers | None = None) -> Numbers:
    """Return the effective size of each row, with the arguments of `constraints`; 0 in rows without a tie."""
    sizes = np.ones(ties.shape[0]) if sizes is None else sizes
    if not ties.nnz:
        return np.zeros(ties.shape[0])
    p, own = _proportions(ties, sizes), ties.diagonal()
    strongest = inverse(ties.max(axis=1).toarray().ravel())
    marginal = sp.csr_array(sp.diags_array(strongest) @ ties).T.tocsr()
    weighted = sp.csr_array(sp.diags_array(sizes) @ marginal)
    own_share, own_marginal = own * inverse(_strength(ties, sizes)), own * strongest
    values = np.zeros(ties.shape[0])
    for rows in _blocks(ties):
        # 1 - sum_q p_iq m_jq over partners j, q of i: (P M^T) on the ties, without the terms of i and j themselves.
        tied, direct = (ties[rows] > 0).astype(np.float64), p[rows]
        indirect = (direct @ weighted).multiply(tied)
        itself = sp.diags_array(own_share[rows]) @ marginal[rows] + direct @ sp.diags_array(own_marginal)
        values[rows] = _sum_over_others(sp.csr_array(tied - indirect + itself), rows, sizes)
    return values


def _blocks(ties: sp.csr_array) -> Iterator[slice]:
    """Return blocks of rows; the products of a large network exceed memory if computed at once."""
    return (slice(start, start + _ROWS) for start in range(0, ties.shape[0], _ROWS))


def _sum_over_others(values: sp.csr_array, rows: slice, sizes: Numbers) -> Numbers:
    """Return the sum of each row over all actors except one of the row itself."""
    sums: Numbers = values @ sizes - values.diagonal(rows.start)
    return sums


def _strength(ties: sp.csr_array, sizes: Numbers) -> Numbers:
    strength: Numbers = ties @ sizes - ties.diagonal()
    return strength


def _proportions(ties: sp.csr_array, sizes: Numbers) -> sp.csr_array:
    return sp.csr_array(sp.diags_array(inverse(_strength(ties, sizes))) @ ties)


def _scores(network: Network, function: Callable[[sp.csr_array, Numbers], Numbers], measure: Text) -> Scores:
    classes = equivalence_classes(network)
    ties = classes.projection("newman")
    tied = (np.diff(ties.indptr) > 0)[classes.class_of].tolist()
    values = function(ties, classes.sizes)[classes.class_of].tolist()
    scores = tuple(value if is_tied else None for value, is_tied in zip(values, tied, strict=True))
    alone = len(tied) - sum(tied)
    note = Message("{measure} is not defined for {alone} actors without a tie.", measure=measure, alone=alone)
    return Scores(scores, (note,) if alone else ())
