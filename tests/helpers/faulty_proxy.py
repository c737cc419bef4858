"""A proxy on loopback before a real server that drops, cuts, delays and refuses requests at seeded places."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.settings import Address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAULTS = ("drop", "lose", "cut", "delay", "busy")
"""No forwarding; no response; half a response; a late response; status 503."""

_DELAY = 0.02


@dataclass
class Proxy:
    """The state of a proxy.

    Attributes:
        address: addresses of the proxy.
        rate: share of the requests with a fault.
        happened: number of each fault.
        watch: is called after each update, before its response.
    """

    address: Address
    rate: float
    random: random.Random
    happened: Counter[str] = field(default_factory=Counter)
    watch: Callable[[], None] = lambda: None

    def fault(self) -> str | None:
        """Return the fault of the next request."""
        if self.random.random() >= self.rate:
            return None
        fault = self.random.choice(FAULTS)
        self.happened[fault] += 1
        return fault


@contextmanager
def faulty(real: Address, seed: int, rate: float) -> Iterator[Proxy]:
    """Yield a proxy before `real`."""
    place = urlsplit(real.query).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fault = proxy.fault()
            if fault == "busy":
                self._send(503, b"busy", len(b"busy"), {"Retry-After": "1"})
            if fault in {"busy", "drop"}:
                self.close_connection = True
                return
            server = HTTPConnection(place)
            headers = {name: self.headers[name] for name in ("Content-Type", "Accept")}
            server.request("POST", self.path, body, headers)
            response = server.getresponse()
            text, media = response.read(), response.headers.get("Content-Type")
            server.close()
            if self.path == "/update":
                proxy.watch()
            if fault == "delay":
                time.sleep(_DELAY)
            self.close_connection = fault in {"lose", "cut"}
            if fault != "lose":
                sent = text[: len(text) // 2] if fault == "cut" else text
                # an empty response cannot be cut in its body, so its header promises one
                length = max(len(text), 1) if fault == "cut" else len(text)
                self._send(response.status, sent, length, {"Content-Type": media} if media else {})

        def _send(self, status: int, text: bytes, length: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(length)}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        start = f"http://127.0.0.1:{server.server_address[1]}"
        graphs = f"{start}/store" if real.graphs else None
        proxy = Proxy(Address(f"{start}/query", f"{start}/update", graphs), rate, random.Random(seed))  # noqa: S311
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield proxy
        server.shutdown()
        thread.join()
