"""Failures of a server: one sentence, within the time limit, with safe retries only."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.servers import JSON, Reply, scripted

from kg.errors import LimitError, QueryError, StoreError
from kg.settings import place
from kg.store.server import http
from kg.store.server.http import HttpClient, Request

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.servers import Scripted

SECRET = "s3cret-s3cret"  # noqa: S105 - a dummy
GOOD = Reply(b'{"boolean": true}')


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))


def ask(script: Scripted, token: str | None = None, **changes: object) -> str:
    """Return the response of a server to one query."""
    env = {"KG_STORE_TOKEN": token} if token else {}
    address = place(script.address.query, env)
    request = Request(script.address.query, "ASK {}", "application/sparql-query", (JSON,), time.monotonic() + 20, 1000)
    http = HttpClient(address)
    try:
        return http.post(request._replace(**changes), lambda body, _: body.read().decode())
    finally:
        http.close()


def test_the_request_follows_the_protocol() -> None:
    with scripted(GOOD) as script:
        assert ask(script, SECRET) == '{"boolean": true}'
    ((path, headers, text),) = script.asked
    assert (path, text) == ("/query", "ASK {}")
    assert headers["Content-Type"] == "application/sparql-query; charset=utf-8"
    assert (headers["Accept"], headers["Authorization"]) == (JSON, f"Bearer {SECRET}")


def test_without_credentials_none_are_sent() -> None:
    with scripted(GOOD) as script:
        ask(script)
    assert "Authorization" not in script.asked[0][1]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_transient_errors_are_retried(status: int) -> None:
    bad = Reply(b"busy", status)
    with scripted(bad, bad, GOOD) as script:
        assert ask(script) == '{"boolean": true}'
        assert len(script.asked) == 3
    with scripted(bad) as script, pytest.raises(StoreError, match=f"status {status}"):
        ask(script)
    assert len(script.asked) == 3


def test_unsafe_requests_are_not_retried() -> None:
    with scripted(Reply(b"", 503), GOOD) as script, pytest.raises(StoreError, match="status 503"):
        ask(script, idempotent=False)
    assert len(script.asked) == 1


def test_a_broken_connection_is_retried() -> None:
    broken = replace(GOOD, length=1000)
    with scripted(broken, GOOD) as script:
        assert ask(script) == '{"boolean": true}'
    with scripted(broken) as script, pytest.raises(StoreError, match="the connection broke off"):
        ask(script)
    assert len(script.asked) == 3


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"", 404), "there is nothing here; is the address right"),
        (Reply(b"", 405), "the server does not take this here"),
        (Reply(b"", 418), "the server fails with status 418"),
        (Reply(b"", 401), "wants credentials; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"),
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), "the answer is text/html, not application/sparql"),
        (Reply(b"{}", headers={}), "the answer is of no kind"),
        (Reply(b"x", headers={"Content-Type": JSON, "Content-Encoding": "gzip"}), "not application/sparql"),
        (Reply(b"x" * 1001), "the answer has more than 1000 bytes; ask for less"),
    ],
)
def test_permanent_errors_are_reported_at_once(reply: Reply, said: str) -> None:
    with scripted(reply) as script, pytest.raises(StoreError, match=said) as caught:
        ask(script)
    assert str(caught.value).startswith(f"{script.address.query}: ")
    assert len(script.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_refused_without_sending_credentials(status: int) -> None:
    with scripted(GOOD) as other:
        to = other.address.query.replace("//", f"//ann:{SECRET}@") + "?key=x"
        with scripted(Reply(b"", status, {"Location": to})) as script, pytest.raises(StoreError) as caught:
            ask(script, SECRET)
    assert f"points to {other.address.query}, where kg does not follow" in str(caught.value)
    assert other.asked == []


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
    with pytest.raises(StoreError, match=r"cannot be reached \(Connection refused\); is it running"):
        ask(script)


def test_a_server_without_tls_is_reported() -> None:
    with scripted(GOOD) as script:
        script.address = replace(script.address, query=script.address.query.replace("http:", "https:"))
        with pytest.raises(StoreError, match="the connection is not safe"):
            ask(script)
    assert script.asked == []


def test_an_untrusted_certificate_is_refused(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here to make a certificate with")
    files = ["-keyout", tmp_path / "key", "-out", tmp_path / "cert"]
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", *files]
    subprocess.run(making, check=True, capture_output=True)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    with scripted(GOOD, secure=secure) as script, pytest.raises(StoreError, match="mend the certificate"):
        ask(script, SECRET)
    assert script.asked == []
