"""Centrality by random walks; `kg.measure.centrality.degree` describes the modes.

In one-mode, ties have the weight of the lens (Newman's by default); in two-mode, all incidences have weight 1.
"""

import numpy as np

from kg.measure.centrality.matrices import (
    BipartiteOperator,
    adjacency,
    conjugate_gradients,
    inverse,
    largest_component,
    leading_eigenvector,
    leading_singular_vector,
    normalised,
    normalised_incidences,
    to_scores,
    undefined_scores,
)
from kg.measure.linear_algebra import dot
from kg.measure.scores import Scores
from kg.network import Mode, Network
from kg.texts import Message

DAMPING = 0.85
"""The probability that a walk follows a tie rather than restarts."""

KATZ = 0.85
"""The attenuation of Katz centrality, as a share of its maximum 1 / lambda."""


def pagerank(network: Network, mode: Mode) -> Scores:
    """Return PageRank: the share of time that a random walk with restarts spends at each actor.

    ``x = d (W x + dangling / n) + (1 - d) / n`` with d = 0.85, W the weight matrix with columns scaled to 1, and the
    mass of nodes without ties (dangling) distributed over all nodes. One-mode: the scores sum to 1. Two-mode:
    unweighted; the scores of actors and links together sum to 1. Trap: in an undirected network, PageRank is close to
    the share of strength.

    Citation: Brin & Page 1998, Computer Networks and ISDN Systems 30, 107-117.
    """
    # x is proportional to the solution of x = d W x + 1, because dangling mass and restarts only rescale it. Divided by
    # the square roots of degrees, it solves a symmetric system. A node without a tie has the value 1.
    if mode == "two-mode":
        operator = normalised_incidences(network.incidence_matrix())
        actors, links = operator.solve(DAMPING, operator.actors, operator.links)
        tied = operator.actors > 0
        actors, links = np.divide(actors, operator.actors, out=np.ones(len(actors)), where=tied), links / operator.links
        return to_scores(actors / max(float(actors.sum() + links.sum()), 1.0))
    matrix, root = normalised(network.projection())
    values = conjugate_gradients(lambda x: DAMPING * (matrix @ x), inverse(root)) * root + (root == 0)
    return to_scores(values / max(values.sum(), 1.0))


def eigenvector(network: Network, mode: Mode) -> Scores:
    """Return eigenvector centrality: ``A x = lambda x`` for the largest lambda, within the largest component.

    One-mode: A is the weight matrix, and x has length 1. Two-mode: A joins actors and links, unweighted; x has length 1
    over both, and its part for actors is the leading left singular vector of the incidences. Not defined outside the
    largest component (the one with the most nodes; among equals, that of the first actor), because the vectors of
    different components are not comparable. Not defined if no two actors are tied.

    Citation: Bonacich 1972, J. Math. Sociology 2, 113-120; Bonacich 1991, Social Networks 13, 155-168 (two-mode).
    """
    inside = largest_component(adjacency(network, mode) if mode == "two-mode" else network.projection())
    inside = inside[: len(network.actors)]
    if np.count_nonzero(inside) <= 1:
        return undefined_scores(
            network,
            Message("Eigenvector centrality is not defined where no two actors are tied."),
        )
    if mode == "one-mode":
        _, vector = leading_eigenvector(network.projection()[inside][:, inside])
    else:
        # Actors and links each have half of the squared length.
        vector = leading_singular_vector(network.incidence_matrix()[:, inside])[1] / np.sqrt(2)
    values = np.full(len(network.actors), np.nan)
    values[inside] = vector
    outside = len(values) - len(vector)
    note = Message(
        "Actors outside the largest component: {outside}; eigenvector centrality is not defined there.", outside=outside
    )
    return to_scores(values, *([note] if outside else ()))


def katz(network: Network, mode: Mode) -> Scores:
    """Return Katz centrality: the walks that end at each actor, attenuated by length.

    ``x = alpha A x + 1``, scaled to length 1 over all nodes, with alpha = 0.85 / lambda for the largest eigenvalue
    lambda of A (the sum diverges at 1 / lambda). One-mode: A is the weight matrix. Two-mode: A joins actors and links,
    unweighted. Unlike eigenvector centrality it is defined in all components. Not defined if no two nodes are tied.
    Trap: alpha depends on the network, so scores of two networks are not comparable.

    Citation: Katz 1953, Psychometrika 18, 39-43.
    """
    matrix = network.projection() if mode == "one-mode" else network.incidence_matrix()
    if not matrix.nnz:
        return undefined_scores(network, Message("Katz centrality is not defined without ties."))
    eigenvalue, _ = leading_eigenvector(matrix) if mode == "one-mode" else leading_singular_vector(matrix)
    alpha = KATZ / eigenvalue
    if mode == "one-mode":
        values, others = conjugate_gradients(lambda x: alpha * (matrix @ x), np.ones(len(network.actors))), np.zeros(0)
    else:
        actors, links = np.ones(len(network.actors)), np.ones(len(network.links))
        values, others = BipartiteOperator(matrix, matrix.T, links, actors).solve(alpha, actors, links)
    size = float(np.sqrt(dot(values, values) + dot(others, others)))
    note = Message(
        "alpha is {alpha:.6g}: {KATZ} of 1 / lambda, lambda = {eigenvalue:.6g}.",
        alpha=alpha,
        KATZ=KATZ,
        eigenvalue=eigenvalue,
    )
    return to_scores(values / size, note)


def birank(network: Network, mode: Mode) -> Scores:
    """Return BiRank, in which actors and links reinforce each other, normalised by the square roots of their degrees.

    ``p = d S' u + (1 - d) / n`` for the n actors and ``u = d S p + (1 - d) / m`` for the m links, with d = 0.85 and
    ``S_ki = 1 / sqrt(d_k d_i)`` where actor i takes part in link k and d are degrees. Links of many parties dilute it
    less than they dilute PageRank. Not defined in one-mode.

    Citation: He, Gao, Kan & Wang 2017, IEEE Trans. Knowl. Data Eng. 29, 57-71.
    """
    if mode == "one-mode":
        return undefined_scores(
            network,
            Message("BiRank is defined for the two-mode network only."),
        )
    actors, links = len(network.actors), len(network.links)
    start = [(1 - DAMPING) * np.full(count, 1 / max(count, 1)) for count in (actors, links)]
    return to_scores(normalised_incidences(network.incidence_matrix()).solve(DAMPING, *start)[0])
