"""Clients: their addresses, their credentials, and the number of requests that each has under way."""

from __future__ import annotations

import hmac
from collections import Counter
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from kg.serve.http import HttpError
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_RETRY = [(b"retry-after", b"1")]


def address(peer: str, forwarded: bytes, trusted: Collection[str]) -> str:
    """Return the address of a client: its own, or the last one in `forwarded` that is not of a trusted proxy."""
    if peer not in trusted:
        return peer
    for part in reversed(forwarded.decode("latin-1").split(",")):
        try:
            candidate = str(ip_address(part.strip()))
        except ValueError:
            return peer
        if candidate not in trusted:
            return candidate
    return peer


class Clients:
    """Requests under way, by client; the hosts of one IPv6 network are one client."""

    def __init__(self, most: int) -> None:
        """Create an empty count with `most` requests of a client at a time."""
        self._most = most
        self._count: Counter[str] = Counter()

    @contextmanager
    def request(self, client: str) -> Iterator[None]:
        """Count a request of `client` for the block.

        Raises:
            HttpError: the client has too many requests under way.
        """
        self.begin(client)
        try:
            yield
        finally:
            self.end(client)

    def begin(self, client: str) -> None:
        """Count a request of `client` until `end`.

        Raises:
            HttpError: the client has too many requests under way.
        """
        key = _network(client)
        if self._count[key] >= self._most:
            raise HttpError(
                429, Message("at most {count} requests of one client run at a time", count=self._most), [*_RETRY]
            )
        self._count[key] += 1

    def end(self, client: str) -> None:
        """Count a request of `client` no longer."""
        key = _network(client)
        self._count[key] -= 1
        if not self._count[key]:
            del self._count[key]


def is_authorised(header: bytes, credentials: Collection[bytes]) -> bool:
    """Return whether an Authorization header is one of `credentials`, in constant time for each."""
    kind, _, value = header.strip().partition(b" ")
    given = kind.capitalize() + b" " + value.strip()
    return any([hmac.compare_digest(given, each) for each in credentials])  # noqa: C419 - compares with each


def _network(client: str) -> str:
    if ":" not in client:
        return client
    try:
        return str(IPv6Address(int(ip_address(client)) >> 64 << 64))
    except ValueError:
        return client


def host_name(host: bytes) -> str:
    """Return the name in a Host header without the port."""
    name = host.decode("latin-1").lower()
    return name if name.endswith("]") else name.rpartition(":")[0] or name
