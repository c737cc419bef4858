"""A worker in the event loop of the front: requests handed to its process in order, and replies read as they come.

A few requests may be handed ahead, so that a worker with short queries never waits for the front. A follower of a slow
query is taken back and runs elsewhere; its reply, if it comes, is dropped.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.worker import frames
from kg.worker.process import EndedError, Worker, error_of, used_memory

if TYPE_CHECKING:
    from collections.abc import Callable

AHEAD = 8
"""Number of requests that a worker holds at most, the one that runs included."""

AHEAD_BYTES = 16_384
"""Size of the largest request that is handed ahead; the pipe holds four times as much."""

_PART = memoryview(bytearray(1 << 16))
"""Buffer of one read of any pipe; a new object of this size costs more than a short reply."""

_WEIGHT = 0.2
"""Weight of the last query in the mean time."""


@dataclass(slots=True, eq=False)
class Job:
    """A task for a worker.

    Attributes:
        message: the request, as `kg.worker.process.request` writes it.
        future: the parts of the reply, joined; a client that is gone cancels it.
        created: the time of the event loop at which the request came.
        client: the client.
    """

    message: bytes
    future: asyncio.Future[bytes]
    created: float
    client: str


class Seat:
    """A process with the jobs that it was handed, the one that runs first; a job that was taken back is ``None``.

    Attributes:
        jobs: the jobs.
        pace: mean time of the last queries, in seconds.
        since: the time of the event loop at which the first of them began.
        ended: whether the process was killed.
        failure: the reason for which the process ended by itself.
    """

    def __init__(self, changed: Callable[[Seat], None]) -> None:
        """Create a worker without a process; `changed` is called when a job is complete, and when the process ends."""
        self._loop = asyncio.get_running_loop()
        self._changed = changed
        self._worker = Worker()
        self._buffer = bytearray()
        self._unsent = bytearray()
        self._flushing = False
        self._parts: list[bytes] = []
        self._descriptors: tuple[int, int] | None = None
        self.jobs: deque[Job | None] = deque()
        self.pace = 0.0
        self.since = 0.0
        self.ended = False
        self.failure: EndedError | None = None

    async def start(self) -> None:
        """Start the process."""
        await self._loop.run_in_executor(None, self._worker.start)
        process = self._worker.process
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
        self._descriptors = process.stdin.fileno(), process.stdout.fileno()
        for descriptor in self._descriptors:
            os.set_blocking(descriptor, False)
        self._loop.add_reader(self._descriptors[1], self._read)

    @property
    def memory(self) -> int:
        """Memory of the process itself, in bytes."""
        return used_memory(self._worker.process.pid)

    def give(self, job: Job) -> None:
        """Hand a job to the process."""
        if not self.jobs:
            self.since = self._loop.time()
        self.jobs.append(job)
        self._unsent += job.message
        if not self._flushing:  # one write for all jobs of this round of the event loop
            self._flushing = True
            self._loop.call_soon(self._flush)

    def take_back(self) -> list[Job]:
        """Return the jobs behind the one that runs, which will run elsewhere."""
        followers = [job for place, job in enumerate(self.jobs) if place and job is not None]
        for place in range(1, len(self.jobs)):
            self.jobs[place] = None
        return followers

    def kill(self, error: EndedError | None = None) -> list[Job]:
        """End the process at once; the job that runs fails with `error`, and the others are returned."""
        if self.ended:
            return []
        self.ended = True
        self._detach()
        head = self.jobs[0] if self.jobs else None
        followers = self.take_back()
        self.jobs.clear()
        if head is not None and not head.future.done() and error is not None:
            head.future.set_exception(error)
        self._loop.run_in_executor(None, self._worker.kill)  # waits until the kernel has taken back the memory
        return followers

    async def close(self) -> None:
        """End the process and wait until it is gone."""
        self.kill(EndedError("other", "the server stops"))
        await self._loop.run_in_executor(None, self._worker.kill)

    def _detach(self) -> None:
        if self._descriptors is not None:
            self._loop.remove_writer(self._descriptors[0])
            self._loop.remove_reader(self._descriptors[1])
            self._descriptors = None

    def _flush(self) -> None:
        """Write the requests, and continue when the pipe has room if it is full."""
        if self._descriptors is None:  # the process has ended meanwhile
            return
        descriptor = self._descriptors[0]
        try:
            del self._unsent[: os.write(descriptor, self._unsent)]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            return  # the end of the process is seen when its output is read
        if self._unsent:
            self._loop.add_writer(descriptor, self._flush)
            return
        self._flushing = False
        self._loop.remove_writer(descriptor)

    def _read(self) -> None:
        assert self._descriptors is not None  # noqa: S101
        try:
            size = os.readv(self._descriptors[1], [_PART])
        except BlockingIOError:
            return
        if not size:
            self._detach()
            self._loop.create_task(self._report_end())
            return
        self._buffer += _PART[:size]
        complete = False
        while len(self._buffer) >= frames.HEADER:
            end = frames.HEADER + frames.size_of(self._buffer)
            if len(self._buffer) < end:
                break
            kind, content = bytes(self._buffer[:1]), bytes(self._buffer[frames.HEADER : end])
            del self._buffer[:end]
            if kind == frames.DATA:
                self._parts.append(content)
            else:
                self._complete(kind, content)
                complete = True
        if complete:
            self._changed(self)

    def _complete(self, kind: bytes, content: bytes) -> None:
        """Deliver the reply to the job that ran; the next one has begun."""
        job, parts = self.jobs.popleft(), self._parts
        self._parts = []
        now = self._loop.time()
        self.pace += _WEIGHT * (now - self.since - self.pace)
        self.since = now
        if job is None or job.future.done():
            return
        if kind == frames.ERROR:
            job.future.set_exception(error_of(content))
        else:
            job.future.set_result(parts[0] if len(parts) == 1 else b"".join(parts))

    async def _report_end(self) -> None:
        """Find out why the process ended."""
        self.failure = await self._loop.run_in_executor(None, self._worker.ended)
        if not self.ended:
            self._changed(self)
