"""The front page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.findings import findings
from kg.map import messages
from kg.pages.lists import collections
from kg.pages.model import GapsPage, HomePage, RankingPage
from kg.pages.nodes import collection
from kg.pages.standings import measures
from kg.pages.words import WORDS
from kg.texts import Text
from kg.validate import coverage

if TYPE_CHECKING:
    from kg.pages.index import Index
    from kg.pages.nodes import Memberships
    from kg.pages.parts import Entry
    from kg.pages.standings import Ranked
    from kg.store.view import View

FINDING_LINKS = 3
"""Links below each finding."""


def home(
    view: View,
    index: Index,
    memberships: Memberships,
    ranked: Ranked,
    questions: tuple[Entry, ...],
    title: Text | None,
) -> HomePage:
    """Return the front page; findings and ranks are those of the network in `ranked`."""
    found = findings(ranked.network, intervals=ranked.intervals)
    organisations = sum("Person" not in index.facts.classes(iri) for iri in index.actors)
    figures = (
        (organisations, WORDS["organisations"], "organisations"),
        (len(index.facts.links), WORDS["linksTitle"], "links"),
        (len(index.sources), WORDS["sources"], "sources"),
        (len(index.collections), WORDS["collections"], "collections"),
    )
    listed = collections(index, memberships)
    return HomePage(
        title=title or WORDS["siteTitle"],
        subtitle=WORDS["siteLead"],
        figures=tuple(figure for figure in figures if figure[0]),
        findings=tuple(
            (one, tuple(index.ref(iri) for iri in one.links[:FINDING_LINKS]), len(one.links[FINDING_LINKS:]))
            for one in found
        ),
        ranking=ranking(index, ranked),
        scope=WORDS["findingsHelp"].format(actors=len(ranked.network.actors), links=ranked.network.totals().links),
        gaps=gaps(view, index),
        collections=tuple(one for one in listed if one.number) or listed,
        questions=questions,
        datasets=tuple(collection(index, memberships, iri) for iri in index.collections),
    )


def gaps(view: View, index: Index) -> GapsPage:
    """Return the page with what is missing, the rarest property first."""
    reported = index.facts.incidence.reported()
    tables = {lang: coverage.coverage(view.graph, lang, reported) for lang in ("en", "zh")}
    known = {lang: [row for row in table if row["coverage"] is not None] for lang, table in tables.items()}
    return GapsPage({lang: tuple(sorted(rows, key=lambda row: row["coverage"])) for lang, rows in known.items()})  # type: ignore[arg-type,return-value]  # shares are numbers


def ranking(index: Index, ranked: Ranked) -> RankingPage:
    """Return the page with the ranks of all actors by the measure of the front page."""
    measure = measures(ranked.network)[-1]
    rows = [(iri, one) for iri, several in ranked.standings.items() for one in several if one.measure == measure]
    rows.sort(key=lambda item: (item[1].rank, item[0]))
    return RankingPage(
        title=WORDS["rankingTitle"],
        ranking=tuple((index.ref(iri), one) for iri, one in rows),
        ranked_by=messages.term("measure", measure, {}),
        lens=ranked.network.notes[0] if ranked.network.notes else Text(),
    )
