"""Direct answers: a plain GET with headers that the application has accepted before needs neither parser nor ASGI.

Programs send the same headers with each request, and only the address differs. The parser of uvicorn reads the headers
of the first request, and the application checks them. A later request with the same bytes after its first line has the
same headers. Its first line has to be a plain address. All other requests take the way of uvicorn.
"""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from kg.serve.app import PIECE
from kg.serve.connections import Connection
from kg.serve.http import Request
from kg.serve.resources import key_of

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

    from kg.serve.app import App
    from kg.serve.connections import Guard
    from kg.serve.http import Response

LONGEST = 8192
"""Size of the largest request that is answered directly, in bytes."""

MOST = 512
"""Number of headers that are remembered."""

_LARGEST = 2048
"""Size of the largest headers that are remembered, in bytes."""

_SIGNS = rb"-A-Za-z0-9._~!$&'()*+,;=:@%/"
_PLAIN = re.compile(rb"GET (/(?!/)[%b]*)(?:\?([%b?]*))? HTTP/1\.1\r\n" % (_SIGNS, _SIGNS))
_END = b"\r\n\r\n"

_FAILED = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"

_OF_ONE_MESSAGE = (b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"te", b"trailer")
"""Headers whose effect is not the same for each message."""


class Accepted(NamedTuple):
    """Headers that the application has accepted, and the language of messages that they ask for."""

    headers: Mapping[bytes, bytes]
    lang: str


