"""Servers on loopback: a real Oxigraph, and one with scripted responses."""

from __future__ import annotations

import socket
import subprocess
import sysconfig
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from kg.settings import Address
from kg.store.server import staged_load
from kg.store.server.client import SparqlClient

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

    import pyoxigraph as ox

JSON = "application/sparql-results+json"
OXIGRAPH = Path(sysconfig.get_path("scripts")) / "oxigraph"


@contextmanager
def oxigraph(*options: str, graphs: bool = False) -> Iterator[Address]:
    """Yield an empty Oxigraph server that ends with the block; with `graphs` it accepts the Graph Store Protocol."""
    process, start = _started(options)
    with process:
        try:
            yield Address(f"{start}/query", f"{start}/update", f"{start}/store" if graphs else None)
        finally:
            process.kill()


def _started(options: tuple[str, ...], tries: int = 5) -> tuple[subprocess.Popen[str], str]:
    """Start a server; retry on another port if the free one was taken meanwhile."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([OXIGRAPH, "serve", "--bind", place, *options], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    if "Listening" in line:
        return process, f"http://{place}"
    process.kill()
    process.communicate()
    assert tries > 1, line
    return _started(options, tries - 1)


def fill(address: Address, state: ox.Store) -> None:
    """Replace the content of a server by `state`, which is merged."""
    with closing(SparqlClient(address)) as server:
        staged_load.begin(server, "fill")
        staged_load.load(server, state, "fill")


@dataclass(frozen=True)
class Reply:
    """The response to one request.

    Attributes:
        length: a wrong Content-Length, if not ``None``.
        silence: seconds before the first byte.
        drip: seconds before each byte of the body.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": JSON})
    length: int | None = None
    silence: float = 0
    drip: float = 0


@dataclass
class Scripted:
    """A server that gives its replies in order and repeats the last one; it records the requests.

    A reply may be computed from the text of the request.
    """

    replies: list[Reply | Callable[[str], Reply]]
    address: Address
    requested: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)

    def answer(self, text: str) -> Reply:
        """Return the next reply."""
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply if isinstance(reply, Reply) else reply(text)


@contextmanager
def scripted(*replies: Reply | Callable[[str], Reply], secure: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    """Yield a server that gives `replies` (`Scripted`)."""
    script = Scripted(list(replies), Address("", ""))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            script.requested.append((self.path, dict(self.headers), text))
            reply = script.answer(text)
            time.sleep(reply.silence)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            self.end_headers()
            pieces = [reply.body[at : at + 1] for at in range(len(reply.body))] if reply.drip else [reply.body]
            for piece in pieces:
                time.sleep(reply.drip)
                self.wfile.write(piece)
                self.wfile.flush()
            self.close_connection = reply.length is not None

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass  # the client has closed the connection, as some tests require

    with Quiet(("127.0.0.1", 0), Handler) as server:
        if secure is not None:
            server.socket = secure.wrap_socket(server.socket, server_side=True)
        start = f"{'http' if secure is None else 'https'}://127.0.0.1:{server.server_address[1]}"
        script.address = Address(f"{start}/query", f"{start}/update")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield script
        server.shutdown()
        thread.join()
