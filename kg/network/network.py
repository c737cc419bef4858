"""The two-mode network: actors, links, and who takes part in which."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.model import Text
from kg.network import to_networkx
from kg.network.lens import Lens, Weight
from kg.network.nodes import Actors, Links, Words

if TYPE_CHECKING:
    import networkx as nx

Mode = Literal["two-mode", "one-mode"]
"""Actors and links as nodes, or actors alone, tied by the links they share."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors that share links: indexes a < b into `Network.actors`, and the links' indexes; the weight."""

    a: int
    b: int
    weight: float
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Network:
    """Actors and links as node sets, incidences as edges.

    Attributes:
        actors, links: sorted by IRI; a node's id is its place here. Objects are made when they are looked at; `table`
            and the other columns of each are for whoever computes.
        link_of, actor_of: link and actor of each incidence, each pair once, sorted by link, then actor.
        roles: the roles in which the actor takes part, for each incidence.
        lens: what was asked for; `notes` says it in words.
        notes: the lens with its defaults, then what it leaves out, one sentence each.
        money: by currency, what the actor of each incidence contributes to the link; nan where that is not known.
    """

    actors: Actors
    links: Links
    link_of: NDArray[np.int32]
    actor_of: NDArray[np.int32]
    roles: Words
    lens: Lens
    notes: tuple[Text, ...]
    money: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def incidence_matrix(self) -> sp.csr_array:
        """Links x actors: 1 where the actor takes part in the link, else 0 (float64)."""
        return self._matrix(np.ones(len(self.link_of)))

    def sizes(self) -> NDArray[np.float64]:
        """N_k, the declared size of each link: named and unnamed parties (lower bounds where so declared)."""
        return self.links.declared.astype(np.float64)

    def tie_shares(self, weight: Weight = "newman", *, lower: bool = False) -> NDArray[np.float64]:
        """What a party of link k gives each of the others; 0 where there are no others.

        "newman" is 1 / (N_k - 1) by declared size, "newman-named" 1 / (n_k - 1) by the parties named, "count" 1.
        A declared size that is a lower bound makes the share an upper one; with `lower` it is the least, 0.
        """
        sizes = self.links.named.astype(np.float64) if weight == "newman-named" else self.sizes()
        top = sizes > 1
        if weight == "count":
            return top.astype(np.float64)
        found = np.divide(1.0, sizes - 1, out=np.zeros_like(sizes), where=top)
        return np.where(self.links.is_lower_bound, 0.0, found) if lower and weight == "newman" else found

    def incidence_weights(self, *, lower: bool = False) -> NDArray[np.float64]:
        """How much of a link each incidence has, by the weight of the lens.

        "newman": 1 / N_k by declared size (with `lower` 0 where that is a lower bound); "newman-named": 1 / n_k;
        "count": 1; "contribution": the money, nan where it is not known.
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
        """Actors x actors: how strongly two actors are tied by the links they share; by default as the lens weighs.

        "count" is the number of links shared. "newman" is ``w_ij = sum_k 1 / (N_k - 1)`` over the links k shared by i
        and j, with N_k the declared size: a tie in a large link is weak, and the weight that is owed to parties nobody
        named is given to nobody. A link whose only party is known, N_k = 1, ties no one. Where all parties are named
        the weights of i sum to the number of its links with two parties or more; else to less. Where N_k is a lower
        bound the weight is an upper one; `lower` gives the least that it can be, to which such links add nothing.
        "newman-named" has n_k, the parties named, in the place of N_k. "contribution" is ``sum_k (c_ik + c_jk) /
        (N_k - 1)``: each shares what it puts in evenly among the others; links where one of the two is not known add
        nothing, and amounts of other currencies than the lens's are not looked at.

        Symmetric, with an empty diagonal. With `Lens.between`, only ties from one sector to the other.

        Citation: Newman 2001, Phys. Rev. E 64, 016132.
        """
        weight = weight or self.lens.weight
        incidences = self.incidence_matrix()
        if weight == "contribution":
            amounts = self._contributions()
            known, given = self._matrix((~np.isnan(amounts)).astype(float)), self._matrix(np.nan_to_num(amounts))
            half = sp.csr_array(given.T @ (sp.diags_array(self.tie_shares()) @ known))
            ties = sp.csr_array(half + half.T)
        elif weight == "count":
            ties = sp.csr_array(incidences.T @ incidences)
        else:
            ties = sp.csr_array(incidences.T @ (sp.diags_array(self.tie_shares(weight, lower=lower)) @ incidences))
        ties.setdiag(0)
        if self.lens.between and self.lens.across:
            side = self.actors.of_sector(self.lens.between[0])
            rows = np.repeat(np.arange(len(side)), np.diff(ties.indptr))
            ties.data[side[rows] == side[ties.indices]] = 0
        ties.eliminate_zeros()
        ties.sort_indices()
        return ties

    def edges(self) -> tuple[Tie, ...]:
        """The one-mode network as a list of pairs, sorted, each with the links it stands for, by the lens's weight."""
        shared: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        bounds = np.searchsorted(self.link_of, np.arange(len(self.links) + 1))
        for link, (start, stop) in enumerate(pairwise(bounds.tolist())):
            for pair in combinations(self.actor_of[start:stop].tolist(), 2):
                shared[pair].append(link)
        if self.lens.weight == "contribution" or self.lens.between:
            upper = sp.triu(self.projection(), format="coo")
            found = zip(*(axis.tolist() for axis in upper.coords), upper.data.tolist(), strict=True)
            return tuple(Tie(a, b, value, tuple(shared[a, b])) for a, b, value in sorted(found))
        shares = self.tie_shares(self.lens.weight).tolist()
        return tuple(Tie(*pair, sum(shares[k] for k in links), tuple(links)) for pair, links in sorted(shared.items()))

    def subnetwork(self, incidences: NDArray[np.bool_], *notes: Text) -> "Network":
        """The network of some incidences, with the actors and links that are left; named and declared sizes stay."""
        links, link_of = np.unique(self.link_of[incidences], return_inverse=True)
        actors, actor_of = np.unique(self.actor_of[incidences], return_inverse=True)
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
        """The network as networkx knows it; nodes are IRIs, in order; unknown attributes are absent.

        Nodes have `label`, `label_zh`, `kind` and (in the two-mode graph) `bipartite`: 0 for actors, which also have
        `sector`, 1 for links, which also have `stage`, `start` (ISO date), `layers`, `named`, `declared` and
        `is_lower_bound`.
        Edges of the two-mode graph have `role`. Edges of the one-mode graph have `weight` (the lens's; Newman's unless
        asked otherwise), `links` (how many are shared) and `link_iris`. Lists are one text, parts apart by a space.
        The graph has the notes as `notes`.
        """
        if mode == "two-mode":
            ends = zip(self.link_of.tolist(), self.actor_of.tolist(), self.roles, strict=True)
            return to_networkx.two_mode(self.actors, self.links, ends, self.notes)
        ties = ((tie.a, tie.b, tie.weight, tie.links) for tie in self.edges())
        return to_networkx.one_mode(self.actors, self.links, ties, self.notes)

    @classmethod
    def from_networkx(cls, graph: "nx.Graph[Any]") -> Self:
        """A network of any undirected graph of networkx; what `to_networkx` wrote in two-mode is read back as it was.

        Where nodes say on which side they are (`bipartite`, 0 or 1), those of side 0 are actors and those of side 1
        links. Else nodes are actors, and each edge is a link of two parties (a loop: of one); their weights are not
        read. Nodes are named by their text. Attributes are read as `to_networkx` writes them, if present: `named` is
        counted, and a `declared` smaller than that is raised to it. A node without an edge is none here.

        Raises:
            InputError: the graph is directed, two nodes have one text, only some nodes say on which side they are, or
                an edge joins two nodes of one side.
        """
        read = to_networkx.read(graph)
        return cls(**read, lens=Lens())

    def _matrix(self, values: NDArray[np.float64]) -> sp.csr_array:
        # Incidences are in the order that rows want: nothing is to be sorted or summed.
        starts = np.searchsorted(self.link_of, np.arange(len(self.links) + 1)).astype(np.int32)
        return sp.csr_array((values, self.actor_of.copy(), starts), shape=(len(self.links), len(self.actors)))

    def _contributions(self) -> NDArray[np.float64]:
        return self.money[self.lens.currency or ""]
