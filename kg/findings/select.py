"""The choice of findings: the unknown first, at most seven."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from kg.findings import gaps, papers, ranks, sectors, years

if TYPE_CHECKING:
    from kg.findings.finding import Finding
    from kg.measure.uncertainty.intervals import Progress, RankIntervals
    from kg.network import Network
    from kg.network.incidence.tables import Incidence

MAX_FINDINGS = 7
SAMPLES = 200


def findings(
    network: Network,
    sector: str | None = None,
    samples: int = SAMPLES,
    progress: Progress = iter,
    intervals: RankIntervals | None = None,
    incidence: Incidence | None = None,
) -> tuple[Finding, ...]:
    """Return up to `MAX_FINDINGS` findings of `network`; each is present only if its condition holds.

    `sector` selects the actors that are ranked, and the brokers; ``None`` selects all. `samples` is the number of
    imputations for rank intervals; without samples there are no findings about ranks. A caller that has the intervals
    of the default measure (`kg.measure.star.chosen`) passes `intervals`.
    With the `incidence` of the graph, agreements are compared with joint papers, which the default lens leaves out.
    """
    if not len(network.links):
        return ()
    if intervals is None and samples:
        intervals = ranks.intervals_of(network, sector, samples, progress)
    candidates = chain(
        gaps.unnamed_parties(network),
        ranks.ranks(network, sector, intervals) if intervals is not None else (),
        sectors.sector_pair(network),
        sectors.broker(network, sector),
        papers.signed_and_published(incidence, network.lens) if incidence is not None else (),
        years.last_year(network),
        gaps.single_source(network),
        gaps.undated_links(network),
    )
    return tuple(islice(candidates, MAX_FINDINGS))
