"""A snapshot of the store as an rdflib `Dataset` that cannot leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import QueryError
from kg.rdf.service_guard import refuse_service
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.graph import Graph
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result
    from rdflib.term import Identifier


class _GuardedStore(OxigraphStore):
    """An rdflib store that runs queries in Oxigraph only, because rdflib fetches the IRIs in FROM and SERVICE."""

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's names
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Run `query`.

        Raises:
            QueryError: the query contains SERVICE, or is not text.
        """
        if not isinstance(query, str) or kwargs:
            raise QueryError("a prepared query would run outside the store; pass its text, and values as initBindings")
        refuse_service(query, {**dict(self.namespaces()), **initNs})
        # With the default graph named, Oxigraph would ignore FROM.
        graph = "" if str(queryGraph) == str(DATASET_DEFAULT_GRAPH_ID) else queryGraph
        return super().query(query, initNs, initBindings, graph)

    def add_graph(self, graph: Graph) -> None:
        """Accept a graph that the view contains, since `Dataset.graph` adds the graph that it returns.

        Raises:
            QueryError: the view has no such graph.
        """
        if str(graph.identifier) != str(DATASET_DEFAULT_GRAPH_ID) and not self._inner.contains_named_graph(
            ox.NamedNode(str(graph.identifier))
        ):
            raise QueryError(
                "a view is read-only, and contains no graph <{identifier}>; check the IRI", identifier=graph.identifier
            )

    def update(self, *_: object, **__: object) -> None:
        """Refuse an update.

        Raises:
            QueryError: always.
        """
        raise QueryError("a view is read-only; change the graph files and run kg build")


def dataset(graph: ox.Store) -> Dataset:
    """Return the open store `graph` as an rdflib dataset with the prefixes of `kg.terms.PREFIXES`."""
    wrapped = Dataset(store=_GuardedStore(store=graph))
    for prefix, iri in PREFIXES.items():
        wrapped.namespace_manager.bind(prefix, iri)
    return wrapped
