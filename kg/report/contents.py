"""What a report tells, gathered: the tables beside the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.measure import methods
from kg.measure.helix import helix
from kg.measure.structure import mixing
from kg.network.incidence.load import load_incidence
from kg.query import link_topics
from kg.report.references import Content
from kg.validate import coverage

if TYPE_CHECKING:
    from kg.map.scene.model import Scene
    from kg.model import Table
    from kg.network import Network
    from kg.store.view import View

MOST_LINKS, MOST_PARTIES = 1500, 7500
"""Links that a report tells at most, and named parties of all of them: 2 MB, which any browser and any mail bears."""


def check(network: Network) -> None:
    """Refuse a network that would make a page too long to read.

    Raises:
        UsageError: it has more links, or more parties in them, than a report tells.
    """
    links, parties = len(network.links), len(network.actor_of)
    if links > MOST_LINKS or parties > MOST_PARTIES:
        raise UsageError(
            f"a report tells each link with its parties, at most {MOST_LINKS} links and {MOST_PARTIES} parties, and "
            f"these are {links} and {parties}; narrow it, as by --layer, --place, --since or --source"
        )


def gather(view: View, network: Network, scene: Scene, ranking: Table) -> Content:
    """Measure `network`, count what is missing in `view`, and say of each method how it measures."""
    found = helix.table({"all": network}, helix.HELICES, link_topics.plans(view))
    return Content(
        scene=scene,
        ranking=ranking.localise(scene.lang),
        helix=_explained(found).localise(scene.lang),
        mixing=_explained(mixing.table(network)).localise(scene.lang),
        gaps=coverage.coverage(view.graph, scene.lang, load_incidence(view).links),
        helices=helix.HELICES,
    )


def _explained(table: Table) -> Table:
    place = table.columns.index("indicator")
    return methods.explain(table, (str(row[place]) for row in table.rows))
