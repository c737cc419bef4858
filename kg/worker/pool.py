"""Idle workers, which serve one request after the other."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.worker.process import Worker


class Pool:
    """Idle workers, for any number of threads: each request has a worker of its own."""

    def __init__(self) -> None:
        """Create an empty pool."""
        self._idle: list[Worker] = []

    def prepare(self) -> None:
        """Start a worker for the next request."""
        with self.worker() as worker:
            worker.start()

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """Yield an idle worker, or a new one, for the block."""
        try:
            worker = self._idle.pop()
        except IndexError:
            from kg.worker.process import Worker  # noqa: PLC0415 - takes 8 ms, and most commands need no worker

            worker = Worker()
        try:
            yield worker
        finally:
            self._idle.append(worker)

    def close(self) -> None:
        """End all idle workers."""
        while self._idle:
            self._idle.pop().kill()
