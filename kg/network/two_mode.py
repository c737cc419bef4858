"""The two-mode network: actors, links, and who takes part in which."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.model import Label
from kg.network.lens import Lens

if TYPE_CHECKING:
    import networkx as nx

Mode = Literal["two-mode", "one-mode"]
"""Actors and links as nodes, or actors alone, tied by the links they share."""


@dataclass(frozen=True, slots=True)
class ActorNode:
    """An actor that takes part in at least one link; `kind` is its class, `sector` its helix, as notations."""

    iri: str
    label: Label
    kind: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class LinkNode:
    """A link with at least one actor.

    Attributes:
        start: the first day on which it can have begun, where known.
        layers: the layers in which its parties here take part, sorted.
        named: its actors in this network.
        declared: those and the parties that were counted and not named; a lower bound where `bound` is true.
    """

    iri: str
    label: Label
    kind: str
    stage: str | None
    start: date | None
    layers: tuple[str, ...]
    named: int
    declared: int
    bound: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors that share links: indexes a < b into `Network.actors`, and the links' indexes; the Newman weight."""

    a: int
    b: int
    weight: float
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Actors and links as node sets, incidences as edges.

    Attributes:
        actors, links: sorted by IRI; a node's id is its place here.
        link_of, actor_of: link and actor of each incidence, each pair once, sorted by link, then actor.
        roles: the roles in which the actor takes part, for each incidence.
        lens: what was asked for; `notes` says it in words.
        notes: the lens with its defaults, then what it leaves out, one sentence each.
    """

    actors: tuple[ActorNode, ...]
    links: tuple[LinkNode, ...]
    link_of: NDArray[np.int32]
    actor_of: NDArray[np.int32]
    roles: tuple[tuple[str, ...], ...]
    lens: Lens
    notes: tuple[str, ...]

    def incidence_matrix(self) -> sp.csr_array:
        """Links x actors: 1 where the actor takes part in the link, else 0 (float64)."""
        ones = np.ones(len(self.link_of))
        return sp.csr_array((ones, (self.link_of, self.actor_of)), shape=(len(self.links), len(self.actors)))

    def sizes(self) -> NDArray[np.float64]:
        """N_k, the declared size of each link: named and unnamed parties (lower bounds where so declared)."""
        return np.array([link.declared for link in self.links], dtype=np.float64)

    def shares(self) -> NDArray[np.float64]:
        """1 / (N_k - 1), what a party of link k gives each of the others; 0 where there are no others."""
        sizes = self.sizes()
        return np.divide(1.0, sizes - 1, out=np.zeros_like(sizes), where=sizes > 1)

    def projection(self, weight: Literal["count", "newman"]) -> sp.csr_array:
        """Actors x actors: how strongly two actors are tied by the links they share.

        "count" is the number of links shared. "newman" is ``w_ij = sum_k 1 / (N_k - 1)`` over the links k shared by i
        and j, with N_k the declared size: a tie in a large link is weak, and the weight that is owed to parties nobody
        named is given to nobody. A link whose only party is known, N_k = 1, ties no one. Where all parties are named
        the weights of i sum to the number of its links with two parties or more; else to less.

        Symmetric, with an empty diagonal.

        Citation: Newman 2001, Phys. Rev. E 64, 016132 (with n_k, the parties named, in the place of N_k).
        """
        incidences = self.incidence_matrix()
        scaled = incidences
        if weight == "newman":
            scaled = sp.diags_array(self.shares()) @ incidences
        ties = sp.csr_array(incidences.T @ scaled)
        ties.setdiag(0)
        ties.eliminate_zeros()
        ties.sort_indices()
        return ties

    def ties(self) -> tuple[Tie, ...]:
        """The one-mode network as a list of pairs, sorted, each with the links it stands for."""
        shared: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        bounds = np.searchsorted(self.link_of, np.arange(len(self.links) + 1))
        for link, (start, stop) in enumerate(pairwise(bounds.tolist())):
            for pair in combinations(self.actor_of[start:stop].tolist(), 2):
                shared[pair].append(link)
        shares = self.shares().tolist()
        return tuple(Tie(*pair, sum(shares[k] for k in links), tuple(links)) for pair, links in sorted(shared.items()))

    def graph(self, mode: Mode) -> "nx.Graph[str]":
        """The network as networkx knows it; nodes are IRIs, in order; unknown attributes are absent.

        Nodes have `label`, `label_zh`, `kind` and (in the two-mode graph) `bipartite`: 0 for actors, which also have
        `sector`, 1 for links, which also have `stage`, `start` (ISO date), `layers`, `named`, `declared`, `bound`.
        Edges of the two-mode graph have `role`. Edges of the one-mode graph have `weight` (Newman), `links` (how many
        are shared) and `link_iris`. Lists are one text, parts apart by a space. The graph has the notes as `notes`.
        """
        return _two_mode(self) if mode == "two-mode" else _one_mode(self)


def _empty(network: Network) -> "nx.Graph[str]":
    import networkx as nx  # noqa: PLC0415 - 0.1 s that a ranking or a map need not wait

    return nx.Graph(notes=" ".join(network.notes))


def _two_mode(network: Network) -> "nx.Graph[str]":
    graph = _empty(network)
    for actor in network.actors:
        graph.add_node(actor.iri, bipartite=0, **_actor_attributes(actor))
    for link in network.links:
        graph.add_node(link.iri, bipartite=1, **_link_attributes(link))
    ends = zip(network.link_of.tolist(), network.actor_of.tolist(), network.roles, strict=True)
    for k, i, roles in ends:
        graph.add_edge(network.actors[i].iri, network.links[k].iri, role=" ".join(roles))
    return graph


def _one_mode(network: Network) -> "nx.Graph[str]":
    graph = _empty(network)
    for actor in network.actors:
        graph.add_node(actor.iri, **_actor_attributes(actor))
    for tie in network.ties():
        iris = " ".join(network.links[k].iri for k in tie.links)
        ends = network.actors[tie.a].iri, network.actors[tie.b].iri
        graph.add_edge(*ends, weight=tie.weight, links=len(tie.links), link_iris=iris)
    return graph


def _actor_attributes(actor: ActorNode) -> dict[str, str]:
    return _known(
        label=actor.label.best("en") or actor.iri, label_zh=actor.label.zh, kind=actor.kind, sector=actor.sector
    )


def _link_attributes(link: LinkNode) -> dict[str, str | int]:
    texts = _known(
        label=link.label.best("en") or link.iri,
        label_zh=link.label.zh,
        kind=link.kind,
        stage=link.stage,
        start=None if link.start is None else link.start.isoformat(),
        layers=" ".join(link.layers),
    )
    return {**texts, "named": link.named, "declared": link.declared, "bound": link.bound}


def _known(**attributes: str | None) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value is not None}
