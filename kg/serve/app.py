"""The application: checks of each request, its resource, and the response; as ASGI, or for a connection directly."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.serve import clients, cross_origin, error_page, negotiation, sparql_protocol
from kg.serve.answers import Answers, not_modified
from kg.serve.connections import gone
from kg.serve.http import HttpError, Request, Response, language
from kg.serve.kept import is_current
from kg.serve.resources import Resources, key_of
from kg.serve.site import Site
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from kg.serve.answers import Begun
    from kg.serve.connections import Connection
    from kg.serve.generations import Generations
    from kg.serve.http import Headers
    from kg.serve.metrics import Metrics
    from kg.serve.options import ServeOptions

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PIECE = 256 * 1024
"""Size of one part of a body; a client must take each part in time."""

_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
"""Header of each response; `kg.serve.server` adds others to those of uvicorn too."""

_HTML = (b"content-type", b"text/html; charset=utf-8")
_PAGE_POLICY = (b"content-security-policy", b"frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
"""Header of a page, which has a policy of its own for scripts and requests."""


class App:
    """The server as a function of a request."""

    def __init__(self, generations: Generations, options: ServeOptions, metrics: Metrics, base: str) -> None:
        """Create the application; `base` is the address of the server without a slash at its end.

        Attributes:
            answers: the answers of the store.
            resources: the resources.
            assistants: the application at ``/mcp``, if there is one.
        """
        self.assistants: Application | None = None
        self._options, self._metrics, self._base = options, metrics, base
        self._clients = clients.Clients(options.per_client)
        self.answers = Answers(generations, options.limits, f"{base}/sparql")
        site = Site(generations, self.answers, base) if options.pages else None
        self.resources = Resources(generations, self.answers, site, metrics, base)
        self._hosts = {"localhost", "127.0.0.1", "[::1]", urlsplit(base).hostname or ""} if options.is_local else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the server has no lifespan events and no web sockets."""
        if scope["type"] != "http":
            return
        start = time.perf_counter()
        pairs: list[tuple[bytes, bytes]] = scope["headers"]
        headers = dict(pairs)
        method, path, query = scope["method"], scope["path"], scope["query_string"]
        client = self.client(scope["client"], headers)
        lang = language(headers.get(b"accept-language", b"").decode("latin-1"))
        try:
            self._check(scope, pairs, headers)
            if self.assistants is not None and path == "/mcp":
                with self._clients.request(client):
                    status = await self._assist(self.assistants, scope, receive, send)
                self.count(method, path, client, Response(status), start)
                return
            if path != "/healthz":  # it needs no credentials
                scope["connection"].admit(headers, lang)
            key = key_of(path, query, headers)
            request = Request(method, path, query, headers, client, self._body(receive), lang, key)
            response = self.kept(request) or await self.answer(request, scope["connection"])
        except HttpError as error:
            response = error.response(lang)
        self.count(method, path, client, response, start)
        await self._send(scope, headers, response, send)

    def is_direct(self, path: str) -> bool:
        """Return whether the resource at a path may be asked without ASGI."""
        return path != "/mcp"

    def client(self, peer: tuple[str, int] | None, headers: Mapping[bytes, bytes]) -> str:
        """Return the address of a client, whose connection comes from `peer`."""
        forwarded = headers.get(b"x-forwarded-for", b"")
        return clients.address(peer[0] if peer else "", forwarded, self._options.trusted_proxies)

    def count(self, method: str, path: str, client: str, response: Response, start: float) -> None:
        """Count a response to a request that began at `start`, and log it."""
        self._metrics.count(method, path, client, response, time.perf_counter() - start)

    async def answer(self, request: Request, connection: Connection) -> Response:
        """Return the response to a request; the work is cancelled when the client closes the connection."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101
        try:
            with self._clients.request(request.client), gone(connection, task.cancel):
                return await self.resources.response(request)
        except HttpError as error:
            return self._refusal(error, request)
        except asyncio.CancelledError:
            return Response(499)  # the client is gone; other servers log this number

    def begin(self, request: Request, connection: Connection, done: Callable[[Response], None]) -> Response | None:
        """Begin the answer to a GET of a query, which `done` receives, or return the response that needs no work."""
        try:
            self._clients.begin(request.client)
        except HttpError as error:
            return self._refusal(error, request)
        try:
            begun = self.answers.begin(request, sparql_protocol.of_address(request), request.key)
        except HttpError as error:
            begun = self._refusal(error, request)
        if isinstance(begun, Response):
            self._clients.end(request.client)
            return begun
        connection.ended = begun.reply.cancel

        def finish(_reply: object) -> None:
            connection.ended = None
            self._clients.end(request.client)
            done(self._finished(request, begun))

        begun.reply.add_done_callback(finish)
        return None

    def _finished(self, request: Request, begun: Begun) -> Response:
        if begun.reply.cancelled():
            return Response(499)  # as in `answer`
        try:
            return self.answers.finish(begun)
        except HttpError as error:
            return self._refusal(error, request)

    def _refusal(self, error: HttpError, request: Request) -> Response:
        """Return the response to a refused request: a page for a browser, otherwise text."""
        if self._options.pages and negotiation.prefers_pages(request.header(b"accept")):
            return error_page.response(error, request.path, request.lang)
        return error.response(request.lang)

    def kept(self, request: Request) -> Response | None:
        """Return the kept answer to a GET or a HEAD."""
        if request.method not in {"GET", "HEAD"}:
            return None
        answer = self.answers.find(request.key)
        if answer is not None and (condition := request.headers.get(b"if-none-match")):
            tag = dict(answer.headers)[b"etag"]
            return not_modified(tag) if is_current(tag, condition) else answer
        return answer

    def head(self, method: str, headers: Mapping[bytes, bytes], response: Response) -> Headers:
        """Return the headers of a response to a request with the given headers."""
        page = response.headers[:1] == [_HTML]
        head = [*response.headers, _PAGE_POLICY if page else _POLICY]
        if response.status not in {204, 304}:
            head.append((b"content-length", b"%d" % len(response.body)))
        if origin := headers.get(b"origin"):
            head += cross_origin.headers(origin, self._options.origins, preflight=method == "OPTIONS")
        return head

    async def _assist(self, assistants: Application, scope: Scope, receive: Receive, send: Send) -> int:
        """Pass a request to the application at ``/mcp``, and return the status of its response."""
        status = 500

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await assistants(scope, receive, sent)
        return status

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
        head = self.head(scope["method"], headers, response)
        with suppress(OSError):  # the client is gone
            await send({"type": "http.response.start", "status": response.status, "headers": head})
            body = b"" if scope["method"] == "HEAD" or response.status in {204, 304} else response.body
            for place in range(0, len(body) - PIECE, PIECE):
                await send({"type": "http.response.body", "body": body[place : place + PIECE], "more_body": True})
            rest = body if len(body) <= PIECE else body[(len(body) - 1) // PIECE * PIECE :]
            await send({"type": "http.response.body", "body": rest})
