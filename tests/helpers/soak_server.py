"""A soak of `kg serve`: many clients, a rebuild every minute, and attacks beside them.

``python -m helpers.soak_server SECONDS CLIENTS``. It fails if an innocent request has another answer, if the
memory of the front keeps growing, or if a process is left.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.serving import serving
from helpers.stores import SMALL, make

from kg.worker.process import used_memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.serving import Reply, Served

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ATTACKS = (
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    f"SELECT * {{ {CROSS} }} ORDER BY ?a",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "SELECT (COUNT(*) AS ?n) { ?s (!hx:x|^!hx:x)* ?o . ?o (!hx:x|^!hx:x)* ?t }",
    "SELECT * " + "{" * 5000 + "}" * 5000,
    "SELECT (GROUP_CONCAT(?c) AS ?t) { ?a ?b ?c . ?d ?e ?f }",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
)
HEAD = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.2.0.1\r\n"
RAW = {
    "slow head": b"GET /sparql HTTP/1.1\r\nHost: local",
    "huge head": HEAD + b"X: " + b"x" * 200_000 + b"\r\n\r\n",
    "huge body": HEAD + b"Content-Type: application/sparql-query\r\nContent-Length: 99999999999\r\n\r\nASK {}",
    "two lengths": HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "broken chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK",
    "unknown method": b"BREW /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no protocol": b"\x16\x03\x01\x02\x00" * 9,
    "endless Accept": b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nAccept: "
    + b"a/b;q=0.1," * 900
    + b"\r\n\r\n",
}
"""Requests that break the protocol or exceed a limit, by name."""
INNOCENT = (
    "SELECT ?s { ?s a hx:Firm } ORDER BY ?s",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "ASK { ?s a hx:Link }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
)
GROWTH = 64 << 20
"""Bytes that the front may grow after the first third."""


def main(seconds: float, clients: int) -> int:
    """Run the soak; print what was counted, and return 1 if something failed."""
    with tempfile.TemporaryDirectory(prefix="kg-soak-") as folder:
        store = Path(folder) / "store"
        make(store, SMALL)
        options = ("--quiet", "--timeout", "5", "--workers", "2", "--trusted-proxy", "127.0.0.1", "--per-client", "4")
        with serving(store, *options) as served:
            counts, memory = _soak(served, store, seconds, clients)
            children = served.children()
            sys.stdout.writelines(line for line in served.log if "generation" in line or "ended" in line)
        left = [pid for pid in children if Path(f"/proc/{pid}/stat").exists()]
    grown = memory[-1] - max(memory[: len(memory) // 3 + 1])
    sys.stdout.write(f"{dict(sorted(counts.items()))}\nmemory of the front grew by {grown >> 10} KB; left: {left}\n")
    return int(counts["wrong"] > 0 or counts["failed"] > 0 or grown > GROWTH or bool(left))


def _soak(served: Served, store: Path, seconds: float, clients: int) -> tuple[Counter[str], list[int]]:
    expected = {text: served.query(text, Accept="text/csv").body for text in INNOCENT}
    end, lock = time.monotonic() + seconds, threading.Lock()
    counts: Counter[str] = Counter()
    memory: list[int] = []

    def innocent(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - not for security
        while time.monotonic() < end:
            text = chance.choice(INNOCENT)
            fresh = f"{text} # {chance.random()}" if chance.random() < 0.5 else text
            reply = _reply(served.query, fresh, Accept="text/csv", X_Forwarded_For=f"10.1.{number}.1")
            right = reply is not None and reply.body == expected[text]
            status = "no answer" if reply is None else reply.status
            with lock:
                counts["right" if right else "wrong" if status == 200 else "failed"] += 1
                counts[f"innocent {status}"] += not right
            time.sleep(0.05)

    def attack(number: int) -> None:
        chance = random.Random(-number)  # noqa: S311 - not for security
        while time.monotonic() < end:
            text = chance.choice(ATTACKS)
            headers = {"Content_Type": "application/sparql-query", "X_Forwarded_For": "10.2.0.1"}
            reply = _reply(served.ask, "POST", "/sparql", text, **headers)
            kind = chance.choice(tuple(RAW))
            answer = served.raw(RAW[kind], wait=0.5)[9:12].decode("ascii", "replace")
            with lock:
                counts[f"attack {'no answer' if reply is None else reply.status}"] += 1
                counts[f"{kind} {answer or 'no answer'}"] += 1

    def rebuild() -> None:
        while time.monotonic() < end:
            memory.append(used_memory(served.process.pid))
            time.sleep(min(60, seconds / 5))
            make(store, SMALL)

    with ThreadPoolExecutor(clients + 3) as threads:
        work = [threads.submit(innocent, number) for number in range(clients)]
        work += [threads.submit(attack, number) for number in (1, 2)] + [threads.submit(rebuild)]
        for each in work:
            each.result()
    memory.append(used_memory(served.process.pid))
    counts["generation changes"] = int(served.metric("kg_generation_changes_total"))
    return counts, memory


def _reply(ask: Callable[..., Reply], *words: str, **headers: str) -> Reply | None:
    """Return the response to a request; ``None`` if there is none within the patience of a client."""
    try:
        return ask(*words, **headers)
    except (TimeoutError, ConnectionError, HTTPException):
        return None


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2])))
