"""Addresses of clients, their limit, and their credentials."""

from __future__ import annotations

import pytest

from kg.serve.clients import Clients, address, is_authorised
from kg.serve.http import HttpError


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", b"198.51.100.7", "192.0.2.1"),  # no trusted proxy, so it names itself only
        ("127.0.0.1", b"198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", b"203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the client wrote the first one
        ("127.0.0.1", b"198.51.100.7, ::1", "198.51.100.7"),
        ("127.0.0.1", b"a name", "127.0.0.1"),
        ("127.0.0.1", b"", "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_names_the_client(peer: str, forwarded: bytes, expected: str) -> None:
    assert address(peer, forwarded, {"127.0.0.1", "::1"}) == expected


def test_a_client_with_too_many_requests_is_asked_to_wait() -> None:
    clients = Clients(2)
    with clients.request("192.0.2.1"), clients.request("192.0.2.1"):
        with pytest.raises(HttpError) as refused, clients.request("192.0.2.1"):
            pass
        assert (refused.value.status, dict(refused.value.headers)[b"retry-after"]) == (429, b"1")
        with clients.request("192.0.2.2"):
            pass
    with clients.request("192.0.2.1"):
        pass


def test_addresses_of_one_ipv6_network_are_one_client() -> None:
    clients = Clients(1)
    with clients.request("2001:db8::1"):
        with pytest.raises(HttpError), clients.request("2001:db8::ffff"):
            pass
        with clients.request("2001:db8:0:1::1"):
            pass


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"Bearer token", True),
        (b"bearer  token ", True),
        (b"Bearer tokens", False),
        (b"Bearer", False),
        (b"Basic token", False),
        (b"", False),
    ],
)
def test_credentials_are_compared_exactly(header: bytes, expected: bool) -> None:
    assert is_authorised(header, (b"Bearer token",)) is expected
