"""Connections with deadlines: slow clients, large heads and idle connections take no resources for long.

uvicorn limits the time between two requests; this subclass of its protocol also limits the time of a request and of an
answer, the size of a head, and the number of connections.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.serve.options import Limits

HEAD = 32_768
"""Size limit of the head of a request, in bytes: its address and its headers."""

FIELDS = 100
"""Largest number of headers."""

_SWEEP = 1.0
"""Seconds between two looks for connections that are late."""

_BODY = b"The head of the request is too large.\n"
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: " + str(len(_BODY)).encode() + b"\r\nconnection: close\r\n\r\n" + _BODY
)


class Guard:
    """The open connections, and the times since which they wait for their clients.

    Attributes:
        closed: number of connections that were closed because the client was late, or because there were too many.
    """

    def __init__(self, limits: Limits) -> None:
        """Create a guard without connections."""
        self._limits = limits
        self._reading: dict[Connection, float] = {}
        self._writing: dict[Connection, float] = {}
        self._open: set[Connection] = set()
        self._loop = asyncio.get_running_loop()
        self._loop.call_later(_SWEEP, self._sweep)
        self.most = HEAD + 2 * limits.body
        self.closed = 0

    @property
    def opened(self) -> int:
        """Number of open connections."""
        return len(self._open)

    def add(self, connection: Connection) -> None:
        """Count a connection; if there are too many, close the one that has sent nothing for the longest time."""
        self._open.add(connection)
        self.read(connection)
        if len(self._open) > self._limits.connections:
            self._end(next(iter(self._reading)))

    def remove(self, connection: Connection) -> None:
        """Forget a closed connection."""
        self._open.discard(connection)
        self._reading.pop(connection, None)
        self._writing.pop(connection, None)

    def read(self, connection: Connection) -> None:
        """Begin to wait for a request, unless that has begun."""
        if connection not in self._reading:
            self._reading[connection] = self._loop.time()

    def has_read(self, connection: Connection) -> None:
        """Stop waiting for a request."""
        self._reading.pop(connection, None)

    def write(self, connection: Connection) -> None:
        """Begin to wait until the client takes a part of an answer."""
        self._writing[connection] = self._loop.time()

    def has_written(self, connection: Connection) -> None:
        """Stop waiting for the client to take a part."""
        self._writing.pop(connection, None)

    def _sweep(self) -> None:
        before = self._loop.time() - self._limits.idle
        waiting = [*self._reading.items(), *self._writing.items()]
        for connection in {each for each, since in waiting if since < before}:
            self._end(connection)
        self._loop.call_later(_SWEEP, self._sweep)

    def _end(self, connection: Connection) -> None:
        self.closed += 1
        self.remove(connection)
        connection.transport.abort()


class Connection(HttpToolsProtocol):
    """A connection of uvicorn with deadlines and with a size limit of the head.

    Attributes:
        ended: a function that is called when the client closes the connection.
    """

    guard: Guard
    """The guard of all connections; a subclass for each server sets it."""

    _received = 0
    ended: Callable[[], object] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self.guard.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the request under way."""
        super().connection_lost(exc)
        self.guard.remove(self)
        if self.ended is not None:
            self.ended()

    def data_received(self, data: bytes) -> None:
        """Read a part of a request; one that is too large ends the connection."""
        self._received += len(data)
        if self._in_head():
            self.guard.read(self)
        super().data_received(data)
        if self._received > HEAD and self._in_head():
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        elif self._received > self.guard.most:  # endless chunk extensions or trailers
            self.transport.abort()

    def _in_head(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # uvicorn sets it with the first head
        return (cycle is None or cycle.response_complete) and not self.transport.is_closing()

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of the request."""
        super().on_message_begin()
        self.scope["connection"] = self  # type: ignore[typeddict-unknown-key]
        self.guard.read(self)

    def on_headers_complete(self) -> None:
        """Start the request, unless its head is too large."""
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > HEAD or len(self.headers) > FIELDS:
            self.app = _refuse_head
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop waiting for the client: the request is complete."""
        self._received = 0
        self.guard.has_read(self)
        super().on_message_complete()

    def admit(self, headers: Mapping[bytes, bytes], lang: str) -> None:
        """Take note of headers that the application has accepted; a subclass remembers them."""

    def pause_writing(self) -> None:
        """Begin to wait until the client takes the answer."""
        super().pause_writing()
        self.guard.write(self)

    def resume_writing(self) -> None:
        """Stop waiting: the client took a part."""
        super().resume_writing()
        self.guard.has_written(self)


async def _refuse_head(_scope: Any, _receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
    """Answer that the head of a request is too large, and close the connection."""
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 431, "headers": head})
    await send({"type": "http.response.body", "body": _BODY})


@contextmanager
def gone(connection: Connection, end: Callable[[], object]) -> Iterator[None]:
    """Call `end` if the client closes the connection within the block."""
    connection.ended = end
    try:
        yield
    finally:
        connection.ended = None
