"""`kg serve`: options, credentials, a change of the store, and the end of the server."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from helpers.serving import Line, serving
from helpers.stores import SMALL, environment, error_of, kg, make
from helpers.turtle import SOURCE, graph_file, in_evidence

if TYPE_CHECKING:
    from pathlib import Path

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a hx:Firm }"


def test_a_check_starts_and_ends(small: Path) -> None:
    # A process of its own, because the event loop of a browser test may run in this one.
    command = (sys.executable, "-c", "from kg.cli import main; main()", "serve", "--port", "0", "--check")
    done = subprocess.run([*command, "--store", str(small)], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "/sparql answers queries" in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--host", "0.0.0.0"), "kg: --host 0.0.0.0 offers the store to every machine that reaches this address"),  # noqa: S104
        (("--internal",), "kg: kg serve never offers internal statements"),
        (("--store", "http://127.0.0.1:1/query"), "kg: kg serve requires a store in a folder"),
        (("--origin", "a.example"), "kg: --origins: public_url must be an address"),
        (("--trusted-proxy", "proxy"), "kg: --trusted-proxies: trusted_proxies must be an IP address"),
    ],
)
def test_a_wrong_option_is_refused(small: Path, words: tuple[str, ...], message: str) -> None:
    assert error_of(kg("serve", *words, store=small), status=2).startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[serve]\nwokers = 1", "there is no setting 'wokers'; did you mean workers?"),
        ("[serve]\nworkers = 0", "workers must be from 1 to 1000000, not 0"),
        ("[serve]\nworkers = true", "workers must be a number, not True"),
        ("[serve]\npublic = 1", "public must be true or false, not 1"),
        ("[serve]\norigins = [1]", "origins must be a list of texts, not [1]"),
        ("serve = 1", "write serve as a table, [serve]"),
    ],
)
def test_a_wrong_setting_is_refused(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text(content, encoding="utf-8")
    assert message in error_of(kg("serve", "--check", store=small), status=2)


def test_a_server_requires_its_credentials_and_follows_the_store_and_leaves_no_process(
    small: Path, tmp_path: Path
) -> None:
    pytest.importorskip("uvicorn")
    store = shutil.copytree(small, tmp_path / "store")
    secrets = {"KG_SERVE_TOKEN": "t0ken", "KG_SERVE_USER": "reader", "KG_SERVE_PASSWORD": "pass"}
    assert not set(secrets) & set(environment())
    with serving(store, "--no-pages", "--workers", "1", **secrets) as server:
        assert server.ask("GET", "/healthz").status == 200
        refused = server.query(COUNT)
        assert (refused.status, refused.headers["www-authenticate"]) == (
            401,
            'Basic realm="helix-kg", Bearer realm="helix-kg"',
        )
        assert server.query(COUNT, Authorization="Bearer t0kem").status == 401
        assert server.query(COUNT, Authorization="Basic cmVhZGVyOnBhc3M=").status == 200
        bare = b"Host: localhost\r\n\r\n"  # headers that /healthz accepted are not accepted elsewhere
        line = Line(server)
        statuses = [line.ask(b"GET %b HTTP/1.1\r\n%b" % (path, bare))[9:12] for path in (b"/healthz", b"/metrics")]
        line.close()
        assert statuses == [b"200", b"401"]
        allowed = {"Authorization": "Bearer t0ken", "Accept": "text/csv"}
        first = server.query(COUNT, **allowed)
        make(store, SMALL, graph_file(tmp_path, f"{SOURCE} {in_evidence('<urn:a:firm> a hx:Firm .')}"))
        deadline = time.monotonic() + 10
        while (now := server.query(COUNT, **allowed)).text == first.text:
            assert now.status == 200
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert int(now.text.split()[1]) == int(first.text.split()[1]) + 1
        assert now.headers["etag"] != first.headers["etag"]
        children = server.children()
        assert len(children) >= 2
    assert server.process.returncode == 0
    assert not any(_runs(pid) for pid in children)


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - no file of ours
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
