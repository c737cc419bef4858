"""Task of a worker process that fetches one page of the web; the limits of the worker end slow servers.

A server can lead a program into the network of its user. Each host is therefore resolved once, each of its addresses
must be public, and the connection goes to the address that was checked. That holds for each redirect, too. The rules of
robots.txt hold as RFC 9309 describes them.
"""

from __future__ import annotations

import json
import socket
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.exceptions import HTTPError

from kg import __version__
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

AGENT = "helix-kg"
"""Name of the program in robots.txt."""

MAX_BYTES = 32 << 20
"""Largest page."""

_MAX_ROBOTS = 500 << 10
_MAX_REDIRECTS = 5
_SECONDS = 20.0
_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_HEADERS = {"User-Agent": f"{AGENT}/{__version__}", "Accept-Encoding": "gzip, identity", "Connection": "close"}


class _Answer(NamedTuple):
    status: int
    location: str
    media_type: str
    data: bytes


def page(address: str, *, loopback: bool) -> Iterator[bytes]:
    """Yield a line of JSON with the final address and the media type, then the content of the page.

    Args:
        address: the address of the page.
        loopback: whether addresses of this machine are allowed, as in tests.

    Raises:
        InputError: the address is not public, robots.txt excludes it, or the server does not answer with a page.
    """
    robots: dict[str, RobotFileParser] = {}
    for _ in range(_MAX_REDIRECTS + 1):
        _check_robots(address, robots, loopback=loopback)
        answer = _get(address, MAX_BYTES, loopback=loopback)
        if answer.status in _REDIRECTS and answer.location:
            address = urljoin(address, answer.location)
            continue
        if answer.status != HTTPStatus.OK:
            raise InputError(
                "{address}: the server answers with the status {status}; save the page and read the file",
                address=address,
                status=answer.status,
            )
        yield json.dumps({"address": address, "media_type": answer.media_type}).encode() + b"\n"
        yield from (answer.data[start : start + _CHUNK] for start in range(0, len(answer.data), _CHUNK))
        return
    raise InputError(
        "{address}: more than {count} redirects; name the last address", address=address, count=_MAX_REDIRECTS
    )


def _check_robots(address: str, known: dict[str, RobotFileParser], *, loopback: bool) -> None:
    """Raise an error if robots.txt of the host excludes the address."""
    parts = _parts(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in known:
        known[origin] = _robots(f"{origin}/robots.txt", loopback=loopback)
    if not known[origin].can_fetch(AGENT, address):
        raise InputError(
            "{address}: robots.txt of the server excludes it; save the page in a browser and read the file",
            address=address,
        )


def _robots(address: str, *, loopback: bool) -> RobotFileParser:
    rules = RobotFileParser()
    answer = _get(address, _MAX_ROBOTS, loopback=loopback)
    for _ in range(_MAX_REDIRECTS):
        if answer.status in _REDIRECTS and answer.location:
            address = urljoin(address, answer.location)
            answer = _get(address, _MAX_ROBOTS, loopback=loopback)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        rules.parse(["User-agent: *", "Disallow: /"])
    else:
        rules.parse(answer.data.decode("utf-8", "replace").splitlines() if answer.status == HTTPStatus.OK else [])
    return rules


def _parts(address: str) -> SplitResult:
    """Return the parts of an address of the web.

    Raises:
        InputError: it is not one.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise InputError("{address!r}: is not an address ({error})", address=address, error=error) from error
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise InputError("{address!r}: is not an address of the web; begin with https://", address=address)
    if parts.username is not None or parts.password is not None:
        raise InputError("the address contains a password, which is not sent; save the page and read the file")
    return parts


def _get(address: str, max_bytes: int, *, loopback: bool) -> _Answer:
    parts = _parts(address)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    number = _public(host, port, loopback=loopback)
    timeout = urllib3.Timeout(connect=_SECONDS / 2, read=_SECONDS)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            number, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(number, port, timeout=timeout, retries=False)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with pool, pool.urlopen(
            "GET", path, headers={**_HEADERS, "Host": parts.netloc}, redirect=False, preload_content=False
        ) as response:  # fmt: skip
            data = bytearray()
            while block := response.read(_CHUNK, decode_content=True):
                data += block
                if len(data) > max_bytes:
                    raise InputError(
                        "{address}: has more than {size} MB; save the text and read the file",
                        address=address,
                        size=max_bytes >> 20,
                    )
            media_type = (response.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
            return _Answer(response.status, response.headers.get("Location") or "", media_type, bytes(data))
    except (HTTPError, OSError) as error:
        raise InputError("{address}: the server cannot be read ({error})", address=address, error=error) from error


def _public(host: str, port: int, *, loopback: bool) -> str:
    """Return one address of a host, all of whose addresses are public.

    Raises:
        InputError: the host is unknown, or an address belongs to a private network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError("{host}: the host is not known ({error})", host=host, error=error) from error
    numbers = [str(entry[4][0]).partition("%")[0] for entry in found]
    for number in numbers:
        one = ip_address(number)
        mapped = getattr(one, "ipv4_mapped", None) or one
        if not (mapped.is_global and not mapped.is_multicast) and not (loopback and mapped.is_loopback):
            raise InputError(
                "{host} has the address {number} of a private network, from which kg reads nothing; save the page and "
                "read the file",
                host=host,
                number=number,
            )
    return numbers[0]
