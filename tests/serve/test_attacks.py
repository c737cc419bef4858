"""Requests that attack the server, each with its answer; after them the server answers as before."""

from __future__ import annotations

import json
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from helpers.http_server import listening

if TYPE_CHECKING:
    from helpers.serving import Served

HEAD = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
INNOCENT = "SELECT (COUNT(*) AS ?n) { ?s a hx:Firm }"
MANY = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(20)))} }}" for n in range(9))

QUERIES: dict[str, tuple[str, tuple[int, ...]]] = {
    "a cross product": (f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}", (504,)),
    "a cross product without data": (f"SELECT (COUNT(*) AS ?n) {{ {MANY} }}", (504,)),
    "a path without ends": ("SELECT (COUNT(*) AS ?n) { ?s (!hx:x|^!hx:x)* ?o . ?o (!hx:x|^!hx:x)* ?t }", (504,)),
    "an order of a cross product": (f"SELECT * {{ {CROSS} }} ORDER BY ?a", (422, 504)),
    "endless rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", (422, 504)),
    "a text that doubles": (
        "SELECT ?v30 { BIND('x' AS ?v0) "
        + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(30))
        + " }",
        (422, 504),
    ),
    "deep groups": ("SELECT * " + "{" * 5000 + "}" * 5000, (422,)),
    "deep parentheses": (f"SELECT ({'(' * 5000}1{')' * 5000} AS ?x) {{}}", (422,)),
    "an update": ("INSERT DATA { <a:a> <a:b> <a:c> }", (400,)),
    "an unknown function": ("SELECT (<http://a.example/f>(1) AS ?x) {}", (400,)),
    "a graph that is not there": ("SELECT * FROM <file:/etc/passwd> { ?s ?p ?o }", (400,)),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_ends_by_its_limit_and_the_next_one_is_answered(served: Served, name: str) -> None:
    text, statuses = QUERIES[name]
    start = time.monotonic()
    reply = served.ask("POST", "/sparql", text, Content_Type="application/sparql-query")
    assert reply.status in statuses, reply.text
    assert time.monotonic() - start < 10
    assert "Traceback" not in reply.text
    assert served.query(INNOCENT).status == 200


def test_no_query_reaches_another_server(served: Served) -> None:
    with listening() as other:
        for text in (
            f"SELECT * {{ SERVICE <{other.address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{other.address}> {{ ?s ?p ?o }} }}",
            f"DESCRIBE <{other.address}>",
            f"SELECT * FROM <{other.address}> {{ ?s ?p ?o }}",
            f"LOAD <{other.address}>",
        ):
            assert served.query(text).status in {200, 400}
        assert other.calls == []


def test_innocent_queries_beside_bad_ones_are_answered_rightly(served: Served) -> None:
    expected = served.query(INNOCENT).body
    bad = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"

    def ask(number: int) -> tuple[int, bytes]:
        text = bad if number % 30 == 0 else f"{INNOCENT} # {number}"
        reply = served.query(text)
        return (200, expected) if number % 30 == 0 and reply.status in {503, 504} else (reply.status, reply.body)

    with ThreadPoolExecutor(6) as clients:
        assert set(clients.map(ask, range(60))) == {(200, expected)}


def test_slow_queries_of_one_client_leave_a_worker_to_others(served: Served) -> None:
    bad = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"
    with ThreadPoolExecutor(4) as clients:
        attack = [clients.submit(served.query, bad, X_Forwarded_For="10.0.0.1") for _ in range(4)]
        time.sleep(0.2)
        asked = [served.query(f"ASK {{}} # beside {number}", X_Forwarded_For="10.0.0.2") for number in range(5)]
        unfinished = sum(not each.done() for each in attack)
        assert [reply.status for reply in asked] == [200] * 5
        assert unfinished >= 2  # others were answered before the attack ended


