"""Centrality by shortest paths; `kg.measure.centrality.degree` describes the modes.

The length of a path is its number of steps in both modes. The weight of a tie is its strength and never a length.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.centrality.brandes import betweenness_sums
from kg.measure.centrality.distances import distance_counts
from kg.measure.centrality.matrices import adjacency, to_scores, undefined_scores
from kg.measure.centrality.sampled_betweenness import sample_betweenness
from kg.measure.centrality.structural_equivalence import equivalence_classes
from kg.measure.scores import Scores
from kg.network import Mode, Network
from kg.texts import Message, Text

MAX_EXACT_WORK = 3e8
"""Betweenness is exact while nodes x (nodes + edges) is at most this: half a minute to a minute on one core."""

ERROR, FAILURE, SEED = 0.02, 0.1, 1
"""Parameters of sampled betweenness: with probability 1 - `FAILURE`, the error is at most `ERROR` of all node pairs."""

_OUTSIDE = Message(
    "Betweenness is sampled among the {inside} actors of the largest component; {outside} other actors have none."
)
_UNDEFINED = Message("Betweenness is not defined where no actor can stand between two others.")


def betweenness(network: Network, mode: Mode) -> Scores:
    """Return the share of shortest paths through each actor: exact, or sampled above `MAX_EXACT_WORK`.

    See `exact_betweenness` and `sampled_betweenness`; a note reports sampling and its error bound.
    """
    ties = adjacency(network, mode)
    nodes, edges = ties.shape[0], ties.nnz // 2
    if nodes * (nodes + edges) <= MAX_EXACT_WORK:
        return exact_betweenness(network, mode, ties)
    return sampled_betweenness(network, mode)


def exact_betweenness(network: Network, mode: Mode, ties: sp.csr_array | None = None) -> Scores:
    """Return the share of shortest paths through each actor, over all pairs of other nodes.

    ``sum_{s<t} sigma_st(v) / sigma_st`` over the pairs s, t of other nodes, divided by its maximum in the mode:
    (n - 1)(n - 2) / 2 for n actors; for n actors and m links, with s, t = divmod(n - 1, m),
    ``(m^2 (s + 1)^2 + m (s + 1)(2t - s - 1) - t (2s - t + 3)) / 2``. Not defined if the maximum is 0. `ties` is the
    adjacency of the network, if it is computed already.

    Citation: Freeman 1977, Sociometry 40, 35-41; Brandes 2001, J. Math. Sociology 25, 163-177; normalised in two-mode
    after Borgatti & Everett 1997.
    """
    maximum = _max_betweenness(network, mode)
    if maximum <= 0:
        return undefined_scores(network, _UNDEFINED)
    if mode == "one-mode" and not network.lens.across:
        classes = equivalence_classes(network)
        ties = _unweighted(classes.projection("count"))
        return to_scores(betweenness_sums((ties,), ties, classes.sizes)[classes.class_of] / maximum)
    ties = adjacency(network, mode) if ties is None else ties
    incidences = network.incidence_matrix()
    steps = (ties,) if mode == "one-mode" else (incidences, incidences.T.tocsr())
    return to_scores(betweenness_sums(steps, ties)[: len(network.actors)] / maximum)


def sampled_betweenness(
    network: Network, mode: Mode, error: float = ERROR, failure: float = FAILURE, seed: int = SEED
) -> Scores:
    """Return betweenness estimated from shortest paths between random pairs of nodes of the largest component.

    With probability 1 - `failure`, all scores at once have an error of at most `error` x N(N - 1) / 2 / maximum, for N
    nodes of the component and the maximum of `exact_betweenness`. Trap: actors whose scores differ by less are not
    distinguishable. Actors outside the component have no score.
    """
    maximum = _max_betweenness(network, mode)
    if maximum <= 0:
        return undefined_scores(network, _UNDEFINED)
    ties, actors = adjacency(network, mode), len(network.actors)
    if not ties.nnz:
        return to_scores(np.zeros(actors))
    component = connected_components(ties, directed=False)[1]
    inside = component == np.argmax(np.bincount(component[:actors]))
    share, paths = sample_betweenness(ties[inside][:, inside], error, failure, seed)
    nodes = int(np.count_nonzero(inside))
    scale = nodes * (nodes - 1) / 2 / maximum
    scores = np.full(len(inside), np.nan)
    scores[inside] = share * scale
    note = Message(
        "Sampled from {paths} shortest paths (seed {seed}): with probability {value:g}, all errors are at most "
        "{error:.2g}; actors whose scores differ by less are not distinguishable.",
        paths=paths,
        seed=seed,
        value=1 - failure,
        error=error * scale,
    )
    outside = actors - int(np.count_nonzero(inside[:actors]))
    return to_scores(
        scores[:actors], note, *((_OUTSIDE.format(inside=actors - outside, outside=outside),) if outside else ())
    )


def closeness(network: Network, mode: Mode) -> Scores:
    """Return closeness in the largest component: the inverse mean distance to all other nodes of it.

    With the distance sum S among the n actors and m links of the component, one-mode ``(n - 1) / S`` and two-mode
    ``(m + 2 (n - 1)) / S``, so that an actor in every link has 1. Distances in components of different size are not
    comparable, so actors outside have no score; `harmonic` has one for each actor. Among components with equally
    many actors, the first is the largest. Not defined in one-mode for a single actor.

    Citation: Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997.
    """
    if mode == "one-mode" and len(network.actors) == 1:
        return undefined_scores(network, Message("Closeness is not defined for a single actor."))
    inside, links = _largest_component(network, mode)
    actors = int(np.count_nonzero(inside))
    counts = distance_counts(network, mode)
    sums = np.maximum(np.arange(1, len(counts) + 1) @ counts, 1)
    greatest = actors - 1 if mode == "one-mode" else links + 2 * (actors - 1)
    scores = zip((greatest / sums).tolist(), inside.tolist(), strict=True)
    values = tuple(value if own else None for value, own in scores)
    outside = len(values) - actors
    note = Message(
        "Closeness is among the {actors} actors of the largest component; {outside} other actors have none (--measure "
        "harmonic compares all).",
        actors=actors,
        outside=outside,
    )
    return Scores(values, (note,) if outside else ())


def _largest_component(network: Network, mode: Mode) -> tuple[NDArray[np.bool_], int]:
    """Return the actors of the component with most actors, and the number of its links in two-mode."""
    actors = len(network.actors)
    _, component = connected_components(adjacency(network, mode), directed=False)
    if not actors:
        return np.zeros(0, np.bool_), 0
    largest = int(np.argmax(np.bincount(component[:actors])))
    return component[:actors] == largest, int(np.count_nonzero(component[actors:] == largest))


def harmonic(network: Network, mode: Mode) -> Scores:
    """Return harmonic closeness: the sum of inverse distances to all other nodes; unreachable nodes count 0.

    ``sum_j 1 / d_ij`` over all other nodes, divided by its maximum: n - 1 for n actors; with m links in two-mode
    ``m + (n - 1) / 2``, which an actor in every link has. Unlike closeness it compares actors of several
    components. Not defined in one-mode for a single actor.

    Citation: Marchiori & Latora 2000, Physica A 285, 539-546; Boldi & Vigna 2014, Internet Mathematics 10, 222-262;
    the maximum in two-mode by the argument of Borgatti & Everett 1997.
    """
    actors, links = len(network.actors), len(network.links)
    if mode == "one-mode" and actors == 1:
        return undefined_scores(
            network,
            Message("Harmonic closeness is not defined for a single actor."),
        )
    maximum = actors - 1 if mode == "one-mode" else links + (actors - 1) / 2
    counts = distance_counts(network, mode)
    values = (counts / np.arange(1, len(counts) + 1)[:, None]).sum(axis=0) / max(maximum, 1)
    measure = Message("harmonic closeness")
    return to_scores(values, *(_isolated(counts.sum(axis=0), measure) if mode == "one-mode" else ()))


def _unweighted(ties: sp.csr_array) -> sp.csr_array:
    """Return `ties` with all weights 1 and an empty diagonal, changed in place."""
    ties.setdiag(0)
    ties.eliminate_zeros()
    ties.data[:] = 1
    return ties


def _isolated(reachable: NDArray[np.int64], measure: Text) -> tuple[Text, ...]:
    alone = int(np.count_nonzero(reachable == 0))
    note = Message("Actors without a tie: {alone}; their {measure} is 0.", alone=alone, measure=measure)
    return (note,) if alone else ()


def _max_betweenness(network: Network, mode: Mode) -> float:
    """Return the maximum of the betweenness sum of an actor; in two-mode by Borgatti & Everett 1997."""
    actors, links = len(network.actors), len(network.links)
    if mode == "one-mode":
        return (actors - 1) * (actors - 2) / 2
    if not links:
        return 0.0
    s, t = divmod(actors - 1, links)
    return (links**2 * (s + 1) ** 2 + links * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
