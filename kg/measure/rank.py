"""Actors in the order of a measure, with how much of what lies behind each score is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from kg.errors import UsageError
from kg.measure import Scores, find
from kg.model import Cell, Table
from kg.network import Mode, Network

COLUMNS = ("rank", "actor", "label", "sector", "score", "low", "high", "named", "declared", "coverage")

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Row:
    """One actor: its place in the network, its score, and the named and declared parties of its links."""

    actor: int
    score: float | None
    named: int
    declared: int


def rank(
    network: Network,
    by: str = "degree",
    mode: Mode = "two-mode",
    sector: str | None = None,
    top: int | None = None,
    lang: str = "en",
) -> Table:
    """The actors of `network`, highest score first.

    `sector` leaves the other rows out; a score is still that of the whole network, but ranks count the actors listed.
    Scores have 12 digits. Equal ones share the best rank and the next one follows after the gap: 1, 2, 2, 4; among
    them the order is that of their IRIs. Where the measure is not defined, rank and score are ``None`` and the row
    comes last.
    `low` and `high` bound the score for what the unnamed parties could change; in this version they repeat it.
    `named` and `declared` sum the parties of the actor's links, itself included; `coverage` is their ratio.

    Raises:
        UsageError: no such measure or mode, or `top` is not positive.
    """
    measure = find(by)
    if mode not in get_args(Mode):
        raise UsageError(f"there is no mode {mode!r}; there are: {', '.join(get_args(Mode))}")
    if top is not None and top < 1:
        raise UsageError(f"the number of rows to show must be 1 or more, not {top}")
    scores = measure.function(network, mode)
    rows = [row for row in _rows(network, scores) if sector is None or network.actors[row.actor].sector == sector]
    rows.sort(key=lambda row: (row.score is None, -(row.score or 0.0), row.actor))
    cells = tuple(_cells(network, rows, lang))
    about = (f"Score: {measure.says(mode)}.", *scores.notes, *_about_sector(network, sector, len(rows)))
    return Table(COLUMNS, cells[:top], (*network.notes, *_about_network(network, mode), *about))


def _rows(network: Network, scores: Scores) -> Iterator[_Row]:
    sizes = np.array([(link.named, link.declared) for link in network.links]).reshape(-1, 2)
    totals = np.zeros((len(network.actors), 2), dtype=np.int64)
    np.add.at(totals, network.actor_of, sizes[network.link_of])
    for actor, (score, (named, declared)) in enumerate(zip(scores.values, totals.tolist(), strict=True)):
        yield _Row(actor, None if score is None else _rounded(score), named, declared)


def _rounded(score: float) -> float:
    """The score as far as it can tell two actors apart; the digits beyond are left over from adding up.

    They differ from one processor to the next, and what is printed must not.
    """
    return float(f"{score:.{_DIGITS}g}")


def _cells(network: Network, rows: Sequence[_Row], lang: str) -> Iterator[tuple[Cell, ...]]:
    place, last = 0, None
    for position, row in enumerate(rows, start=1):
        if row.score != last:
            place, last = position, row.score
        actor = network.actors[row.actor]
        shown = (row.score, row.score, row.score)
        coverage = row.named / row.declared
        here = None if row.score is None else place
        yield here, actor.iri, actor.label.best(lang), actor.sector, *shown, row.named, row.declared, coverage


def _about_network(network: Network, mode: Mode) -> Iterator[str]:
    links = network.links
    yield f"The {mode} network of {len(network.actors)} actors and {len(links)} links."
    unnamed = sum(link.declared > link.named for link in links)
    yield f"{unnamed} of {len(links)} links have unnamed parties."
    bounds = sum(link.bound for link in links)
    if bounds:
        yield f"{bounds} of {len(links)} links declare only a lower bound of their size."
    single = sum(link.named == 1 for link in links)
    if single and mode == "one-mode":
        yield f"{single} of {len(links)} links name one party here and tie it to nobody."


def _about_sector(network: Network, sector: str | None, rows: int) -> Iterator[str]:
    if sector is None:
        return
    yield f"Ranks are among the {rows} actors of the sector {sector}; scores are of the whole network."
    if not rows:
        there = sorted({actor.sector for actor in network.actors if actor.sector})
        yield f"Sectors in this network: {', '.join(there) or 'none'}."
