"""A generation of the store as an rdflib `Dataset`, fenced in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import QueryError
from kg.rdf.service_guard import refuse_service
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result
    from rdflib.term import Identifier


class _GuardedStore(OxigraphStore):
    """Answers the text of a query by Oxigraph, and nothing by rdflib, which fetches what FROM and SERVICE name."""

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's names
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Answer `query`.

        Raises:
            QueryError: it has SERVICE, or is not the text of a query alone.
        """
        if not isinstance(query, str) or kwargs:
            raise QueryError("give the query as text, and values by initBindings: a prepared one would be run outside")
        refuse_service(query, {**dict(self.namespaces()), **initNs})
        # Naming the default graph would make Oxigraph deaf to FROM.
        graph = "" if str(queryGraph) == str(DATASET_DEFAULT_GRAPH_ID) else queryGraph
        return super().query(query, initNs, initBindings, graph)

    def update(self, *_: object, **__: object) -> None:
        """Refuse.

        Raises:
            QueryError: always.
        """
        raise QueryError("a view is read-only; change the graph files and run kg build")


def dataset(graph: ox.Store) -> Dataset:
    """`graph`, which is open, as an rdflib dataset that knows our prefixes."""
    made = Dataset(store=_GuardedStore(store=graph))
    for prefix, iri in PREFIXES.items():
        made.namespace_manager.bind(prefix, iri)
    return made
