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
from kg.map.scene.focus import title_of
from kg.measure import find, star
from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.network.credits import collections_of
from kg.network.ego import ego_network
from kg.network.incidence.load import load_incidence
from kg.network.lens import narrowed
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
    from kg.map.scene.model import Scene
    from kg.measure.uncertainty.intervals import Progress, RankIntervals
    from kg.model import Cell, Table
    from kg.network import Lens, Network
    from kg.store.view import View
    from kg.texts import Text


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
    measure = star.chosen(selected, options.measure)
    sampled = rank_intervals(selected, measure, options.mode, sector, progress=progress)
    same = (measure, options.mode) == (star.chosen(selected, None), ranks.MODE)
    found = findings(
        selected,
        sector,
        progress=progress,
        intervals=sampled if same else None,
        incidence=None if chosen.about else incidence,
    )
    drawn = _titled(scene(view, selected, options, panel=False), selected, options)
    made = imprint(view, chosen.author, chosen.issued, collections_of(incidence, selected.links.table))
    made = made._replace(scope=narrowed(lens, incidence, _regions(drawn)))
    content = contents.gather(view, selected, drawn, _ranked(selected, options, chosen, sampled), found, made)
    content = replace(content, meaning=localise(find(measure).describe(options.mode), options.lang))
    if chosen.changes_since is not None:
        ranking = Ranking(measure, options.mode, sector, _SAMPLES)
        content = replace(
            content, changes=since(view, lens, (chosen.changes_since, made.issued), ranking, chosen.about)
        )
    references = references_of.number(content)
    note = "" if len(selected.links) else localise(_EMPTY, options.lang)
    return tuple(Page(page.render(references, layout), ".html", note) for layout in _layouts(chosen))


def _ranked(selected: Network, options: MapOptions, chosen: ReportOptions, sampled: RankIntervals) -> Table:
    """Return the ranking without the hub of a star, with score intervals if parties are unnamed."""
    limit = None if chosen.limit is None else chosen.limit + 1
    measure = star.chosen(selected, options.measure)
    ranked = rank(selected, measure, options.mode, chosen.sector, limit, options.lang)
    if missing_parties(selected).any():
        ranked = with_intervals(ranked, sampled, "scores")
    return _without_hub(ranked, selected, chosen.limit)


def _without_hub(ranked: Table, selected: Network, limit: int | None) -> Table:
    """Return the first `limit` rows without the hub of a star; its partners begin at rank 1."""
    hub = star.hub(selected)
    iri = None if hub is None else selected.actors[hub].iri
    column = ranked.columns.index("actor")
    rows = tuple(row for row in ranked.rows if row[column] != iri)
    if len(rows) == len(ranked.rows):
        return replace(ranked, rows=rows[:limit])
    first = ranked.columns.index("rank")
    earlier = tuple((*row[:first], _earlier(row[first]), *row[first + 1 :]) for row in rows)
    return replace(ranked, rows=earlier[:limit])


def _earlier(place: Cell) -> Cell:
    return place - 1 if isinstance(place, int) else place


def _regions(drawn: Scene) -> dict[str, Text]:
    """Return the regions of the organisations by their English names."""
    return {node.region.en: node.region for node in drawn.nodes if node.region and node.region.en}


def _titled(drawn: Scene, selected: Network, options: MapOptions) -> Scene:
    """Return the scene of a star with the name of its hub in the title, if the options give no other title."""
    hub = star.hub(selected)
    if hub is None or options.title is not None:
        return drawn
    return replace(drawn, title=title_of(selected.actors[hub].label))


def _layouts(chosen: ReportOptions) -> Iterator[Layout]:
    if chosen.files is None:
        yield Layout(annex=chosen.annex)
        return
    brief, annex = chosen.files
    yield Layout(annex=False, other=annex)
    yield Layout(brief=False, other=brief)