class Headers:
    """Accepted headers by the bytes after the first line of a request, up to a number."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._known: dict[bytes, Accepted] = {}

    def find(self, block: bytes) -> Accepted | None:
        """Return the headers of a block of bytes, if they were accepted."""
        return self._known.get(block)

    def add(self, block: bytes, accepted: Accepted) -> None:
        """Keep the headers of a block of bytes, unless they concern one message only."""
        headers = accepted.headers
        keeps = headers.get(b"connection", b"keep-alive").lower() == b"keep-alive"
        if len(block) > _LARGEST or not keeps or any(name in headers for name in _OF_ONE_MESSAGE):
            return
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[block] = accepted


class DirectConnection(Connection):
    """A connection that answers plain requests directly, one after the other; it never mixes both ways.

    Attributes:
        application: the application of the server, which a subclass for each server sets.
        known: the accepted headers of the server, which the subclass sets too.
    """

    application: App
    known: Headers

    _between = True  # two messages
    _begun = 0  # messages in the last bytes
    _block = b""  # the headers of the last bytes, if they were a whole plain request
    _is_busy = False  # with a request that is answered directly
    _held = b""  # bytes that came meanwhile
    _is_ending = False
    _common: tuple[object, bytes] = (None, b"")  # headers of each response, as uvicorn lists them and as bytes

    def data_received(self, data: bytes) -> None:
        """Answer a plain request, or pass the bytes to the parser."""
        if self._is_busy:
            self._held += data
            self.flow.pause_reading()
            return
        self._block, self._begun = b"", 0
        if self._is_free() and data.endswith(_END) and (found := _PLAIN.match(data)) is not None:
            block = data[found.end() :]
            accepted = self.known.find(block) if len(data) <= LONGEST else None
            if accepted is not None and self._answer(found[1], found[2] or b"", accepted):
                return
            self._block = block
        super().data_received(data)

    def _is_free(self) -> bool:
        """Return whether the bytes so far end with a message, and its response is complete."""
        cycle: RequestResponseCycle | None = self.cycle  # uvicorn sets it with the first head
        is_answered = cycle is None or cycle.response_complete
        return self._between and is_answered and not self.flow.write_paused and not self.transport.is_closing()

    def on_message_begin(self) -> None:
        """Count the message."""
        super().on_message_begin()
        self._between = False
        self._begun += 1

    def on_message_complete(self) -> None:
        """Take note of the end of a message."""
        super().on_message_complete()
        self._between = True

    def admit(self, headers: Mapping[bytes, bytes], lang: str) -> None:
        """Keep accepted headers, if the last bytes were exactly one plain request."""
        block = self._block
        if self._begun == 1 and block.count(b"\n") == block.count(b"\r\n") and block.find(_END) == len(block) - 4:
            self.known.add(block, Accepted(headers, lang))

    def _answer(self, target: bytes, query: bytes, accepted: Accepted) -> bool:
        """Answer a request, now or by a task; return whether the resource may be asked directly."""
        path = target.decode("ascii")
        if "%" in path:
            path = unquote(path)
        if not self.application.is_direct(path):
            return False
        start = time.perf_counter()
        self._unset_keepalive_if_required()
        self.guard.has_read(self)
        client = self.application.client(self.client, accepted.headers)
        key = key_of(path, query, accepted.headers)
        request = Request("GET", path, query, accepted.headers, client, _no_body, accepted.lang, key)
        response = self.application.kept(request)
        if response is None and self.application.resources.is_query(request):
            response = self.application.begin(request, self, partial(self._deliver, request, start))
            self._is_busy = response is None
            if response is None:
                return True
        if response is None or len(response.body) > PIECE:
            self._start(request, start, response)
        else:
            self._deliver(request, start, response)
        return True

    def _deliver(self, request: Request, start: float, response: Response) -> None:
        """Send a response, and wait for the next request."""
        if len(response.body) > PIECE or self.flow.write_paused:
            self._start(request, start, response)
            return
        self.application.count("GET", request.path, request.client, response, start)
        if not self.transport.is_closing():
            self.transport.write(self._head(request, response) + response.body)
        self._complete()

    def _start(self, request: Request, start: float, response: Response | None) -> None:
        """Start a task that sends a response; without one, it works the response out first."""
        self._is_busy = True
        task = self.loop.create_task(self._work(request, start, response))
        self.tasks.add(task)
        task.add_done_callback(self._end_task)

    async def _work(self, request: Request, start: float, response: Response | None) -> None:
        """Send a response in parts that the client has to take in time."""
        is_begun = is_complete = False
        try:
            if response is None:
                response = await self.application.answer(request, self)
            self.application.count("GET", request.path, request.client, response, start)
            head, body = self._head(request, response), response.body
            if len(body) <= PIECE:
                head, body = head + body, b""
            for part in (head, *(body[place : place + PIECE] for place in range(0, len(body), PIECE))):
                if self.flow.write_paused:
                    await self.flow.drain()
                if self.transport.is_closing():
                    return
                self.transport.write(part)
                is_begun = True
            is_complete = True
        finally:  # also after a fault of ours
            if not is_complete and not self.transport.is_closing():
                self.transport.write(b"" if is_begun else _FAILED)
                self.transport.close()
        self._complete()

    def _end_task(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled():
            task.result()  # the event loop logs its exception

    def _head(self, request: Request, response: Response) -> bytes:
        """Return the first line and the headers of a response, in the order of uvicorn."""
        kind = type(self)
        common = self.server_state.default_headers  # another list each second
        if kind._common[0] is not common:  # noqa: SLF001 - our own
            kind._common = common, b"".join(b"%b: %b\r\n" % pair for pair in common)  # noqa: SLF001 - our own
        own = b"".join([b"%b: %b\r\n" % pair for pair in self.application.head("GET", request.headers, response)])
        end = b"connection: close\r\n\r\n" if self._is_ending else b"\r\n"
        return b"%b%b%b%b" % (STATUS_LINE[response.status], kind._common[1], own, end)  # noqa: SLF001 - our own

    def _complete(self) -> None:
        """Wait for the next request, which may have come already."""
        self._is_busy = False
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        if self._is_ending:
            self.transport.close()
            return
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)
        held, self._held = self._held, b""
        if held:
            self.flow.resume_reading()
            self.data_received(held)

    def shutdown(self) -> None:
        """Close the connection after the response under way."""
        if self._is_busy:
            self._is_ending = True
        else:
            super().shutdown()


def protocol(application: App, guard: Guard) -> type[DirectConnection]:
    """Return the class of the connections of one server."""
    return type(
        "ServedConnection", (DirectConnection,), {"application": application, "guard": guard, "known": Headers()}
    )


async def _no_body() -> bytes:
    return b""
