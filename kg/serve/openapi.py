"""Description of the addresses of the server by OpenAPI 3.1, for clients and for tests of the server."""

from __future__ import annotations

from typing import Any

from kg import __version__
from kg.mcp.tools import FILTERS
from kg.serve.negotiation import GRAPHS, RESULTS

_TEXT = {"type": "string"}
_LANG = {"name": "lang", "in": "path", "required": True, "schema": {"enum": ["en", "zh"]}}
_HTML = ["text/html; charset=utf-8"]
_ERRORS = {
    "400": "The request is malformed, or the query is refused.",
    "404": "There is nothing at this address.",
    "405": "The address does not have this method.",
    "406": "No accepted format fits the answer.",
    "413": "The body is too large.",
    "415": "The media type is another one, or the body is compressed.",
    "422": "The query exceeds a limit.",
    "429": "The client has too many requests under way.",
    "431": "The head is too large.",
    "503": "All workers are busy.",
    "504": "The query exceeds its time.",
}


def description(base: str, *, pages: bool) -> dict[str, Any]:
    """Return the description of a server at the address `base`, with its pages if it has any."""
    paths = {**_data(), **(_pages() if pages else {})}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Helix KG", "version": __version__, "license": {"name": "Apache-2.0"}},
        "servers": [{"url": base}],
        "paths": paths,
    }


def _data() -> dict[str, Any]:
    results = [types[0] for types in RESULTS.values()]
    graphs = [types[0] for types in GRAPHS.values()]
    query = [_query("query"), _query("default-graph-uri"), _query("named-graph-uri"), _query("format")]
    form = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}}
    body = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}
    body["content"]["application/sparql-query"] = {"schema": _TEXT}  # type: ignore[index]  # a dictionary of content
    lang = {"name": "lang", "in": "query", "schema": {"enum": ["en", "zh"]}}
    maps = [lang, *(_query(one) for one in ("focus", *FILTERS))]
    node = {"name": "node", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    return {
        "/sparql": {
            "get": _operation("Answer a query.", query, [*results, *graphs]),
            "post": {**_operation("Answer a query.", [], [*results, *graphs]), "requestBody": body},
        },
        "/graphs": {"get": _operation("Return a graph.", [_query("graph"), _query("default")], graphs)},
        "/id/{node}": {"get": _operation("Lead to the page or the description of a node.", [node], [], "303")},
        "/data/id/{node}.ttl": {"get": _operation("Describe a node.", [node], ["text/turtle; charset=utf-8"])},
        "/map": {"get": _operation("Draw a map.", maps, _HTML)},
        "/healthz": {"get": _operation("State that the server answers.", [], ["text/plain; charset=utf-8"])},
        "/metrics": {"get": _operation("Return counters.", [], ["text/plain; charset=utf-8"])},
    }


def _pages() -> dict[str, Any]:
    place = {"name": "place", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    question = {**place, "name": "question"}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}}
    html = _HTML
    return {
        "/": {"get": _operation("Lead to the front page.", [], [], "303")},
        "/search": {"get": _operation("Find actors by a name.", [_query("q"), limit], ["application/json"])},
        "/{lang}/{place}.html": {"get": _operation("Return a page.", [_LANG, place], html)},
        "/{lang}/search.html": {"get": _operation("Return the search.", [_LANG, _query("q")], html)},
        "/{lang}/query.html": {"get": _operation("Run a query.", [_LANG, _query("query"), _query("example")], html)},
        "/{lang}/question/{question}.html": {"get": _operation("Answer a question.", [_LANG, question], html)},
        "/{lang}/changes.xml": {"get": _operation("Return the changes as Atom.", [_LANG], ["application/atom+xml"])},
    }


def _query(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": _TEXT}


def _operation(summary: str, parameters: list[dict[str, Any]], types: list[str], status: str = "200") -> dict[str, Any]:
    """Return an operation with its answer and the errors that each address may have."""
    answer: dict[str, Any] = {"description": "The answer."}
    if types:
        answer["content"] = {media: {} for media in types}
    plain: dict[str, Any] = {"text/plain; charset=utf-8": {}}
    if types == _HTML:  # the page shows the error beside its form
        plain["text/html; charset=utf-8"] = {}
    errors = {code: {"description": text, "content": plain} for code, text in _ERRORS.items()}
    responses = {status: answer, **errors}
    responses.setdefault("303", {"description": "The answer for people is elsewhere."})
    return {"summary": summary, "parameters": parameters, "responses": responses}
