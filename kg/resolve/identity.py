"""Identity clusters of the actors in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolve import load
from kg.resolve.clusters import Clusters, resolve

if TYPE_CHECKING:
    from kg.rdf.sparql import Endpoint
    from kg.resolve.judgements import Judgement


def identity(graph: Endpoint, more: tuple[Judgement, ...] = ()) -> Clusters:
    """Return the clusters of the actors in `graph`, merged or not, with `more` judgements."""
    return resolve(load.read(graph, more))
