"""The tables of a report beside the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.measure import methods
from kg.measure.helix import helix
from kg.measure.structure import mixing
from kg.network.incidence.load import load_incidence
from kg.query import link_topics
from kg.report.overview import overview
from kg.report.references import Content
from kg.texts import Detail, localise
from kg.validate import coverage

if TYPE_CHECKING:
    from kg.findings import Finding
    from kg.map.scene.model import Scene
    from kg.model import Table
    from kg.network import Network
    from kg.query.imprint import Imprint
    from kg.store.view import View

MAX_LINKS, MAX_PARTIES = 2500, 7500
"""Maximum number of links in a report and of their named parties: 2 MB, which browsers and mail servers accept."""


def check(network: Network) -> None:
    """Raise an error if `network` is too large for one readable page.

    Raises:
        UsageError: it exceeds `MAX_LINKS` or `MAX_PARTIES`.
    """
    links, parties = len(network.links), len(network.actor_of)
    if links > MAX_LINKS or parties > MAX_PARTIES:
        raise UsageError(
            "a report lists at most {MAX_LINKS} links with {MAX_PARTIES} parties, and the lens selects {links} links "
            "with {parties} parties; narrow it with --layer, --place, --since or --source",
            MAX_LINKS=MAX_LINKS,
            MAX_PARTIES=MAX_PARTIES,
            links=links,
            parties=parties,
        )


def gather(
    view: View, network: Network, scene: Scene, ranking: Table, findings: tuple[Finding, ...], made: Imprint
) -> Content:
    """Return the content of a report: indicators of `network` with their methods, gaps of `view`, and the rest."""
    indicators = helix.table({"all": network}, helix.HELICES, link_topics.plans(view))
    mixed = mixing.table(network)
    return Content(
        scene=scene,
        findings=findings,
        ranking=ranking.localise(scene.lang),
        helix=_with_methods(indicators).localise(scene.lang),
        mixing=_with_methods(mixed).localise(scene.lang),
        gaps=coverage.coverage(view.graph, scene.lang, load_incidence(view).reported()),
        helices=helix.HELICES,
        overview=overview(network, scene, mixed),
        imprint=made,
        method=_method(network, ranking, scene.lang),
    )


def _method(network: Network, ranking: Table, lang: str) -> tuple[str, ...]:
    """Return the lens and the main notes of the ranking."""
    notes = (*network.notes[:1], *(note for note in ranking.notes if not isinstance(note, Detail)))
    return tuple(localise(note, lang) for note in notes)


def _with_methods(table: Table) -> Table:
    column = table.columns.index("indicator")
    return methods.explain(table, (str(row[column]) for row in table.rows))
