"""The W3C cases of the SPARQL Protocol, the Graph Store Protocol and the Service Description, against `kg serve`.

The server only reads, so a case that writes is refused. The reads of the Graph Store cases depend on the writes before
them: the store is given what these writes leave, each state in a graph of its own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from email import message_from_bytes
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pyoxigraph as ox
from conformance.outcomes import Outcome
from conformance.suites import MF, Case, _entries, _local
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from helpers.serving import Reply, Served
    from rdflib.term import Node

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = "http://www.w3.org/ns/sparql-service-description#"
SITE = "http://www.example"
DATA = "http://kasei.us/2009/09/sparql/data/"
FOLDER = "sparql/sparql11"

_TABULAR = {"sparql-results+json", "sparql-results+xml", "csv", "tab-separated-values"}
_FORMATS = {
    "tabular": _TABULAR,
    "boolean": {"sparql-results+json", "sparql-results+xml"},
    "RDF": {"turtle", "n-triples", "rdf+xml"},
}


@dataclass(frozen=True)
class Exchange:
    """A request of a case, and what the response must be.

    Attributes:
        expected: local names of the accepted statuses, such as ``OK`` and ``StatusCode4xx``.
        content: the expected graph in Turtle, if any.
    """

    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    expected: tuple[str, ...]
    boolean: bool | None = None
    form: str | None = None
    content: str | None = None


def protocol_cases(folder: Path) -> Iterator[tuple[Case, list[Exchange]]]:
    """Return the cases of the SPARQL Protocol, each with its requests."""
    yield from _cases(folder / FOLDER / "protocol/manifest.ttl", "protocol")


def graph_store_cases(folder: Path) -> Iterator[tuple[Case, list[Exchange]]]:
    """Return the cases of the Graph Store Protocol, for graphs named by the address and by a parameter."""
    for name in ("direct", "indirect"):
        yield from _cases(folder / FOLDER / f"graph-store-protocol/manifest-{name}.ttl", "graph-store-protocol")


def protocol_data(folder: Path) -> Iterator[ox.Quad]:
    """Return the statements that the cases of the SPARQL Protocol query."""
    for number in (1, 2, 3):
        text = (folder / FOLDER / f"protocol/data{number}.nt").read_bytes()
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{DATA}data{number}.rdf"))


def exchanged(served: Served, case: Case, exchanges: Iterable[Exchange]) -> Outcome:
    """Run a case of the SPARQL Protocol; one that updates must be refused."""
    for one in exchanges:
        reply = served.ask(one.method, one.path, one.body, **one.headers)
        if case.name.startswith("update_"):
            refused = 400 <= reply.status < 500
            return Outcome(case, "refused" if refused else "failed", f"updates are refused: {reply.status}")
        if (fault := _fault(one, reply)) is not None:
            return Outcome(case, "failed", fault)
    return Outcome(case, "passed")


def states(folder: Path) -> tuple[list[ox.Quad], list[tuple[Case, Exchange]]]:
    """Return what the writes of the Graph Store cases leave, and the requests; each read has a graph of its own."""
    quads: list[ox.Quad] = []
    requests: list[tuple[Case, Exchange]] = []
    for case, exchanges in graph_store_cases(folder):
        store: dict[str, set[ox.Triple]] = {}
        for number, one in enumerate(exchanges):
            name = _graph(one.path)
            request = replace(case, name=f"{case.name}/{number}")
            if one.method in {"GET", "HEAD"}:
                own = name and f"{SITE}/graphs/{case.name}/{number}/"
                place = ox.NamedNode(own + name.rpartition("/")[2]) if own else ox.DefaultGraph()
                quads += [ox.Quad(one.subject, one.predicate, one.object, place) for one in store.get(name, ())]
                requests.append((request, replace(one, path=_path(one.path, own))))
            else:
                _apply(store, name, one)
                requests.append((request, replace(one, path=_path(one.path, f"{SITE}/graphs/written/"))))
    return quads, requests


def described(served: Served, folder: Path) -> Iterator[Outcome]:
    """Run the cases of the Service Description, which the suite states in words."""
    reply = served.ask("GET", "/sparql")
    graph = Graph().parse(data=reply.text, format="turtle")
    sd = Namespace(SD)
    service = graph.value(predicate=RDF.type, object=sd.Service)
    schema_terms = {"Service", "Dataset", "Graph"}
    checks = {
        "returns-rdf": reply.status == 200 and len(graph) > 0,
        "has-endpoint-triple": str(graph.value(service, sd.endpoint)) == f"{SITE}/sparql",
        "conforms-to-schema": {str(kind).removeprefix(SD) for kind in graph.objects(None, RDF.type)} >= schema_terms
        and graph.value(service, sd.defaultDataset) is not None,
    }
    for _, case, manifest in _entries(folder / FOLDER / "service-description/manifest.ttl"):
        found = Case("service-description", _local(case), "ServiceDescriptionTest", "", manifest)
        yield Outcome(found, "passed" if checks.pop(found.name) else "failed")
    assert not checks


def stored(served: Served, case: Case, one: Exchange) -> Outcome:
    """Run a request of a Graph Store case; one that writes must be refused."""
    reply = served.ask(one.method, one.path, one.body, **one.headers)
    if one.method not in {"GET", "HEAD"}:
        return Outcome(case, "refused" if reply.status == 405 else "failed", f"updates are refused: {reply.status}")
    fault = _fault(one, reply)
    return Outcome(case, "passed" if fault is None else "failed", fault or "")


def _cases(manifest: Path, suite: str) -> Iterator[tuple[Case, list[Exchange]]]:
    for graph, case, path in _entries(manifest):
        connection = graph.value(case, MF.action)
        listed = graph.value(connection, HT.requests)
        assert listed is not None
        requests = Collection(graph, listed)
        yield (
            Case(suite, _local(case), _local(graph.value(case, RDF.type)), "", path),
            [_exchange(graph, each) for each in requests],
        )


def _exchange(graph: Graph, node: Node) -> Exchange:
    response = graph.value(node, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    form = graph.value(response, MF.expectedFormat)
    content = graph.value(graph.value(response, HT.body), CNT.chars) if graph.value(response, HT.body) else None
    return Exchange(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        _body(graph, graph.value(node, HT.body)),
        _headers(graph, node),
        tuple(_local(status) for status in graph.objects(response, MF.expectedStatus)),
        None if boolean is None else str(boolean) == "true",
        None if form is None else str(form),
        None if content is None else str(content),
    )


def _body(graph: Graph, node: Node | None) -> bytes | None:
    if node is None:
        return None
    encoding = str(graph.value(node, CNT.characterEncoding) or "UTF-8")
    return str(graph.value(node, CNT.chars)).encode(encoding)


def _headers(graph: Graph, node: Node) -> dict[str, str]:
    """Return the headers of a request; requests with a body and without its type are cases too."""
    listed = graph.value(node, HT.headers)
    found = {} if listed is None else {each: each for each in Collection(graph, listed)}
    return {str(graph.value(each, HT.fieldName)): str(graph.value(each, HT.fieldValue)) for each in found}


def _fault(one: Exchange, reply: Reply) -> str | None:
    """Return why a response is not the expected one."""
    names = {"OK": 200, "NotFound": 404, "NoContent": 204, "Created": 201, "BadRequest": 400}
    statuses = {names.get(each) or int(each.removeprefix("StatusCode")[0]) for each in one.expected}
    if not statuses & {reply.status, reply.status // 100}:
        return f"status {reply.status}: {reply.body[:200]!r}"
    kind = reply.headers.get("content-type", "").partition(";")[0].rpartition("/")[2]
    if one.form is not None and kind not in _FORMATS[one.form]:
        return f"content type {kind}"
    if one.boolean is not None and json.loads(reply.body)["boolean"] is not one.boolean:
        return f"answer {reply.text}"
    if one.content is not None and one.method == "GET" and _canonical(one.content) != _canonical(reply.text):
        return f"graph {reply.text}"
    return None


def _canonical(turtle: str) -> ox.Dataset:
    dataset = ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=SITE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _graph(path: str) -> str:
    """Return the name of the graph that a request names; empty for the default graph."""
    if path.endswith("?default"):
        return ""
    if path == "/gsp":  # the server chooses the name, and a later request uses it
        return "$LOCATION$"
    return unquote(path.partition("?graph=")[2]) or SITE + path


def _path(path: str, prefix: str) -> str:
    """Return the path of a graph on our server: spelled as in `path`, with another beginning of its name."""
    if path.endswith("?default"):
        return "/graphs?default"
    last = path.replace("%2F", "/").rpartition("/")[2].rpartition("=")[2]
    if "?" in path:
        return f"/graphs?graph={quote(prefix, safe='')}{last}"
    return prefix.removeprefix(SITE) + last


def _apply(store: dict[str, set[ox.Triple]], name: str, one: Exchange) -> None:
    """Apply a request that writes to `store`."""
    if one.method == "DELETE":
        store.pop(name, None)
        return
    parsed = {triple for text in _documents(one) for triple in _triples(text)}
    store[name] = parsed if one.method == "PUT" else store.get(name, set()) | parsed


def _documents(one: Exchange) -> list[bytes]:
    """Return the documents in the body of a request: one, or the parts of a form."""
    body = one.body or b""
    kind = one.headers.get("content-type", "")
    if "boundary=" not in kind:
        return [body]
    message = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    payloads = (part.get_payload(decode=True) for part in message_from_bytes(message).walk())
    return [payload for payload in payloads if isinstance(payload, bytes)]  # ``None`` contains other parts


def _triples(turtle: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=SITE)}
