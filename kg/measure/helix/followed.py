"""Joint papers of pairs of a university and a firm, before and after their first agreement, against chance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from kg.measure.binomial import probabilities
from kg.measure.scores import rounded
from kg.model import Table
from kg.network import build
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Cell
    from kg.network import Lens, Network
    from kg.network.incidence.tables import Incidence

COLUMNS = (
    *("university", "university_label", "firm", "firm_label", "agreements", "agreed"),
    *("papers", "before", "after", "expected", "p"),
)
Pair = tuple[str, str]
"""The IRIs of a university and a firm."""
_Dated = list[tuple[str, int | None]]
"""Records, or universities, each with a year."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The agreements and joint papers of one pair.

    Attributes:
        agreements: the records of the agreements.
        agreed: the year of the first agreement; ``None`` if the year of an agreement is not known.
        papers: the number of joint papers.
        before, after: papers in earlier and later years than `agreed`; those of the same year are in neither.
        chance: the share of later papers among the earlier and later papers of the firm with other universities;
            ``None`` without such papers.
    """

    university: str
    firm: str
    agreements: tuple[str, ...]
    agreed: int | None
    papers: int
    before: int = 0
    after: int = 0
    chance: float | None = None

    @property
    def expected(self) -> float | None:
        """The mean number of later papers if the pair published in the years in which the firm published."""
        return None if self.chance is None else (self.before + self.after) * self.chance


def has_both(incidence: Incidence) -> bool:
    """Return whether the graph has agreements and joint papers."""
    kinds, types = (pc.unique(incidence.links[name]).to_pylist() for name in ("kind", "link_type"))
    return "JointPublication" in kinds and "Agreement" in types


def networks(incidence: Incidence, lens: Lens) -> tuple[Network, Network]:
    """Return the network of the agreements in `lens`, and that of the joint papers in the same collections and time.

    Raises:
        UsageError: the graph has no agreements or no joint papers.
    """
    agreements = build(incidence, replace(lens, link_types="Agreement"))
    return agreements, build(incidence, replace(lens, layers="publishes", kinds="JointPublication", link_types=None))


def followed(agreements: Network, papers: Network) -> tuple[Followed, ...]:
    """Return the pairs that have an agreement, sorted; papers are counted by year.

    Under chance, each paper of a pair that is not of the year of the agreement is later with the share of later
    papers among the firm's papers with other universities. The growth of a firm or of a list has no effect.
    """
    signed, written = _pairs(agreements), _pairs(papers)
    firms = _by_firm(written)
    return tuple(_pair(pair, signed[pair], written, firms) for pair in sorted(signed))


def two_sided(pairs: Iterable[Followed]) -> float:
    """Return the p-value of the number of later papers over all pairs: twice the smaller tail of a Poisson binomial.

    Each paper is later with the chance of its pair. Citation: Hong 2013, Comput. Stat. Data Anal. 59, 41-51.
    """
    sums = [1.0]
    after = 0
    for one in pairs:
        trials = one.before + one.after
        if one.chance is None or not trials:
            continue
        after += one.after
        terms = probabilities(trials, np.array([one.chance]), trials + 1)[0][0].tolist()
        longer = [0.0] * (len(sums) + trials)
        for place, have in enumerate(sums):
            for more, chance in enumerate(terms):
                longer[place + more] += have * chance
        sums = longer
    return min(1.0, 2 * min(sum(sums[after:]), sum(sums[: after + 1])))


def compare(incidence: Incidence, lens: Lens) -> Table:
    """Return `table` of the agreements and joint papers in `lens`; an empty table if the graph has none of either."""
    if not has_both(incidence):
        return Table(COLUMNS, (), (Message("The graph has no agreements or no joint papers."),))
    return table(*networks(incidence, lens))


def table(agreements: Network, papers: Network) -> Table:
    """Return the pairs that have an agreement and joint papers, and as notes the sums over them."""
    pairs = followed(agreements, papers)
    labels = {actor.iri: actor.label for network in (papers, agreements) for actor in network.actors}
    published = [one for one in pairs if one.papers]
    rows = tuple(_row(one, labels) for one in published)
    return Table(COLUMNS, rows, (*_notes(pairs, published, papers),))


def _notes(pairs: tuple[Followed, ...], published: list[Followed], papers: Network) -> Iterator[Message]:
    yield Message(
        "{published} of {signed} pairs with an agreement have joint papers; {written} pairs have joint papers.",
        published=len(published),
        signed=len(pairs),
        written=len(_pairs(papers)),
    )
    tested = [one for one in published if one.expected is not None and one.before + one.after]
    if tested:
        yield Message(
            "{after} of {papers} papers before or after the first agreement came after; chance gives {expected:.1f}"
            " (p {p:.2g}).",
            after=sum(one.after for one in tested),
            papers=sum(one.before + one.after for one in tested),
            expected=sum(one.expected or 0 for one in tested),
            p=two_sided(tested),
        )
    yield Message("An agreement before a paper is not its cause; pairs without papers may have papers elsewhere.")


def _row(one: Followed, labels: Mapping[str, object]) -> tuple[Cell, ...]:
    known = one.agreed is not None
    p = two_sided([one]) if one.chance is not None and one.before + one.after else None
    return (
        *(one.university, labels[one.university], one.firm, labels[one.firm], len(one.agreements), one.agreed),
        *(one.papers, one.before if known else None, one.after if known else None),
        *(rounded(one.expected), rounded(p)),
    )  # type: ignore[return-value]


def _pair(pair: Pair, signed: _Dated, written: Mapping[Pair, _Dated], firms: Mapping[str, _Dated]) -> Followed:
    years = [year for _, year in signed]
    known = [year for year in years if year is not None]
    agreed = min(known) if len(known) == len(years) else None
    records = tuple(sorted({record for record, _ in signed}))
    own = [year for _, year in written.get(pair, [])]
    if agreed is None:
        return Followed(*pair, records, None, len(own))
    before, after = _split(own, agreed)
    others = [year for university, year in firms.get(pair[1], []) if university != pair[0]]
    earlier, later = _split(others, agreed)
    chance = later / (earlier + later) if earlier + later else None
    return Followed(*pair, records, agreed, len(own), before, after, chance)


def _split(years: Iterable[int | None], agreed: int) -> tuple[int, int]:
    known = [year for year in years if year is not None]
    return sum(year < agreed for year in known), sum(year > agreed for year in known)


def _by_firm(written: Mapping[Pair, _Dated]) -> dict[str, _Dated]:
    firms: dict[str, _Dated] = defaultdict(list)
    for (university, firm), papers in written.items():
        firms[firm] += [(university, year) for _, year in papers]
    return firms


def _pairs(network: Network) -> dict[Pair, _Dated]:
    """Return for each pair the record and the year of its links; ``None`` if the bounds of the start differ in year."""
    iris = network.actors.table["iri"].to_pylist()
    is_university, is_firm = (network.actors.of_sector(name).tolist() for name in ("university", "firm"))
    records, years = network.links.records(), _years(network)
    parties: dict[int, list[int]] = defaultdict(list)
    for link, actor in zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True):
        parties[link].append(actor)
    found: dict[Pair, dict[str, int | None]] = defaultdict(dict)
    for link, actors in parties.items():
        for university in filter(is_university.__getitem__, actors):
            for firm in filter(is_firm.__getitem__, actors):
                found[iris[university], iris[firm]][records[link]] = years[link]
    return {pair: sorted(links.items()) for pair, links in found.items()}


def _years(network: Network) -> list[int | None]:
    bounds = (network.links.table[name].to_pylist() for name in ("start_earliest", "start_latest"))
    return [
        first.year if first and last and first.year == last.year else None for first, last in zip(*bounds, strict=True)
    ]
