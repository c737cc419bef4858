"""Suggestions of partners (link prediction): actors near to an actor that do not share a link with it yet.

A method scores all actors for one of them. Actors that share a link with it are never suggested. Two actors without a
shared link have no common neighbour in the two-mode network, so methods use common partners or walks over both modes.
Scores are not probabilities. `kg.measure.prediction.evaluate` compares methods on later links.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg import names
from kg.errors import InputError
from kg.measure.centrality.random_walks import DAMPING
from kg.measure.elementary import log
from kg.measure.prediction.explain import explain
from kg.measure.prediction.neighbourhood import Neighbourhood, neighbourhood
from kg.measure.rank import rounded_numbers
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.network import Network
from kg.texts import Message

COLUMNS = ("rank", "actor", "label", "sector", "score", "reasons", "links")


@dataclass(frozen=True, slots=True)
class Method:
    """A method of link prediction.

    Attributes:
        name: the name on the command line.
        function: the scores of all actors for the actor with this index; actors with 0 are not suggested.
        explanation: the score in words.
        citation: the publications that define it.
    """

    name: str
    function: Callable[[Neighbourhood, int], NDArray[np.float64]]
    explanation: Text
    citation: str


def adamic_adar(near: Neighbourhood, actor: int) -> NDArray[np.float64]:
    """Return ``sum_z 1 / ln k_z`` over the common partners z, with k_z the number of partners of z."""
    # A common partner has two or more partners, so the lower bound 2 changes no score.
    return _sum_over_common(near, actor, 1 / log(np.maximum(near.partners, 2.0)))


def resource_allocation(near: Neighbourhood, actor: int) -> NDArray[np.float64]:
    """Return ``sum_z 1 / k_z`` over the common partners z, with k_z the number of partners of z."""
    return _sum_over_common(near, actor, _inverse_partners(near))


def sector_allocation(near: Neighbourhood, actor: int) -> NDArray[np.float64]:
    """Return resource allocation in which common partners of the sector of both actors count twice."""
    same = near.sector == near.sector[actor]
    within = _sum_over_common(near, actor, np.where(same, _inverse_partners(near), 0.0))
    return resource_allocation(near, actor) + np.where(same, within, 0.0)


def weighted_paths(near: Neighbourhood, actor: int) -> NDArray[np.float64]:
    """Return ``sum_z w_iz w_zj`` with Newman weights by declared size, so that small links weigh most."""
    scores: NDArray[np.float64] = near.weights @ near.weights[[actor]].toarray()[0]
    return scores


def rooted_pagerank(near: Neighbourhood, actor: int) -> NDArray[np.float64]:
    """Return the share of time that a random walk spends at each actor, if 15 % of its steps restart at `actor`.

    ``x = d W x + (1 - d) e`` over actors and links, with d = 0.85, W with columns scaled to 1, and e the actor.
    """
    # With S = D^-1/2 A D^-1/2 for W = A D^-1, x is D^1/2 (I - d S)^-1 D^-1/2 e.
    scores: NDArray[np.float64] = birank(near, actor) * np.sqrt(near.links / near.links[actor])
    return scores


def birank(near: Neighbourhood, actor: int) -> NDArray[np.float64]:
    """Return the same walk normalised by the square roots of both degrees, so that well-connected actors gain less."""
    start = np.zeros(len(near.sector))
    start[actor] = 1 - DAMPING
    return np.maximum(near.walk.solve(DAMPING, start, np.zeros(len(near.network.links)))[0], 0.0)


METHODS: tuple[Method, ...] = (
    Method(
        "walk",
        rooted_pagerank,
        Message("The share of time that a random walk with restarts at the actor spends at the candidate."),
        "Liben-Nowell & Kleinberg 2007, JASIST 58, 1019-1031 (rooted PageRank); Tong, Faloutsos & Pan 2006, ICDM, 613",
    ),
    Method(
        "birank",
        birank,
        Message("Like walk, but normalised by the square roots of degrees, so that actors in many links score less."),
        "He, Gao, Kan & Wang 2017, IEEE Trans. Knowl. Data Eng. 29, 57-71",
    ),
    Method(
        "paths",
        weighted_paths,
        Message(
            "Paths through one common partner, each weighted by the product of the Newman weights of its two ties."
        ),
        "Newman 2001, Phys. Rev. E 64, 016132",
    ),
    Method(
        "adamic-adar",
        adamic_adar,
        Message("Common partners, each weighted by the inverse logarithm of its number of partners."),
        "Adamic & Adar 2003, Social Networks 25, 211-230",
    ),
    Method(
        "resource",
        resource_allocation,
        Message("Common partners, each weighted by the inverse of its number of partners."),
        "Zhou, Lü & Zhang 2009, Eur. Phys. J. B 71, 623-630",
    ),
    Method(
        "sector",
        sector_allocation,
        Message("Like resource, but a common partner of the same sector as both counts twice."),
        "Soundarajan & Hopcroft 2012, WWW 2012 Companion, 607-608",
    ),
)
"""The methods; the first is the default (docs/decisions/0016)."""


def find(name: str) -> Method:
    """Return the method called `name`.

    Raises:
        UsageError: the method does not exist.
    """
    return names.find(Message("method"), name, METHODS)


def suggest(
    network: Network,
    actor: str,
    method: str = METHODS[0].name,
    sector: str | None = None,
    limit: int | None = 10,
    lang: str = "en",
) -> Table:
    """Return candidates for partnership with the actor of the IRI `actor`, best first, with the paths to them.

    Candidates with equal scores share a rank and are sorted by IRI. `reasons` describes the paths in words, and `links`
    contains the IRIs of their links in the same order.

    Raises:
        InputError: the actor takes part in no link of the network.
        UsageError: the method does not exist.
    """
    chosen = find(method)
    index = int(pc.index(network.actors.table["iri"], actor).as_py())
    if index < 0:
        raise InputError("{actor} takes part in no link of this network; choose other layers or stages", actor=actor)
    near = neighbourhood(network)
    score = rounded_numbers(chosen.function(near, index))
    eligible = candidates(near, index)
    if sector is not None:
        eligible &= network.actors.of_sector(sector)
    rows = np.flatnonzero(eligible & (score > 0))
    rows = rows[np.argsort(-score[rows], kind="stable")][:limit]
    ranks = 1 + np.count_nonzero(score[rows][:, None] < score[rows][None, :], axis=1)
    cells = []
    for rank, row, (text, links) in zip(ranks.tolist(), rows.tolist(), explain(near, index, rows, lang), strict=True):
        node = network.actors[row]
        name = node.iri, node.label.localise(lang), node.sector
        cells.append((rank, *name, float(score[row]), text, " ".join(links)))
    return Table(COLUMNS, tuple(cells), (*summary_notes(network, "two-mode"), *_notes(near, index, chosen)))


def candidates(near: Neighbourhood, actor: int) -> NDArray[np.bool_]:
    """Return a mask of the other actors that share no link with `actor`."""
    free = np.ones(len(near.sector), np.bool_)
    free[near.ties[[actor]].indices] = False
    free[actor] = False
    return free


def _notes(near: Neighbourhood, actor: int, method: Method) -> Iterator[Text]:
    name, tied = near.network.actors[actor].label, int(near.partners[actor])
    yield Message("These are suggestions: no source states that these parties know each other or intend to cooperate.")
    yield Message(
        "Score, for comparison within this list only: {method}, {text} [{citation}]",
        method=Message(method.name, "code"),
        text=method.explanation,
        citation=method.citation,
    )
    partners = Message("1 named partner") if tied == 1 else Message("{count} named partners", count=tied)
    yield Message(
        "{name} has {partners} here, none of which is suggested; unnamed partners may be among the suggestions.",
        name=name,
        partners=partners,
    )


def _inverse_partners(near: Neighbourhood) -> NDArray[np.float64]:
    return np.divide(1.0, near.partners, out=np.zeros(len(near.partners)), where=near.partners > 0)


def _sum_over_common(near: Neighbourhood, actor: int, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each actor the sum of the `weight` of its common partners with `actor`."""
    own = np.zeros(len(weight))
    partners = near.ties[[actor]].indices
    own[partners] = weight[partners]
    scores: NDArray[np.float64] = near.ties @ own
    return scores
