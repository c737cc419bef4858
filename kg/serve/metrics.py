"""Counters of the server in the text format of Prometheus, and the log of requests."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.serve.connections import Guard
    from kg.serve.generations import Generations
    from kg.serve.http import Response
    from kg.serve.kept import KeptAnswers

_KNOWN = {
    "/": "/",
    "/sparql": "/sparql",
    "/graphs": "/graphs",
    "/healthz": "/healthz",
    "/metrics": "/metrics",
    "/mcp": "/mcp",
}
_BOUNDS = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)
"""Upper bounds of the histogram of times, in seconds."""


class Metrics:
    """Counters of requests.

    Attributes:
        guard: the guard of the connections, once the server listens.
    """

    guard: Guard

    def __init__(self, log: Callable[[str], None] | None) -> None:
        """Create counters; `log` writes a line for each request, if there is a log."""
        self._log = log
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._times = [0] * (len(_BOUNDS) + 1)
        self._seconds = 0.0
        self._kept = 0

    def count(self, method: str, path: str, client: str, response: Response, seconds: float) -> None:
        """Count a response, and log it without the query, its parameters and its headers."""
        known = _KNOWN.get(path.rstrip("/") or "/", "other")
        method = method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        self._requests[method, known, response.status] += 1
        self._times[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds += seconds
        self._kept += response.kept
        if self._log is not None:
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            shown = quote(path[:200], errors="replace")  # a space would begin the next field
            kept = " kept" if response.kept else ""
            self._log(f"{moment} {client} {method} {shown} {response.status} {len(response.body)} {seconds:.4f}{kept}")

    def text(self, generations: Generations, kept: KeptAnswers) -> str:
        """Return all metrics."""
        return "".join(f"{line}\n" for line in self._lines(generations, kept))

    def _lines(self, generations: Generations, kept: KeptAnswers) -> Iterator[str]:
        pool = generations.now.pool
        yield "# TYPE kg_requests_total counter"
        for (method, path, status), number in sorted(self._requests.items()):
            yield f'kg_requests_total{{method="{method}",path="{path}",status="{status}"}} {number}'
        yield "# TYPE kg_request_seconds histogram"
        total = 0
        for bound, number in zip((*map(str, _BOUNDS), "+Inf"), self._times, strict=True):
            total += number
            yield f'kg_request_seconds_bucket{{le="{bound}"}} {total}'
        yield f"kg_request_seconds_sum {self._seconds:.6f}"
        yield f"kg_request_seconds_count {total}"
        yield "# TYPE kg_workers_ended_total counter"
        for cause, number in sorted(generations.kills().items()):
            yield f'kg_workers_ended_total{{cause="{cause}"}} {number}'
        for name, kind, value in (
            ("kg_kept_answers_used_total", "counter", self._kept),
            ("kg_kept_answers", "gauge", len(kept)),
            ("kg_kept_answers_bytes", "gauge", kept.used),
            ("kg_queries_running", "gauge", pool.running),
            ("kg_queries_waiting", "gauge", pool.waiting),
            ("kg_connections", "gauge", self.guard.opened),
            ("kg_connections_closed_total", "counter", self.guard.closed),
            ("kg_generation_changes_total", "counter", generations.changes),
            ("kg_desks_prepared", "gauge", sum(desk.is_ready for desk in generations.now.desks or ())),
        ):
            yield f"# TYPE {name} {kind}"
            yield f"{name} {value}"
        yield "# TYPE kg_info gauge"
        yield f'kg_info{{version="{__version__}",generation="{generations.now.name}"}} 1'
