"""Addresses: redirects, private networks, robots.txt, sizes and media types, against a server of this machine."""

from __future__ import annotations

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.read.documents import fetch_task, web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "西岭工业大学与北川重工集团有限公司签署战略合作协议。"
ROBOTS = "User-agent: *\nDisallow: /closed/\n"
PAGES = {
    "/robots.txt": ("text/plain", ROBOTS),
    "/2025-06/12/a.txt": ("text/plain; charset=utf-8", TEXT),
    "/closed/a.txt": ("text/plain", TEXT),
    "/a.zip": ("application/zip", TEXT),
}
MOVED = {
    "/moved": "/2025-06/12/a.txt",
    "/to-closed": "/closed/a.txt",
    "/private": "http://10.0.0.1/a.txt",
    "/file": "ftp://news.example/a.txt",
    "/loop": "/loop",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in MOVED:
            self.send_response(302)
            self.send_header("Location", MOVED[self.path])
            self.end_headers()
            return
        if self.path not in PAGES:
            self.send_error(404)
            return
        media_type, text = PAGES[self.path]
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def test_a_page_is_read_and_kept_with_its_digest(server: str, tmp_path: Path) -> None:
    found = web.fetch(f"{server}/moved", tmp_path, loopback=True)
    assert (found.text, found.address) == (TEXT, f"{server}/2025-06/12/a.txt")
    (copy,) = tmp_path.iterdir()
    assert found.file_sha256 == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert copy.stem == found.name
    assert (found.date, found.dated_by) == ("2025-06-12", "address")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/closed/a.txt", "robots.txt of the server excludes it"),
        ("/to-closed", "robots.txt of the server excludes it"),
        ("/private", "10.0.0.1 has the address 10.0.0.1 of a private network"),
        ("/file", "is not an address of the web"),
        ("/loop", "more than 5 redirects"),
        ("/none", "the server answers with the status 404"),
        ("/a.zip", "the media type 'application/zip' is not one of"),
    ],
)
def test_other_answers_are_refused(server: str, path: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        web.fetch(server + path, loopback=True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "192.168.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.0.1"]
)
def test_private_addresses_are_not_read(host: str) -> None:
    with pytest.raises(InputError, match="of a private network"):
        list(fetch_task.page(f"http://{host}/a.txt", loopback=False))


def test_a_long_page_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_task, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="has more than 0 MB"):
        list(fetch_task.page(f"{server}/2025-06/12/a.txt", loopback=True))


def test_a_password_is_not_sent() -> None:
    with pytest.raises(InputError, match="contains a password, which is not sent"):
        list(fetch_task.page("https://user:word@news.example/", loopback=False))
