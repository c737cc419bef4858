"""A loopback server that records connections, for tests that expect none."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Listener:
    """The address of the server, and the first bytes of each connection."""

    address: str
    calls: list[bytes] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    """Yield a server that accepts every connection and answers none properly."""
    listener = Listener("")

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            listener.calls.append(b"")
            self.request.settimeout(5)
            listener.calls[-1] = self.request.recv(200)
            self.request.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        listener.address = f"http://127.0.0.1:{server.server_address[1]}/sparql"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield listener
        server.shutdown()
        thread.join()
