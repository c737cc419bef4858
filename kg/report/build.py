"""The steps from a view to a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg import network
from kg.changes.ranks import Ranking
from kg.findings import findings, ranks
from kg.map import formats
from kg.map.build import scene
from kg.map.rendered import Page
from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.network.credits import collections_of
from kg.network.ego import ego_network
from kg.network.incidence.load import load_incidence
from kg.query.imprint import imprint
from kg.report import contents, page
from kg.report import references as references_of
from kg.report.since import since
from kg.report.writer import Layout
from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.map.options import MapOptions
    from kg.measure.uncertainty.intervals import Progress
    from kg.network import Lens
    from kg.store.view import View


_EMPTY = Message("The report is empty: {reason}.", reason=formats.EMPTY)


_SAMPLES = 100
"""Imputations for the ranks of two days."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options of a report, besides those of its map.

    Attributes:
        sector: the sector that is ranked; ``None`` for all.
        limit: number of ranked actors; ``None`` for all.
        about: IRI of an actor; the report is about its links only.
        annex: whether the page contains the annex: indicators, organisations, links and sources.
        files: addresses of the brief and of the annex, if the annex is a page of its own.
        author: who made the report.
        issued: day of issue; ``None`` for today.
        changes_since: the day from which changes until the day of issue are listed; ``None`` for no list.
    """

    sector: str | None = "firm"
    limit: int | None = 15
    about: str | None = None
    annex: bool = False
    files: tuple[str, str] | None = None
    author: str | None = None
    issued: date | None = None
    changes_since: date | None = None


def report(
    view: View, lens: Lens, options: MapOptions, chosen: ReportOptions, progress: Progress = iter
) -> tuple[Page, ...]:
    """Return the report of the network that `lens` selects, and its annex if that has a file of its own.

    If parties are unnamed, the ranking has score intervals. `progress` wraps the numbers of the samples.

    Raises:
        UsageError: the network has too many links for one page.
        InputError: the actor of the report takes part in no link of the network.
    """
    incidence = load_incidence(view)
    selected = network.build(incidence, lens)
    if chosen.about is not None:
        selected, options = ego_network(selected, chosen.about, 1), replace(options, focus=chosen.about)
    contents.check(selected)
    sector = chosen.sector
    sampled = rank_intervals(selected, options.measure, options.mode, sector, progress=progress)
    ranked = rank(selected, options.measure, options.mode, sector, chosen.limit, options.lang)
    if missing_parties(selected).any():
        ranked = with_intervals(ranked, sampled, "scores")
    same = (options.measure, options.mode) == (ranks.MEASURE, ranks.MODE)
    found = findings(
        selected,
        sector,
        progress=progress,
        intervals=sampled if same else None,
        incidence=None if chosen.about else incidence,
    )
    drawn = scene(view, selected, options, panel=False)
    made = imprint(view, chosen.author, chosen.issued, collections_of(incidence, selected.links.table))
    content = contents.gather(view, selected, drawn, ranked, found, made)
    if chosen.changes_since is not None:
        ranking = Ranking(options.measure, options.mode, sector, _SAMPLES)
        content = replace(
            content, changes=since(view, lens, (chosen.changes_since, made.issued), ranking, chosen.about)
        )
    references = references_of.number(content)
    note = "" if len(selected.links) else localise(_EMPTY, options.lang)
    return tuple(Page(page.render(references, layout), ".html", note) for layout in _layouts(chosen))


def _layouts(chosen: ReportOptions) -> Iterator[Layout]:
    if chosen.files is None:
        yield Layout(annex=chosen.annex)
        return
    brief, annex = chosen.files
    yield Layout(annex=False, other=annex)
    yield Layout(brief=False, other=brief)
