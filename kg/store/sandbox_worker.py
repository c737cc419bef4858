"""Code of the subprocess that `kg.store.sandbox` starts for one query.

The worker reads a request as JSON from standard input and writes a reply as JSON to standard output. It imports as
little as possible, because every query waits for the imports. The signal of the timer has no handler, so the kernel
ends the process even in the middle of a join.
"""

import json
import os
import resource
import signal
import sys
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.service_guard import refuse_service
from kg.store.query_result import QueryResult, encode


def main() -> None:
    """Answer the request on standard input with ``{"result": …}``, ``{"refused": …}`` or ``{"broken": …}``."""
    request = json.load(sys.stdin)
    signal.setitimer(signal.ITIMER_REAL, request["timeout"])
    resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))
    try:
        sys.stdout.buffer.write(json.dumps(_reply(request)).encode())
    except MemoryError:
        os.abort()


def _reply(request: dict[str, Any]) -> dict[str, object]:
    try:
        graph = ox.Store.read_only(request["store"])
    except (OSError, RuntimeError) as error:
        return {"broken": str(error)}
    try:
        return {"result": _run(graph, request)._asdict()}
    except (SyntaxError, QueryError) as error:
        return {"refused": str(error)}
    except (OSError, RuntimeError) as error:  # RuntimeError: a file that RocksDB calls corrupt, or an unknown function
        return {"refused" if "function" in str(error) else "broken": str(error)}


def _run(graph: ox.Store, request: dict[str, Any]) -> QueryResult:
    refuse_service(request["query"], request["prefixes"])
    return encode(graph.query(request["query"], prefixes=request["prefixes"]), request["max_rows"])