RAW = {
    "two lengths": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        b"400",
    ),
    "a length and chunks": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"400",
    ),
    "an odd transfer encoding": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"400",
    ),
    "a space before the colon": (HEAD + b"Content-Length : 5\r\n\r\n", b"400"),
    "a folded header": (HEAD + b"X: a\r\n b\r\n\r\n", b"400"),
    "a bare line feed": (b"GET / HTTP/1.1\nHost: localhost\n\n", b"400"),
    "a NUL in a header": (HEAD + b"X: a\0b\r\n\r\n", b"400"),
    "no host": (b"GET /sparql HTTP/1.1\r\nConnection: close\r\n\r\n", b"400"),
    "two hosts": (HEAD + b"Host: other.example\r\nConnection: close\r\n\r\n", b"400"),
    "another host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", b"421"),
    "an unknown method": (b"BREW /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
    "TRACE": (b"TRACE /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"405"),
    "CONNECT": (b"CONNECT a.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"4"),
    "an old version": (b"GET / HTTP/0.9\r\n\r\n", b"400"),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
    "an address of another server": (
        b"GET http://evil.example/sparql HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"421",
    ),
    "a path that climbs": (b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"404"),
    "an encoded path that climbs": (
        b"GET /graphs/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"404",
    ),
    "a large head": (HEAD + b"X: " + b"a" * 40_000 + b"\r\n\r\n", b"431"),
    "an endless head": (HEAD + b"X: " + b"a" * 200_000, b"431"),
    "many headers": (HEAD + b"X: a\r\n" * 300 + b"\r\n", b"431"),
    "a large address": (b"GET /sparql?query=" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"431"),
    "an upgrade": (HEAD + b"Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n", b"200"),
    "a compressed body": (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n",
        b"415",
    ),
    "a large body": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 3000000\r\n\r\n" + b" " * 1_200_000,
        b"413",
    ),
}


@pytest.mark.parametrize("name", RAW)
def test_a_request_outside_the_protocol_is_refused(served: Served, name: str) -> None:
    sent, status = RAW[name]
    answer = served.raw(sent, wait=3)
    assert answer.startswith(b"HTTP/1.1 " + status), answer[:200]
    assert b"Traceback" not in answer
    assert answer.count(b"HTTP/1.1 ") == 1  # no second answer to bytes that were a body


def test_a_slow_client_is_disconnected(served: Served) -> None:
    large = quote("CONSTRUCT WHERE { ?s ?p ?o }")
    slow = {
        "silence": [],
        "only line feeds": [b"\r\n"],
        "half a head": [HEAD],
        "half a body": [b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nquery"],
        "half a second request": [b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /"],
    }
    with ThreadPoolExecutor(len(slow) + 1) as clients:
        start = time.monotonic()
        ended = [clients.submit(served.raw, *parts, wait=9) for parts in slow.values()]
        reader = clients.submit(
            _reads_nothing, served, f"GET /sparql?query={large} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        assert [b"Traceback" in each.result() for each in ended] == [False] * len(slow)
        assert time.monotonic() - start < 8  # `raw` returns when the server closes
        assert reader.result()


def _reads_nothing(served: Served, request: str) -> bool:
    """Return whether the server closes a connection whose client reads nothing of many answers."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=9) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            for _ in range(3_000):
                connection.sendall(request.encode())
                time.sleep(0.001)
        except ConnectionError:
            return True
    return False


def test_idle_connections_make_room_for_others(served: Served) -> None:
    connections = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(100)]
    try:
        assert served.query("ASK {}").status == 200
        assert served.metric("kg_connections") <= 60
    finally:
        for connection in connections:
            connection.close()


ODD = {
    "an endless Accept": ({"Accept": ",".join(f"a/b{n};q=0.{n}" for n in range(2000))}, 406),
    "an Accept without sense": ({"Accept": ";;;,,/;q=x"}, 200),
    "a format that is not there": ({"Accept": "image/png"}, 406),
    "weights of zero": ({"Accept": "*/*;q=0"}, 406),
    "an odd language": ({"Accept-Language": "zh" * 5000}, 200),
    "a condition without sense": ({"If-None-Match": '",",W/,' * 1000}, 200),
    "a forged client": ({"X-Forwarded-For": "1.2.3.4, none"}, 200),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_headers_are_harmless(served: Served, name: str) -> None:
    headers, status = ODD[name]
    assert served.query("ASK {}", **headers).status == status


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("query=%FF%FE", 400),
        ("query=\xff".encode().decode("latin-1"), 400),
        ("&".join(f"a{n}=1" for n in range(500)), 400),
        ("query=ASK%7B%7D&default-graph-uri=no%20iri", 400),
        ("update=CLEAR%20ALL", 403),
        ("query=", 400),
    ],
)
def test_odd_parameters_are_refused(served: Served, query: str, status: int) -> None:
    request = f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1")
    assert served.raw(request).startswith(f"HTTP/1.1 {status}".encode())


def test_a_client_that_is_gone_ends_its_query(served: Served) -> None:
    text = quote(f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}")
    ended = served.metric('kg_workers_ended_total{cause="other"}')
    served.raw(f"GET /sparql?query={text} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(), wait=0.2)
    _until(lambda: served.metric('kg_workers_ended_total{cause="other"}') > ended)


def test_workers_read_nothing_but_their_store(served: Served) -> None:
    if any("seccomp" in line or "Landlock" in line for line in served.log):
        pytest.skip("this kernel lacks Landlock or seccomp, as the log states")

    def restricted() -> bool:
        found = [_status(pid) for pid in served.children()]
        return len(found) == 3 and all(each.get("Seccomp") == "2" and each.get("NoNewPrivs") == "1" for each in found)

    _until(restricted)  # a worker that just started is not restricted yet, and runs no query


def _status(pid: int) -> dict[str, str]:
    """Return the status of a process; empty if it has ended meanwhile."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_the_log_has_no_query(served: Served) -> None:
    served.query("ASK { <urn:secret:in:a:query> ?p ?o }", Authorization="Bearer urn:secret:token")
    _until(lambda: any("/sparql 200" in line for line in served.log))
    assert not any("secret" in line for line in served.log)


def test_a_line_of_the_log_has_the_same_fields_for_each_path(served: Served) -> None:
    served.ask("GET", "/forged%20200%200%0A2026-01-01T00:00:00Z%20%C3%A9")
    _until(lambda: any("/forged" in line for line in served.log))
    (line,) = [line for line in served.log if "forged" in line]
    _, _, _, path, status, _, _ = line.split(" ")
    assert (path, status) == ("/forged%20200%200%0A2026-01-01T00%3A00%3A00Z%20%C3%A9", "404")


def test_a_killed_worker_is_replaced(served: Served) -> None:
    before = served.children()
    os.kill(min(before), 9)
    _until(lambda: len(served.children() - before) >= 1)
    assert json.loads(served.query(f"{INNOCENT} # after a kill").body)["results"]["bindings"]


def _until(condition: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
