"""Failures of a server: one sentence, within the time limit, with safe retries only."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from helpers.servers import JSON, Reply, scripted

from kg.errors import LimitError, QueryError, StoreError
from kg.settings import Address, parse_store
from kg.store.server import retries
from kg.store.server.http import HttpClient, Request

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.servers import Scripted

SECRET = "s3cret-s3cret"  # noqa: S105 - a dummy
GOOD = Reply(b'{"boolean": true}')


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds of each pause, none of which takes place."""
    seconds: list[float] = []
    monkeypatch.setattr(retries, "sleep", seconds.append)
    return seconds


def ask(script: Scripted, token: str | None = None, *, deadline: float | None = None) -> str:
    """Return the response of a server to one query."""
    env = {"KG_STORE_TOKEN": token} if token else {}
    address = parse_store(script.address.query, env)
    assert isinstance(address, Address)
    end = time.monotonic() + 20 if deadline is None else deadline
    request = Request(script.address.query, "ASK {}", "application/sparql-query", (JSON,), end, 1000)
    client = HttpClient(address)
    try:
        return client.post(request, lambda body, _: body.read().decode())
    finally:
        client.close()


def test_the_request_follows_the_protocol() -> None:
    with scripted(GOOD) as script:
        assert ask(script, SECRET) == '{"boolean": true}'
    ((path, headers, text),) = script.requested
    assert (path, text) == ("/query", "ASK {}")
    assert headers["Content-Type"] == "application/sparql-query; charset=utf-8"
    assert (headers["Accept"], headers["Authorization"]) == (JSON, f"Bearer {SECRET}")


def test_no_credentials_are_sent_by_default() -> None:
    with scripted(GOOD) as script:
        ask(script)
    assert "Authorization" not in script.requested[0][1]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_transient_errors_are_retried(status: int) -> None:
    bad = Reply(b"busy", status)
    with scripted(bad, bad, GOOD) as script:
        assert ask(script) == '{"boolean": true}'
        assert len(script.requested) == 3
    with scripted(bad) as script, pytest.raises(StoreError, match=f"status {status}"):
        ask(script)
    assert len(script.requested) == 3


@pytest.mark.parametrize(("header", "expected"), [("7", 7), ("x", 0.2), (None, 0.2), ("0", 0.2)])
def test_the_pause_that_the_server_requests_is_kept(header: str | None, expected: float, pauses: list[float]) -> None:
    headers = {"Content-Type": JSON} | ({"Retry-After": header} if header else {})
    with scripted(Reply(b"busy", 503, headers), GOOD) as script:
        ask(script)
    assert pauses == [pytest.approx(expected)]


def test_a_pause_until_a_moment_is_kept(pauses: list[float]) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    with scripted(Reply(b"busy", 503, {"Retry-After": moment}), GOOD) as script:
        ask(script)
    assert 7 < pauses[0] <= 9


def test_a_pause_of_an_hour_ends_the_request(pauses: list[float]) -> None:
    busy = Reply(b"busy", 503, {"Retry-After": "3600"})
    with scripted(busy, GOOD) as script, pytest.raises(StoreError, match="requests a pause of 3600 seconds"):
        ask(script)
    assert pauses == []


def test_a_broken_connection_is_retried() -> None:
    broken = replace(GOOD, length=1000)
    with scripted(broken, GOOD) as script:
        assert ask(script) == '{"boolean": true}'
    with scripted(broken) as script, pytest.raises(StoreError, match="the connection was lost"):
        ask(script)
    assert len(script.requested) == 3


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b"", 404), "the address does not exist on the server; check the address"),
        (Reply(b"", 405), "the address does not accept this request"),
        (Reply(b"", 418), "the server fails with status 418"),
        (Reply(b"", 401), "requires credentials; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"),
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), "has the type text/html, not application/sparql"),
        (Reply(b"{}", headers={}), "has the type unknown"),
        (Reply(b"x", headers={"Content-Type": JSON, "Content-Encoding": "gzip"}), r"is compressed \(gzip\)"),
        (Reply(b"x" * 1001), "the response has more than 1000 bytes; narrow the query"),
    ],
)
def test_permanent_errors_are_reported_at_once(reply: Reply, message: str) -> None:
    with scripted(reply) as script, pytest.raises(StoreError, match=message) as caught:
        ask(script)
    assert str(caught.value).startswith(f"{script.address.query}: ")
    assert len(script.requested) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_refused_without_sending_credentials(status: int) -> None:
    with scripted(GOOD) as other:
        to = other.address.query.replace("//", f"//ann:{SECRET}@") + "?key=x"
        with scripted(Reply(b"", status, {"Location": to})) as script, pytest.raises(StoreError) as caught:
            ask(script, SECRET)
    assert f"redirects to {other.address.query}, and redirects are not followed" in str(caught.value)
    assert other.requested == []


def test_messages_hide_secrets_that_a_server_repeats() -> None:
    with scripted(Reply(f"no {SECRET}\n\x1b[31mhere".encode(), 400)) as script, pytest.raises(QueryError) as caught:
        ask(script, SECRET)
    assert str(caught.value) == "no *** [31mhere"
    with scripted(Reply(b"", 403)) as script, pytest.raises(StoreError, match="refuses the credentials") as refused:
        ask(script, SECRET)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("reply", [replace(GOOD, silence=5), Reply(b"x" * 900, drip=0.05)])
def test_the_time_limit_holds_for_silent_and_slow_servers(reply: Reply) -> None:
    began = time.monotonic()
    with scripted(reply) as script, pytest.raises(LimitError, match="took too long"):
        ask(script, deadline=began + 0.3)
    assert time.monotonic() - began < 3


def test_an_unreachable_server_is_reported() -> None:
    with scripted(GOOD) as script:
        pass
    with pytest.raises(StoreError, match=r"cannot be reached \(Connection refused\); check that it is running"):
        ask(script)


def test_a_server_without_tls_is_reported() -> None:
    with scripted(GOOD) as script:
        script.address = replace(script.address, query=script.address.query.replace("http:", "https:"))
        with pytest.raises(StoreError, match="the connection is not secure"):
            ask(script)
    assert script.requested == []


def test_an_untrusted_certificate_is_refused(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is required to create a certificate")
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", *files]
    subprocess.run(command, check=True, capture_output=True)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    with scripted(GOOD, secure=secure) as script, pytest.raises(StoreError, match="repair the certificate"):
        ask(script, SECRET)
    assert script.requested == []
