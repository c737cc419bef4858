"""`kg serve` as a process on a free port, and requests to it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
from helpers.stores import KG, environment

from kg.store import inventory
from kg.store.layout import FORMAT
from kg.store.view import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Reply:
    """A response that was read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Served:
    """A server.

    Attributes:
        log: what it wrote to standard error so far.
    """

    process: subprocess.Popen[str]
    port: int
    log: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> Reply:
        """Return the response to one request; a name of a header has ``_`` for ``-``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            content = body.encode() if isinstance(body, str) else body
            connection.request(method, path, content, named)
            response = connection.getresponse()
            return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def query(self, text: str, **headers: str) -> Reply:
        """Return the response to a query by GET."""
        return self.ask("GET", f"/sparql?query={quote(text)}", **headers)

    def raw(self, *parts: bytes, wait: float = 10) -> bytes:
        """Send bytes as they are, and return all bytes that come until the server closes, or for `wait` seconds."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            received = b""
            try:
                for part in parts:
                    connection.sendall(part)
                while piece := connection.recv(65536):
                    received += piece
            except (TimeoutError, ConnectionError):
                pass
            return received

    def metric(self, name: str) -> float:
        """Return a number of ``/metrics``; 0 if it is not there."""
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.ask("GET", "/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def children(self) -> set[int]:
        """Return the numbers of the processes that the server started."""
        done = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return {int(word) for word in done.stdout.split()}


class Line:
    """A connection on which requests follow each other."""

    def __init__(self, served: Served) -> None:
        """Connect to a server."""
        self._socket = socket.create_connection(("127.0.0.1", served.port), timeout=10)
        self._rest = b""

    def send(self, *parts: bytes) -> None:
        """Send bytes as they are."""
        for part in parts:
            self._socket.sendall(part)

    def reply(self) -> bytes:
        """Return the next response."""
        while b"\r\n\r\n" not in self._rest:
            self._rest += self._more()
        head, _, rest = self._rest.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        size = int(length[1]) if length else 0
        while len(rest) < size:
            rest += self._more()
        self._rest = rest[size:]
        return head + b"\r\n\r\n" + rest[:size]

    def ask(self, request: bytes) -> bytes:
        """Return the response to a request."""
        self.send(request)
        return self.reply()

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _more(self) -> bytes:
        part = self._socket.recv(65536)
        assert part
        return part


@contextmanager
def serving(store: Path, *options: str, **env: str) -> Iterator[Served]:
    """Yield a server of `store` that listens; it is ended with the block, and must end in time."""
    command = [*KG, "serve", "--store", str(store), "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment() | env
    )
    assert process.stderr is not None
    with process:
        try:
            first = process.stderr.readline()
            found = re.search(r":(\d+)/sparql", first)
            assert found is not None, first
            served = Served(process, int(found[1]), [first])
            reader = threading.Thread(target=lambda: served.log.extend(process.stderr or ()), daemon=True)
            reader.start()
            yield served
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            reader.join(5)
        finally:
            process.kill()


def write_store(path: Path, quads: Iterable[ox.Quad]) -> Path:
    """Write a store of exactly `quads`, whose default graph is not the merge of the others, and return its path."""
    return new_store(path, lambda graph: graph.extend(quads))


def new_store(path: Path, fill: Callable[[ox.Store], None]) -> Path:
    """Write a store whose statements `fill` adds, and return its path."""
    generation = path / "generations" / "g000001"
    generation.mkdir(parents=True)
    graph = ox.Store(str(generation / "oxigraph"))
    fill(graph)
    graph.flush()
    del graph  # closes its files
    (generation / "readers").touch()
    (generation / "manifest.json").write_text(json.dumps(Size(0, 0, 0, 0, 0)._asdict()), encoding="utf-8")
    inventory.write(generation)
    (path / "format").write_text(FORMAT, encoding="utf-8")
    (path / "current").write_text("g000001\n", encoding="utf-8")
    return path
