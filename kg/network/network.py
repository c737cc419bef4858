"""The two-mode network: actors, links, and incidences."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, get_args

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg import names
from kg.network import to_networkx
from kg.network.incidence.tables import Collection
from kg.network.lens import Lens, Weight
from kg.network.nodes import Actors, Links, Words
from kg.texts import Message, Text

if TYPE_CHECKING:
    import networkx as nx


Mode = Literal["two-mode", "one-mode"]
"""Actors and links as nodes, or actors alone, tied by shared links."""


def check_mode(mode: str) -> None:
    """Raise an error if there is no such mode.

    Raises:
        UsageError: lists the modes.
    """
    names.check_known(Message("mode"), [mode], get_args(Mode))


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors that share links: indexes a < b into `Network.actors`, the indexes of the links, and the weight."""

    a: int
    b: int
    weight: float
    links: tuple[int, ...]


class Totals(NamedTuple):
    """The sizes of a network in the graph: links, their named and their declared parties.

    A divided link (`kg.network.bundles`) counts once, and so does its common party. `is_lower_bound` is true if the
    size of a link is a lower bound.
    """

    links: int
    named: int
    declared: int
    is_lower_bound: bool


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Network:
    """Actors and links as node sets, incidences as edges.

    Attributes:
        actors, links: sorted by IRI; the id of a node is its index. Objects are created on access; `table` and the
            other columns serve computations.
        link_of, actor_of: link and actor of each incidence, each pair once, sorted by link, then actor.
        roles: the roles of the actor in the link, for each incidence.
        lens: the lens of the network.
        notes: the lens with its defaults, then its omissions, one sentence each.
        money: by currency, the contribution of each incidence; nan if unknown.
        collections: the collections of the links, with most links first.
    """

    actors: Actors
    links: Links
    link_of: NDArray[np.int32]
    actor_of: NDArray[np.int32]
    roles: Words
    lens: Lens
    notes: tuple[Text, ...]
    money: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    collections: tuple[Collection, ...] = ()

    def incidence_matrix(self) -> sp.csr_array:
        """Return the links x actors matrix: 1 if the actor takes part in the link, else 0 (float64)."""
        return self._matrix(np.ones(len(self.link_of)))

    def sizes(self) -> NDArray[np.float64]:
        """Return N_k, the declared size of each link: named and unnamed parties (lower bounds if so declared)."""
        return self.links.declared.astype(np.float64)

    def totals(self) -> Totals:
        """Return the numbers of links and of their parties; a divided link counts once."""
        of_link = self.links.record_indexes()
        pairs = np.unique(np.column_stack((of_link[self.link_of], self.actor_of)), axis=0)
        unnamed = int(np.maximum(self.links.declared - self.links.named, 0).sum())
        bounded = bool(self.links.is_lower_bound.any())
        return Totals(int(of_link.max(initial=-1)) + 1, len(pairs), len(pairs) + unnamed, bounded)

    def tie_shares(self, weight: Weight = "newman", *, lower: bool = False) -> NDArray[np.float64]:
        """Return the weight that a party of link k gives to each of the others; 0 if there are no others.

        "newman" is 1 / (N_k - 1) by declared size, "newman-named" 1 / (n_k - 1) by named parties, "count" 1. If the
        declared size is a lower bound, the share is an upper bound; with `lower` it is the lower bound, 0.
        """
        sizes = self.links.named.astype(np.float64) if weight == "newman-named" else self.sizes()
        top = sizes > 1
        if weight == "count":
            return top.astype(np.float64)
        shares = np.divide(1.0, sizes - 1, out=np.zeros_like(sizes), where=top)
        return np.where(self.links.is_lower_bound, 0.0, shares) if lower and weight == "newman" else shares

    def incidence_weights(self, *, lower: bool = False) -> NDArray[np.float64]:
        """Return the share of a link that each incidence has, by the weight of the lens.

        "newman": 1 / N_k by declared size (with `lower` 0 if that is a lower bound); "newman-named": 1 / n_k;
        "count": 1; "contribution": the money, nan if unknown.
        """
        if self.lens.weight == "contribution":
            return self._contributions()
        if self.lens.weight == "count":
            return np.ones(len(self.link_of))
        sizes = self.sizes() if self.lens.weight == "newman" else self.links.named.astype(np.float64)
        part = 1 / sizes
        if lower and self.lens.weight == "newman":
            part = np.where(self.links.is_lower_bound, 0.0, part)
        shared: NDArray[np.float64] = part[self.link_of]
        return shared

    def projection(self, weight: Weight | None = None, *, lower: bool = False) -> sp.csr_array:
        """Return the actors x actors matrix of tie weights, by default with the weight of the lens.

        "count" is the number of shared links. "newman" is ``w_ij = sum_k 1 / (N_k - 1)`` over the links k shared by i
        and j, with N_k the declared size. So a tie in a large link is weak, and the weight due to unnamed parties is
        given to no one. A link with N_k = 1 gives no ties. If all parties are named, the weights of i sum to the
        number of its links with two parties or more, otherwise to less. If N_k is a lower bound, the weight is an
        upper bound; `lower` returns the lower bound, to which such links add 0.

        "newman-named" uses n_k, the named parties, instead of N_k. "contribution" is ``sum_k (c_ik + c_jk) / (N_k -
        1)``: each party divides its contribution evenly among the others. Links with an unknown contribution add
        nothing, and amounts in other currencies than the lens's are ignored.

        The matrix is symmetric with an empty diagonal. With `Lens.between` it has only ties from one sector to the
        other.

        Citation: Newman 2001, Phys. Rev. E 64, 016132.
        """
        weight = weight or self.lens.weight
        incidences = self.incidence_matrix()
        if weight == "contribution":
            amounts = self._contributions()
            known, given = self._matrix((~np.isnan(amounts)).astype(float)), self._matrix(np.nan_to_num(amounts))
            half = sp.csr_array(given.T @ (sp.diags_array(self.tie_shares()) @ known))
            return self._between(sp.csr_array(half + half.T))
        if weight == "count":
            return self._between(incidences.T.tocsr() @ incidences)
        return self.ties_of(incidences, self.tie_shares(weight, lower=lower))

    def ties_of(self, incidences: sp.csr_array, shares: NDArray[np.float64]) -> sp.csr_array:
        """Return the ties that other `incidences`, links x actors, would give with the same `shares` of the links."""
        return self._between(incidences.T.tocsr() @ (sp.diags_array(shares).tocsr() @ incidences))

    def _between(self, ties: sp.csr_array) -> sp.csr_array:
        """Return `ties` without the diagonal and without those that `Lens.between` excludes."""
        ties.setdiag(0)
        if self.lens.between and self.lens.across:
            side = self.actors.of_sector(self.lens.between[0])
            rows = np.repeat(np.arange(len(side)), np.diff(ties.indptr))
            ties.data[side[rows] == side[ties.indices]] = 0
        ties.eliminate_zeros()
        ties.sort_indices()
        return ties

    def edges(self) -> tuple[Tie, ...]:
        """Return the one-mode network as a sorted list of pairs with their links, weighted by the lens."""
        shared: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        bounds = np.searchsorted(self.link_of, np.arange(len(self.links) + 1))
        for link, (start, stop) in enumerate(pairwise(bounds.tolist())):
            for pair in combinations(self.actor_of[start:stop].tolist(), 2):
                shared[pair].append(link)
        if self.lens.weight == "contribution" or self.lens.between:
            upper = sp.triu(self.projection(), format="coo")
            entries = zip(*(axis.tolist() for axis in upper.coords), upper.data.tolist(), strict=True)
            return tuple(Tie(a, b, value, tuple(shared[a, b])) for a, b, value in sorted(entries))
        shares = self.tie_shares(self.lens.weight).tolist()
        return tuple(Tie(*pair, sum(shares[k] for k in links), tuple(links)) for pair, links in sorted(shared.items()))

    def subnetwork(
        self, incidences: NDArray[np.bool_], *notes: Text, actors: NDArray[np.int64] | None = None
    ) -> "Network":
        """Return the network of some incidences with their links; named and declared sizes are unchanged.

        It has the actors of the incidences, or the rows `actors`, which are ascending and include them.
        """
        links, link_of = np.unique(self.link_of[incidences], return_inverse=True)
        if actors is None:
            actors = np.unique(self.actor_of[incidences])
        actor_of = np.searchsorted(actors, self.actor_of[incidences])
        return replace(
            self,
            actors=self.actors.take(actors),
            links=self.links.take(links),
            link_of=link_of.astype(np.int32),
            actor_of=actor_of.astype(np.int32),
            roles=self.roles.take(np.flatnonzero(incidences)),
            notes=(*self.notes, *notes),
            money={currency: amounts[incidences] for currency, amounts in self.money.items()},
        )

    def to_networkx(self, mode: Mode) -> "nx.Graph[str]":
        """Return the network as a networkx graph; nodes are IRIs, in order; unknown attributes are absent.

        Nodes have `label`, `label_zh`, `kind` and (in the two-mode graph) `bipartite`: 0 for actors, which also have
        `sector`, 1 for links, which also have `stage`, `start` (ISO date), `layers`, `named`, `declared` and
        `is_lower_bound`.

        Edges of the two-mode graph have `role`. Edges of the one-mode graph have `weight` (by the lens, Newman's by
        default), `links` (number of shared links) and `link_iris`. Lists are one text, separated by spaces. The graph
        has the notes as `notes`.

        Raises:
            UsageError: the mode does not exist.
        """
        check_mode(mode)
        if mode == "two-mode":
            ends = zip(self.link_of.tolist(), self.actor_of.tolist(), self.roles, strict=True)
            return to_networkx.two_mode(self.actors, self.links, ends, self.notes)
        ties = ((tie.a, tie.b, tie.weight, tie.links) for tie in self.edges())
        return to_networkx.one_mode(self.actors, self.links, ties, self.notes)

    @classmethod
    def from_networkx(cls, graph: "nx.Graph[Any]") -> Self:
        """Return a network for any undirected networkx graph; a two-mode graph of `to_networkx` is restored.

        If nodes have `bipartite` (0 or 1), those of side 0 are actors and those of side 1 links. Otherwise nodes are
        actors, and each edge is a link of two parties (a loop: of one); edge weights are ignored. Nodes are named by
        their text. Attributes are read as `to_networkx` writes them: `named` is counted, and a smaller `declared` is
        raised to it. A node without edges is dropped.

        Raises:
            InputError: the graph is directed, two nodes have the same text, only some nodes have a side, or an edge
                joins two nodes of one side.
        """
        read = to_networkx.read(graph)
        return cls(**read, lens=Lens())

    def _matrix(self, values: NDArray[np.float64]) -> sp.csr_array:
        # Incidences are already in row order, so no sorting or summing is needed.
        starts = np.searchsorted(self.link_of, np.arange(len(self.links) + 1)).astype(np.int32)
        return sp.csr_array((values, self.actor_of.copy(), starts), shape=(len(self.links), len(self.actors)))

    def _contributions(self) -> NDArray[np.float64]:
        return self.money[self.lens.currency or ""]
