"""Description of the endpoint in the SPARQL 1.1 Service Description vocabulary, with the size of the store in VoID."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.serve.tasks import GRAPHS
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.view import Size

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads"),
)


def description(endpoint: str, size: Size, form: str) -> tuple[bytes, bytes]:
    """Return the media type and the description of the service at the address `endpoint` in a format of `GRAPHS`."""
    kind, media = GRAPHS[form]
    prefixes = {"sd": SD, "void": VOID, "formats": _FORMATS, "xsd": PREFIXES["xsd"]}
    output = io.BytesIO()
    ox.serialize(_triples(ox.NamedNode(endpoint), size), output, kind, prefixes=prefixes)
    return media, output.getvalue()


def _triples(endpoint: ox.NamedNode, size: Size) -> Iterator[ox.Triple]:
    service, dataset, graph = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("graph")
    yield ox.Triple(service, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), endpoint)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _RDF_TYPE, ox.NamedNode(VOID + "Dataset"))
    yield ox.Triple(dataset, ox.NamedNode(VOID + "sparqlEndpoint"), endpoint)
    yield ox.Triple(dataset, ox.NamedNode(VOID + "triples"), ox.Literal(size.statements))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, _RDF_TYPE, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
