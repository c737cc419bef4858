"""The ASGI application: checks of each request, its resource, and the response."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.mcp.tools import FILTERS
from kg.serve import clients, cross_origin, linked_data, negotiation, openapi, sparql_protocol
from kg.serve.answers import Answers, not_modified
from kg.serve.connections import gone
from kg.serve.description import description
from kg.serve.http import HttpError, Request, Response, fields, language, method_error
from kg.serve.kept import entity_tag, is_current
from kg.serve.site import Site, is_page
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from kg.serve.generations import Generations
    from kg.serve.metrics import Metrics
    from kg.serve.options import ServeOptions

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_PIECE = 256 * 1024
"""Size of one part of a body; a client must take each part in time."""

_READS = "GET, HEAD, OPTIONS"

_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
"""Header of each response; `kg.serve.server` adds others to those of uvicorn too."""

_HTML = (b"content-type", b"text/html; charset=utf-8")
_PAGE_POLICY = (b"content-security-policy", b"frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
"""Header of a page, which has a policy of its own for scripts and requests."""

_MAP = ", ".join(("focus", "lang", *FILTERS))


class App:
    """The server as a function of a request."""

    def __init__(self, generations: Generations, options: ServeOptions, metrics: Metrics, base: str) -> None:
        """Create the application; `base` is the address of the server without a slash at its end.

        Attributes:
            answers: the answers of the store.
            assistants: the application at ``/mcp``, if there is one.
        """
        self.assistants: Application | None = None
        self._generations, self._options, self._metrics, self._base = generations, options, metrics, base
        self._clients = clients.Clients(options.per_client)
        self.answers = Answers(generations, options.limits, f"{base}/sparql")
        self._site = Site(generations, self.answers, base) if options.pages else None
        self._hosts = {"localhost", "127.0.0.1", "[::1]", urlsplit(base).hostname or ""} if options.is_local else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the server has no lifespan events and no web sockets."""
        if scope["type"] != "http":
            return
        start = time.perf_counter()
        pairs: list[tuple[bytes, bytes]] = scope["headers"]
        headers = dict(pairs)
        peer = scope["client"][0] if scope["client"] else ""
        client = clients.address(peer, headers.get(b"x-forwarded-for", b""), self._options.trusted_proxies)
        lang = language(headers.get(b"accept-language", b"").decode("latin-1"))
        try:
            self._check(scope, pairs, headers)
            if self.assistants is not None and scope["path"] == "/mcp":
                with self._clients.request(client):
                    status = await self._assist(self.assistants, scope, receive, send)
                self._metrics.count(scope, client, Response(status), time.perf_counter() - start)
                return
            response = self._kept(scope, headers)
            if response is None:
                request = Request(
                    scope["method"], scope["path"], scope["query_string"], headers, client, self._body(receive), lang
                )
                with self._clients.request(client):
                    response = await self._unless_gone(request, scope)
        except HttpError as error:
            response = error.response(lang)
        self._metrics.count(scope, client, response, time.perf_counter() - start)
        await self._send(scope, headers, response, send)

    async def _assist(self, assistants: Application, scope: Scope, receive: Receive, send: Send) -> int:
        """Pass a request to the application at ``/mcp``, and return the status of its response."""
        status = 500

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await assistants(scope, receive, sent)
        return status

    async def _unless_gone(self, request: Request, scope: Scope) -> Response:
        """Return the response; the work is cancelled when the client closes the connection."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101
        with gone(scope, task.cancel):
            try:
                return await self._response(request)
            except asyncio.CancelledError:
                return Response(499)  # the client is gone; other servers log this number

    def _check(self, scope: Scope, pairs: list[tuple[bytes, bytes]], headers: dict[bytes, bytes]) -> None:
        """Refuse a request to another host, without credentials, or with an encoded body.

        Raises:
            HttpError: it is refused.
        """
        hosts = [value for name, value in pairs if name == b"host"]
        if len(hosts) != 1 and scope["http_version"] != "1.0":
            raise HttpError(400, Message("a request has exactly one Host header"))
        if self._hosts is not None and hosts and clients.host_name(hosts[0]) not in self._hosts:
            raise HttpError(
                421, Message("the server does not have this name; pass --public-url, or use {base}", base=self._base)
            )
        if b"content-encoding" in headers:
            raise HttpError(415, Message("a request body must not be compressed"))
        open_to_all = scope["path"] == "/healthz" or scope["method"] == "OPTIONS"
        if self._options.credentials and not open_to_all:
            given = headers.get(b"authorization", b"")
            if not clients.is_authorised(given, self._options.credentials):
                kinds = {each.partition(b" ")[0] for each in self._options.credentials}
                challenge = b", ".join(kind + b' realm="helix-kg"' for kind in sorted(kinds))
                raise HttpError(401, Message("the server requires credentials"), [(b"www-authenticate", challenge)])

    def _kept(self, scope: Scope, headers: dict[bytes, bytes]) -> Response | None:
        """Return the kept answer to a GET or a HEAD."""
        if scope["method"] not in {"GET", "HEAD"}:
            return None
        answer = self.answers.find(_key(scope["path"], scope["query_string"], headers))
        if answer is not None and (condition := headers.get(b"if-none-match")):
            tag = dict(answer.headers)[b"etag"]
            return not_modified(tag) if is_current(tag, condition) else answer
        return answer

    async def _response(self, request: Request) -> Response:
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
            key = _key(request.path, request.query, request.headers)
            return await linked_data.answer(request, self.answers, self._base, key, self._site)
        key = _key(request.path, request.query, request.headers)
        if self._site is not None and (page := await self._site.answer(request, key)) is not None:
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
        text = "ok\n" if path == "/healthz" else self._metrics.text(self._generations, self.answers.kept)
        return Response(
            200, text.encode(), [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        )

    async def _sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, b"", [(b"allow", sparql_protocol.METHODS.encode())])
        if (
            self._site is not None
            and request.method in {"GET", "HEAD"}
            and negotiation.prefers_pages(request.header(b"accept"))
            and not sparql_protocol.names_format(request)
        ):
            return self._site.form(request)
        asked = await sparql_protocol.parameters(request)
        if asked is None:
            return self._description(request)
        key = _key(request.path, request.query, request.headers)
        if request.method == "POST":
            key = (b"POST", repr(asked).encode("utf-8", "surrogatepass"), request.headers.get(b"accept", b""))
            if (answer := self.answers.find(key)) is not None:
                return answer
        return await self.answers.query(request, asked, key)

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
        return await self.answers.map(request, given, _key(request.path, request.query, request.headers))

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
        return await self.answers.graph(request, name, _key(request.path, request.query, request.headers))

    def _body(self, receive: Receive) -> Callable[[], Awaitable[bytes]]:
        """Return a function that reads the body of a request, up to the limit."""

        async def read() -> bytes:
            body, more = bytearray(), True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise HttpError(400, Message("the request is malformed"))
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > self._options.limits.body:
                    raise HttpError(
                        413,
                        Message("a request body may have {size} MB", size=self._options.max_body),
                        [(b"connection", b"close")],
                    )
            return bytes(body)

        return read

    async def _send(self, scope: Scope, headers: dict[bytes, bytes], response: Response, send: Send) -> None:
        """Send a response in parts that a client has to take in time."""
        page = response.headers[:1] == [_HTML]
        head = [*response.headers, _PAGE_POLICY if page else _POLICY]
        if response.status not in {204, 304}:
            head.append((b"content-length", str(len(response.body)).encode()))
        if origin := headers.get(b"origin"):
            head += cross_origin.headers(origin, self._options.origins, preflight=scope["method"] == "OPTIONS")
        with suppress(OSError):  # the client is gone
            await send({"type": "http.response.start", "status": response.status, "headers": head})
            body = b"" if scope["method"] == "HEAD" or response.status in {204, 304} else response.body
            for place in range(0, len(body) - _PIECE, _PIECE):
                await send({"type": "http.response.body", "body": body[place : place + _PIECE], "more_body": True})
            rest = body if len(body) <= _PIECE else body[(len(body) - 1) // _PIECE * _PIECE :]
            await send({"type": "http.response.body", "body": rest})


def _key(path: str, query: bytes, headers: Any) -> tuple[bytes, ...]:  # noqa: ANN401 - any mapping of bytes
    """Return the key under which an answer to a GET is kept."""
    accept = b"" if is_page(path) else headers.get(b"accept", b"")
    return path.encode("utf-8", "surrogatepass"), query, accept
