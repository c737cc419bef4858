"""Partners to talk to next: who is near an actor by the links of its partners, and not tied to it yet.

A method scores all actors for one of them. Whoever shares a link with it already is never suggested. Two actors that
share no link have no neighbour in common in the two-mode network, so methods look at common partners, or walk over both
modes. How well each did on links that came later is what `kg.measure.prediction.evaluate` tells; no score is a
probability.
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
from kg.measure.prediction.explain import reasons
from kg.measure.prediction.neighbourhood import Neighbourhood, neighbourhood
from kg.measure.rank import rounded_scores
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.network import Network

COLUMNS = ("rank", "actor", "label", "sector", "score", "reasons", "links")


@dataclass(frozen=True, slots=True)
class Method:
    """A name for the command line, the function, and what the score is.

    Attributes:
        function: scores of all actors for the one in that place; 0 is no reason to suggest it.
    """

    name: str
    function: Callable[[Neighbourhood, int], NDArray[np.float64]]
    explanation: Text
    citation: str


def adamic_adar(made: Neighbourhood, place: int) -> NDArray[np.float64]:
    """``sum_z 1 / ln k_z`` over the partners z of both, k_z how many partners z has."""
    # Whoever is between two has two partners or more.
    return _through(made, place, 1 / log(np.maximum(made.partners, 2.0)))


def resource(made: Neighbourhood, place: int) -> NDArray[np.float64]:
    """``sum_z 1 / k_z`` over the partners z of both: what each of them could pass on to one of its partners."""
    return _through(made, place, _shared(made))


def sectoral(made: Neighbourhood, place: int) -> NDArray[np.float64]:
    """The same, and partners of the sector of both count twice."""
    alike = made.sector == made.sector[place]
    return resource(made, place) + np.where(alike, _through(made, place, np.where(alike, _shared(made), 0.0)), 0.0)


def paths(made: Neighbourhood, place: int) -> NDArray[np.float64]:
    """``sum_z w_iz w_zj``, with Newman's weights by declared size: paths through small links count most."""
    found: NDArray[np.float64] = made.weights @ made.weights[[place]].toarray()[0]
    return found


def walk(made: Neighbourhood, place: int) -> NDArray[np.float64]:
    """How often a walker is there who goes along links and parties and, in 15 of 100 steps, starts at the actor again.

    ``x = d W x + (1 - d) e`` over actors and links, d = 0.85, W with its columns scaled to 1, e the actor.
    """
    # With S = D^-1/2 A D^-1/2 for W = A D^-1 it is D^1/2 (I - d S)^-1 D^-1/2 e.
    found: NDArray[np.float64] = birank(made, place) * np.sqrt(made.links / made.links[place])
    return found


def birank(made: Neighbourhood, place: int) -> NDArray[np.float64]:
    """The same, shared by the roots of the degrees of both ends, so that the well tied gain less."""
    right = np.zeros(len(made.sector))
    right[place] = 1 - DAMPING
    return np.maximum(made.both.solve(DAMPING, right, np.zeros(len(made.network.links)))[0], 0.0)


METHODS: tuple[Method, ...] = (
    Method(
        "walk",
        walk,
        Text(
            "How often a walker is there who goes along links and parties and starts at the actor again and again.",
            "沿联系及其参与方游走、并不断从该行动者重新出发者停留于对方的频率。",
        ),
        "Liben-Nowell & Kleinberg 2007, JASIST 58, 1019-1031 (rooted PageRank); Tong, Faloutsos & Pan 2006, ICDM, 613",
    ),
    Method(
        "birank",
        birank,
        Text(
            "As walk, shared by the roots of degrees, so that those in many links gain less.",
            "同walk，但按度数的平方根分摊，联系众多者得分较少。",
        ),
        "He, Gao, Kan & Wang 2017, IEEE Trans. Knowl. Data Eng. 29, 57-71",
    ),
    Method(
        "paths",
        paths,
        Text(
            "Paths over one partner, each counted by the product of Newman's weights of its two ties.",
            "经由一个共同伙伴的路径，按其两段联系的Newman权重之积计分。",
        ),
        "Newman 2001, Phys. Rev. E 64, 016132",
    ),
    Method(
        "adamic-adar",
        adamic_adar,
        Text(
            "Partners in common, each counted by one over the logarithm of how many partners it has.",
            "共同伙伴数，每个按其伙伴数对数的倒数计分。",
        ),
        "Adamic & Adar 2003, Social Networks 25, 211-230",
    ),
    Method(
        "resource",
        resource,
        Text(
            "Partners in common, each counted by one over how many partners it has.",
            "共同伙伴数，每个按其伙伴数的倒数计分。",
        ),
        "Zhou, Lü & Zhang 2009, Eur. Phys. J. B 71, 623-630",
    ),
    Method(
        "sector",
        sectoral,
        Text(
            "As resource; a partner that is of the sector of both counts twice.",
            "同resource；与双方同属一类主体的共同伙伴加倍计分。",
        ),
        "Soundarajan & Hopcroft 2012, WWW 2012 Companion, 607-608",
    ),
)
"""The first is the one that is used unless somebody asks otherwise: see docs/decisions/0016."""


