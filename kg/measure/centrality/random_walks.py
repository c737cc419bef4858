"""Centrality by random walks; `kg.measure.centrality.degree` describes the modes.

In one-mode ties have the weight of the lens (Newman's unless asked otherwise); in two-mode all incidences weigh 1.
"""

import numpy as np

from kg.measure.centrality.matrices import (
    Sides,
    adjacency,
    inverse,
    largest_component,
    normalised,
    principal,
    scores,
    sides,
    singular,
    solve,
    undefined,
)
from kg.measure.linear_algebra import dot
from kg.measure.scores import Scores
from kg.model import Text
from kg.network import Mode, Network

DAMPING = 0.85
"""The chance that a walker goes on along a tie; else it starts again anywhere."""

KATZ = 0.85
"""What a walk loses with each step in Katz centrality, in units of 1 / lambda, the most it may be."""


def pagerank(network: Network, mode: Mode) -> Scores:
    """How often a walker is at the actor who goes along ties, and now and then starts again anywhere.

    ``x = d (W x + dangling / n) + (1 - d) / n`` with d = 0.85, W the matrix of weights with its columns scaled to 1,
    and the weight of nodes without ties spread over all. One-mode: the scores sum to 1. Two-mode: unweighted; the
    scores of actors and links together sum to 1. Traps: without directions it is near to the share of strength.

    Citation: Brin & Page 1998, Computer Networks and ISDN Systems 30, 107-117.
    """
    # x is the solution of x = d W x + 1, scaled to the sum 1: what dangles, and where it starts, only scales it.
    # Divided by the roots of degrees it is that of a symmetric matrix; who has no tie has 1.
    if mode == "two-mode":
        both = sides(network.incidence_matrix())
        found, rest = both.walks(DAMPING, both.actors, both.links)
        found, rest = found / both.actors, rest / both.links
        return scores(found / max(float(found.sum() + rest.sum()), 1.0))
    matrix, root = normalised(network.projection())
    found = solve(lambda x: DAMPING * (matrix @ x), inverse(root)) * root + (root == 0)
    return scores(found / max(found.sum(), 1.0))


def eigenvector(network: Network, mode: Mode) -> Scores:
    """Ties to the well tied: ``A x = lambda x`` for the largest lambda, within the largest component.

    One-mode: A is the matrix of weights, and x has length 1. Two-mode: A ties actors and links, unweighted; x
    has length 1 over both, and its actors are the first left singular vector of the incidences. Outside the largest
    component (most nodes; of equals, the one with the first actor) it is not defined: each component has a vector of
    its own, and lengths of different vectors do not compare. Nor is it where no two actors are tied.

    Citation: Bonacich 1972, J. Math. Sociology 2, 113-120; Bonacich 1991, Social Networks 13, 155-168 (two-mode).
    """
    inside = largest_component(adjacency(network, mode) if mode == "two-mode" else network.projection())
    inside = inside[: len(network.actors)]
    if np.count_nonzero(inside) <= 1:
        return undefined(
            network,
            Text(
                "Eigenvector centrality is not defined where no two actors are tied.",
                "没有任何两个行动者相连，特征向量中心性无定义。",
            ),
        )
    if mode == "one-mode":
        _, vector = principal(network.projection()[inside][:, inside])
    else:
        # x of the actors alone has length sqrt(1/2): the links have the other half.
        vector = singular(network.incidence_matrix()[:, inside])[1] / np.sqrt(2)
    values = np.full(len(network.actors), np.nan)
    values[inside] = vector
    outside = len(values) - len(vector)
    note = Text(
        f"Actors outside the largest component: {outside}; eigenvector centrality is not defined there.",
        f"最大连通分量之外有{outside}个行动者，其特征向量中心性无定义。",
    )
    return scores(values, *([note] if outside else ()))


def katz(network: Network, mode: Mode) -> Scores:
    """All walks that lead to the actor, the longer the less: ties to the well tied, but everybody counts a little.

    ``x = alpha A x + 1``, scaled to length 1 over all nodes, with alpha = 0.85 / lambda for the largest eigenvalue
    lambda of A (at 1 / lambda the sum does not end). One-mode: A is the matrix of weights; two-mode: A ties actors and
    links, unweighted. Unlike eigenvector centrality it is defined in all components. Not defined where no two nodes are
    tied. Traps: alpha belongs to the network, so scores of two networks do not compare.

    Citation: Katz 1953, Psychometrika 18, 39-43.
    """
    matrix = network.projection() if mode == "one-mode" else network.incidence_matrix()
    if not matrix.nnz:
        return undefined(
            network, Text("Katz centrality is not defined where nobody is tied.", "无人相连，Katz中心性无定义。")
        )
    largest, _ = principal(matrix) if mode == "one-mode" else singular(matrix)
    alpha = KATZ / largest
    if mode == "one-mode":
        found, rest = solve(lambda x: alpha * (matrix @ x), np.ones(len(network.actors))), np.zeros(0)
    else:
        actors, links = np.ones(len(network.actors)), np.ones(len(network.links))
        found, rest = Sides(matrix, links, actors).walks(alpha, actors, links)
    size = float(np.sqrt(dot(found, found) + dot(rest, rest)))
    note = Text(
        f"alpha is {alpha:.6g}: {KATZ} of 1 / lambda, lambda = {largest:.6g}.",
        f"alpha为{alpha:.6g}，即1/lambda的{KATZ}倍，lambda = {largest:.6g}。",
    )
    return scores(found / size, note)


def birank(network: Network, mode: Mode) -> Scores:
    """Actors gain by links that gain by actors, each shared by the roots of both degrees, and all start alike.

    ``p = d S' u + (1 - d) / n`` for the n actors and ``u = d S p + (1 - d) / m`` for the m links, d = 0.85, with
    ``S_ki = 1 / sqrt(d_k d_i)`` where actor i takes part in link k and d are degrees. PageRank's walker loses the most
    at links of many parties; this one less so. It is of two modes; in one-mode it is not defined.

    Citation: He, Gao, Kan & Wang 2017, IEEE Trans. Knowl. Data Eng. 29, 57-71.
    """
    if mode == "one-mode":
        return undefined(
            network,
            Text(
                "BiRank is of the two-mode network; in one-mode it is not defined.",
                "BiRank针对双模网络，单模下无定义。",
            ),
        )
    actors, links = len(network.actors), len(network.links)
    start = [(1 - DAMPING) * np.full(count, 1 / max(count, 1)) for count in (actors, links)]
    return scores(sides(network.incidence_matrix()).walks(DAMPING, *start)[0])
