"""Slow and endless servers: each limit of time ends the work, wherever the server stops."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest
from helpers.servers import fill, oxigraph

from kg.errors import LimitError
from kg.query import run as query
from kg.settings import Address
from kg.store.local import LocalStore
from kg.store.server.store import ServerStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
START = b'{"head":{"vars":["s"]},"results":{"bindings":['
ROW = b'{"s":{"type":"uri","value":"urn:x"}},' * 1000

RESPONSES: dict[str, tuple[float, tuple[bytes, ...], bytes]] = {
    "header": (0.05, (), b"H"),
    "more headers": (0.05, (b"HTTP/1.1 200 OK\r\n",), b"X-A: b\r\n"),
    "body": (0.05, (HEAD, b"\r\n"), b" "),
    "rows": (0, (HEAD, b"\r\n", START), ROW),
    "variables": (0, (HEAD, b"\r\n", b'{"head":{"vars":["s"'), b',"x"'),
}
"""Seconds before each piece, the first pieces, and the one that is repeated without end."""


@contextmanager
def endless(pause: float, pieces: Iterable[bytes]) -> Iterator[Address]:
    """Yield a server that sends `pieces` in reply to each connection, one after the other."""

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(1 << 16)
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        start = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield Address(f"{start}/query", f"{start}/update")
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("name", RESPONSES)
def test_opening_ends_in_time(name: str) -> None:
    pause, first, more = RESPONSES[name]
    with endless(pause, chain(first, repeat(more))) as address:
        start = time.monotonic()
        with pytest.raises(LimitError, match="took too long"):
            ServerStore(address, 0.3).view()
        assert time.monotonic() - start < 3


def test_a_query_ends_in_time(small: Path) -> None:
    with oxigraph() as address, LocalStore(small).view() as here:
        fill(address, here.graph)
        with ServerStore(address).view() as there:
            for pause, first, more in RESPONSES.values():
                with endless(pause, chain(first, repeat(more))) as slow:
                    there.graph.address = slow
                    start = time.monotonic()
                    with pytest.raises(LimitError, match=r"took more than 0\.4 seconds"):
                        query.run_query(there, "SELECT * { ?s ?p ?o }", timeout=0.4, max_rows=10**9)
                    assert time.monotonic() - start < 4
