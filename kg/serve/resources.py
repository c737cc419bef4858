"""The resources of the server: the answer to a request by its path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.mcp.tools import FILTERS
from kg.serve import linked_data, negotiation, openapi, sparql_protocol
from kg.serve.answers import not_modified
from kg.serve.description import description
from kg.serve.http import HttpError, Response, fields, method_error
from kg.serve.kept import entity_tag, is_current
from kg.serve.site import has_form, is_page
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.answers import Answers
    from kg.serve.generations import Generations
    from kg.serve.http import Request
    from kg.serve.metrics import Metrics
    from kg.serve.site import Site

_READS = "GET, HEAD, OPTIONS"
_MAP = ", ".join(("focus", "lang", *FILTERS))


class Resources:
    """All resources but those of assistants."""

    def __init__(
        self, generations: Generations, answers: Answers, site: Site | None, metrics: Metrics, base: str
    ) -> None:
        """Take what resources consist of; `base` is the address of the server without a slash at its end."""
        self._generations, self._answers, self._site = generations, answers, site
        self._metrics, self._base = metrics, base

    async def response(self, request: Request) -> Response:
        """Return the response of the resource that a request names.

        Raises:
            HttpError: there is none, or it refuses the request.
        """
        path = request.path.rstrip("/") or "/"
        if path == "/sparql":
            return await self._sparql(request)
        if path == "/graphs" or request.path.startswith("/graphs/"):
            return await self._graphs(request)
        if path == "/map":
            return await self._map(request)
        if linked_data.is_linked_data(request.path):
            return await linked_data.answer(request, self._answers, self._base, request.key, self._site)
        if self._site is not None and (page := await self._site.answer(request, request.key)) is not None:
            return page
        return self._small(request, path)

    def _small(self, request: Request, path: str) -> Response:
        """Return the response of a resource that needs no worker.

        Raises:
            HttpError: there is none, or it does not have the method.
        """
        if path not in {"/", "/healthz", "/metrics", "/openapi.json"}:
            raise HttpError(404, Message("there is nothing at this address; see /sparql and /graphs"))
        if request.method == "OPTIONS":
            return Response(204, b"", [(b"allow", _READS.encode())])
        if request.method not in {"GET", "HEAD"}:
            raise method_error(_READS)
        if path == "/":
            return Response(303, b"", [(b"location", f"{self._base}/sparql".encode())])
        if path == "/openapi.json":
            described = json.dumps(openapi.description(self._base, pages=self._site is not None)).encode()
            return Response(200, described, [(b"content-type", b"application/json"), (b"cache-control", b"no-cache")])
        text = "ok\n" if path == "/healthz" else self._metrics.text(self._generations, self._answers.kept)
        return Response(
            200, text.encode(), [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        )

    async def _sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, b"", [(b"allow", sparql_protocol.METHODS.encode())])
        if self._site is not None and self._prefers_form(request):
            return self._site.form(request)
        asked = await sparql_protocol.parameters(request)
        if asked is None:
            return self._description(request)
        key = request.key
        if request.method == "POST":
            key = (b"POST", repr(asked).encode("utf-8", "surrogatepass"), request.headers.get(b"accept", b""))
            if (answer := self._answers.find(key)) is not None:
                return answer
        return await self._answers.query(request, asked, key)

    def is_query(self, request: Request) -> bool:
        """Return whether a GET has a query in its address, and does not ask for the page of queries."""
        return request.path == "/sparql" and request.query != b"" and not self._prefers_form(request)

    def _prefers_form(self, request: Request) -> bool:
        return (
            self._site is not None
            and request.method in {"GET", "HEAD"}
            and negotiation.prefers_pages(request.header(b"accept"))
            and not sparql_protocol.names_format(request)
        )

    def _description(self, request: Request) -> Response:
        _, form = negotiation.formats(request.header(b"accept"))
        generation = self._generations.now
        form = form or "ttl"
        tag = entity_tag(generation.tag, "description", form)
        if is_current(tag, request.headers.get(b"if-none-match", b"")):
            return not_modified(tag)
        media, body = description(f"{self._base}/sparql", generation.view.size(), form)
        return Response(
            200,
            body,
            [(b"content-type", media), (b"vary", b"accept"), (b"cache-control", b"no-cache"), (b"etag", tag)],
        )

    async def _map(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, b"", [(b"allow", _READS.encode())])
        if request.method not in {"GET", "HEAD"}:
            raise method_error(_READS)
        pairs = fields(request.query)
        given = dict(pairs)
        if len(given) < len(pairs) or not given.keys() <= {"focus", "lang", *FILTERS}:
            raise HttpError(400, Message("a map has these parameters, each once: {names}", names=_MAP))
        if given.get("lang", "en") not in {"en", "zh"}:
            raise HttpError(400, Message("lang is en or zh, not {value!r}", value=given["lang"][:40]))
        return await self._answers.map(request, given, request.key)

    async def _graphs(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, b"", [(b"allow", _READS.encode())])
        if request.method not in {"GET", "HEAD"}:
            raise method_error(_READS)
        given = fields(request.query)
        names = [value for name, value in given if name == "graph"]
        default = any(name == "default" for name, _ in given)
        direct = request.path.startswith("/graphs/") and request.path != "/graphs/"
        if len(names) + default + direct != 1:
            raise HttpError(400, Message("name one graph: /graphs?graph=IRI, or /graphs?default for all statements"))
        name = f"{self._base}{request.path}" if direct else names[0] if names else None
        return await self._answers.graph(request, name, request.key)


def key_of(path: str, query: bytes, headers: Mapping[bytes, bytes]) -> tuple[bytes, ...]:
    """Return the key under which an answer to a GET is kept."""
    if is_page(path):
        return path.encode("utf-8", "surrogatepass"), query if has_form(path) else b"", b""
    return path.encode("utf-8", "surrogatepass"), query, headers.get(b"accept", b"")