def find(name: str) -> Method:
    """The method called `name`.

    Raises:
        UsageError: there is none.
    """
    return names.find("method", name, METHODS)


def suggest(
    network: Network,
    actor: str,
    method: str = METHODS[0].name,
    sector: str | None = None,
    limit: int | None = 10,
    lang: str = "en",
) -> Table:
    """Whom the actor with the IRI `actor` may talk to next, best first, each with the paths that lead there.

    Equal scores share a rank and go by their IRIs. `reasons` says in words over whom a candidate is reached; `links`
    are the IRIs of the links in it, in the order of the words.

    Raises:
        InputError: the actor takes part in nothing that this network shows.
        UsageError: no such method.
    """
    chosen = find(method)
    place = int(pc.index(network.actors.table["iri"], actor).as_py())
    if place < 0:
        raise InputError(f"{actor} takes part in no link that this network shows; choose other layers or stages")
    made = neighbourhood(network)
    score = np.array(rounded_scores(tuple(chosen.function(made, place).tolist())))
    open_ = candidates(made, place)
    if sector is not None:
        open_ &= network.actors.of_sector(sector)
    rows = np.flatnonzero(open_ & (score > 0))
    rows = rows[np.argsort(-score[rows], kind="stable")][:limit]
    ranks = 1 + np.count_nonzero(score[rows][:, None] < score[rows][None, :], axis=1)
    told = reasons(made, place, rows, lang)
    cells = []
    for rank, row, (words, links) in zip(ranks.tolist(), rows.tolist(), told, strict=True):
        node = network.actors[row]
        cells.append(
            (rank, node.iri, node.label.localise(lang), node.sector, float(score[row]), words, " ".join(links))
        )
    return Table(COLUMNS, tuple(cells), (*summary_notes(network, "two-mode"), *_about(made, place, chosen)))


def candidates(made: Neighbourhood, place: int) -> NDArray[np.bool_]:
    """All who are not the actor and share no link with it."""
    free = np.ones(len(made.sector), np.bool_)
    free[made.ties[[place]].indices] = False
    free[place] = False
    return free


def _about(made: Neighbourhood, place: int, method: Method) -> Iterator[Text]:
    name, tied = made.network.actors[place].label, int(made.partners[place])
    yield Text(
        "These are suggestions: nobody says that these parties know or want each other.",
        "以下仅为建议：没有来源说这些主体彼此认识或有意合作。",
    )
    yield Text(
        "Score, for comparison within this list only: {method}, {words} [{citation}]",
        "得分（仅供在此列表内比较）：{method}，{words}[{citation}]",
    ).format(method=method.name, words=method.explanation, citation=method.citation)
    many = f"{tied} named partner{'' if tied == 1 else 's'}"
    yield Text(
        "{name} has {many} here, none of them suggested; whom nobody named may be among the suggested.",
        "{name}在此有{tied}个具名伙伴，均不在建议之列；未具名的伙伴则可能在其中。",
    ).format(name=name, many=many, tied=tied)


def _shared(made: Neighbourhood) -> NDArray[np.float64]:
    return np.divide(1.0, made.partners, out=np.zeros(len(made.partners)), where=made.partners > 0)


def _through(made: Neighbourhood, place: int, worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """The worth of the common partners of the actor and each other one, summed."""
    mine = np.zeros(len(worth))
    near = made.ties[[place]].indices
    mine[near] = worth[near]
    found: NDArray[np.float64] = made.ties @ mine
    return found
