"""The SPARQL Protocol and the Graph Store Protocol as clients use them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.terms import BASE

if TYPE_CHECKING:
    from helpers.serving import Served

FIRMS = "SELECT ?firm { ?firm a hx:Firm } ORDER BY ?firm"
HX = "https://w3id.org/helix-kg/ontology#"
COMUNICA = (
    Path(__file__).resolve().parents[2] / "tools" / "node_modules" / "@comunica/query-sparql" / "bin" / "query.js"
)


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("*/*", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/json", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8", None),
        ("text/turtle, text/csv", "text/csv; charset=utf-8; header=present", None),
    ],
)
def test_the_results_have_the_accepted_format(
    served: Served, accept: str, media: str, form: ox.QueryResultsFormat | None
) -> None:
    reply = served.query(FIRMS, Accept=accept)
    assert (reply.status, reply.headers["content-type"]) == (200, media)
    if form is None:
        assert len(reply.text.splitlines()) == 1 + len(_firms(served))
    else:
        rows = ox.parse_query_results(reply.body, format=form)
        assert isinstance(rows, ox.QuerySolutions)
        assert [row["firm"].value for row in rows] == _firms(served)


def _firms(served: Served) -> list[str]:
    return [row["firm"]["value"] for row in json.loads(served.query(FIRMS).body)["results"]["bindings"]]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
    ],
)
def test_a_graph_has_the_accepted_format(served: Served, accept: str, form: ox.RdfFormat) -> None:
    reply = served.query("CONSTRUCT { ?s a hx:Firm } { ?s a hx:Firm }", Accept=accept)
    assert reply.headers["content-type"].startswith(accept)
    assert {quad.subject.value for quad in ox.parse(reply.body, format=form)} == set(_firms(served))


def test_get_form_and_body_give_the_same_answer(served: Served) -> None:
    get = served.query(FIRMS)
    form = served.ask("POST", "/sparql", f"query={quote(FIRMS)}", Content_Type="application/x-www-form-urlencoded")
    body = served.ask("POST", "/sparql", FIRMS, Content_Type="application/sparql-query; charset=UTF-8")
    assert get.body == form.body == body.body
    assert (get.status, form.status, body.status) == (200, 200, 200)


def test_head_has_the_headers_of_get_and_no_body(served: Served) -> None:
    head, get = (served.ask(method, f"/sparql?query={quote(FIRMS)}") for method in ("HEAD", "GET"))
    assert (head.status, head.body) == (200, b"")
    assert [head.headers[name] for name in ("content-length", "etag")] == [
        get.headers[name] for name in ("content-length", "etag")
    ]


def test_a_query_selects_the_graphs_of_the_request(served: Served) -> None:
    (graph, count) = _largest_graph(served)
    asked = quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    reply = served.ask("GET", f"/sparql?query={asked}&default-graph-uri={quote(graph)}", Accept="text/csv")
    assert reply.text.split() == ["n", str(count)]
    empty = served.ask("GET", f"/sparql?query={asked}&default-graph-uri=http://elsewhere.example/", Accept="text/csv")
    assert empty.text.split() == ["n", "0"]


def _largest_graph(served: Served) -> tuple[str, int]:
    text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?n LIMIT 1"
    (row,) = json.loads(served.query(text).body)["results"]["bindings"]
    return row["g"]["value"], int(row["n"]["value"])


def test_a_graph_is_read_by_its_name(served: Served) -> None:
    graph, count = _largest_graph(served)
    reply = served.ask("GET", f"/graphs?graph={quote(graph, safe='')}", Accept="application/n-triples")
    assert len(reply.text.splitlines()) == count
    assert served.ask("HEAD", f"/graphs?graph={quote(graph, safe='')}").status == 200
    assert served.ask("GET", "/graphs?graph=http://elsewhere.example/").status == 404
    assert served.ask("GET", "/graphs").status == 400


@pytest.mark.parametrize(
    ("accept", "suffix", "form"),
    [
        ("*/*", "ttl", ox.RdfFormat.TURTLE),
        ("application/ld+json", "jsonld", ox.RdfFormat.JSON_LD),
        ("application/n-triples;q=0.9, text/html;q=0.1", "nt", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_a_node_leads_to_its_description(served: Served, accept: str, suffix: str, form: ox.RdfFormat) -> None:
    (firm, *_) = _firms(served)
    path = "/" + firm.removeprefix(BASE)
    there = served.ask("GET", path, Accept=accept)
    assert (there.status, there.headers["location"]) == (303, f"{served.url}/data{path}.{suffix}")
    data = served.ask("GET", f"/data{path}.{suffix}", Accept="image/png")
    assert data.status == 200
    named = {quad.subject.value for quad in ox.parse(data.body, format=form) if quad.predicate.value.endswith("#type")}
    assert firm in named


@pytest.mark.parametrize("path", ["/data/id/nothing.ttl", "/data/id/%3C%3E%22.ttl", "/data/id/a.exe", "/data/ontology"])
def test_a_missing_node_is_not_found(served: Served, path: str) -> None:
    assert served.ask("GET", path).status == 404


def test_the_ontology_and_evidence_are_described_with_their_content(served: Served) -> None:
    ontology = served.ask("GET", "/data/ontology.nt").text
    assert f"<{HX}Link> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in ontology
    graph, count = _largest_graph(served)
    assert len(served.ask("GET", f"/data/{graph.removeprefix(BASE)}.nt").text.splitlines()) > count


def test_the_description_names_the_endpoint(served: Served) -> None:
    graph = Graph().parse(data=served.ask("GET", "/sparql", Accept="application/rdf+xml").text, format="xml")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert set(graph.objects(None, URIRef(f"{sd}endpoint"))) == {URIRef(f"{served.url}/sparql")}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_never_written(served: Served, method: str) -> None:
    reply = served.ask(method, "/graphs?default", "<a:a> <a:b> <a:c> .", Content_Type="text/turtle")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_answer_is_not_sent_again_to_a_client_that_has_it(served: Served) -> None:
    tag = served.query(FIRMS).headers["etag"]
    again = served.query(FIRMS, If_None_Match=f'"other", {tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert served.query(FIRMS, If_None_Match=tag, Accept="text/csv").status == 200
    changing = served.query("SELECT (RAND() AS ?r) {}")
    assert "etag" not in changing.headers
    assert changing.body != served.query("SELECT (RAND() AS ?r) {}").body


def test_only_named_origins_may_read_answers(served: Served) -> None:
    allowed, foreign = (served.query(FIRMS, Origin=origin) for origin in ("https://a.example", "https://b.example"))
    assert allowed.headers["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-origin" not in foreign.headers
    preflight = served.ask("OPTIONS", "/sparql", Origin="https://a.example", Access_Control_Request_Method="POST")
    assert preflight.status == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_messages_are_in_the_language_of_the_client(served: Served) -> None:
    chinese = served.query("SELEC", Accept_Language="zh-CN,en;q=0.5")
    assert (chinese.status, chinese.headers["content-language"]) == (400, "zh")
    assert "查询" in chinese.text
    assert served.query("SELEC").headers["content-language"] == "en"


def test_curl_reads_an_answer(served: Served) -> None:
    command = ["curl", "-sSf", f"{served.url}/sparql", "--data-urlencode", f"query={FIRMS}", "-H", "Accept: text/csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split()[1:] == _firms(served)


def test_rdflib_reads_the_store(served: Served) -> None:
    store = SPARQLStore(f"{served.url}/sparql")
    firms = Graph(store).subjects(URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), URIRef(f"{HX}Firm"))
    assert sorted(map(str, firms)) == _firms(served)


def test_sparqlwrapper_reads_answers_in_each_format(served: Served) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{served.url}/sparql")
    client.setQuery(FIRMS)
    for form in (wrapper.JSON, wrapper.XML, wrapper.CSV):
        client.setReturnFormat(form)
        assert client.query().convert()
    client.setMethod(wrapper.POST)
    client.setReturnFormat(wrapper.TURTLE)
    client.setQuery("CONSTRUCT { ?s a hx:Firm } { ?s a hx:Firm }")
    assert b"Firm" in client.query().convert()
    client.setReturnFormat(wrapper.JSON)
    client.setQuery("SELECT {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


@pytest.mark.skipif(not COMUNICA.exists() or shutil.which("node") is None, reason="requires Node and npm ci in tools/")
def test_comunica_reads_answers(served: Served) -> None:
    query = f"PREFIX hx: <{HX}> SELECT (COUNT(DISTINCT ?s) AS ?count) {{ ?s a hx:Firm }}"
    address = f"sparql@{served.url}/sparql"
    command = ("node", str(COMUNICA), address, query, "-t", "application/sparql-results+json")
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    (row,) = json.loads(done.stdout)["results"]["bindings"]
    assert int(row["count"]["value"]) == len(_firms(served))
