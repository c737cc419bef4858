"""A process that keeps what it has read of a generation, for pages and searches; queries of strangers run elsewhere.

It prepares itself once, and then answers one request after the other. A request that takes too long ends the process;
another one takes its place.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Error
from kg.serve.pool import BusyError
from kg.serve.seat import Job, Seat
from kg.texts import Message
from kg.worker.process import EndedError, request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.pool import Place

ATTEMPTS = 3
"""Times that a process may fail while it prepares itself; then its requests fail at once."""

_PAUSE = 0.02
"""Seconds between two looks whether the requests have finished."""

_AGAIN = 1.0
"""Seconds before another process is started."""


class DeskLimits(NamedTuple):
    """Limits of a desk.

    Attributes:
        prepare: time in which it prepares itself, in seconds.
        seconds: time of a request, in seconds.
        memory: memory of the process, in bytes.
        queue: number of requests that wait.
    """

    prepare: float
    seconds: float
    memory: int
    queue: int


class Desk:
    """A process with its waiting requests."""

    def __init__(self, place: Place, limits: DeskLimits, prepare: str, arguments: Mapping[str, object]) -> None:
        """Create a desk without a process; `prepare` is a task, as ``module:name``, with its arguments."""
        self._place, self._limits = place, limits
        self._prepare, self._arguments = prepare, arguments
        self._loop = asyncio.get_running_loop()
        self._folder = str(Path.cwd())
        self._seat: Seat | None = None
        self._closed = False
        self._starting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the process, which prepares itself while the server does something else."""
        self._starting = self._loop.create_task(self._start())

    @property
    def is_ready(self) -> bool:
        """Truth value: the process is prepared."""
        done = self._starting is not None and self._starting.done() and not self._starting.cancelled()
        return done and self._starting is not None and self._starting.exception() is None

    async def ready(self) -> None:
        """Wait until the process is prepared.

        Raises:
            EndedError: it could not be prepared.
            Error: the error that it raised.
        """
        assert self._starting is not None  # noqa: S101
        await asyncio.shield(self._starting)

    async def run(self, task: str, arguments: Mapping[str, object]) -> bytes:
        """Return the reply to a task, whose argument ``store`` is added.

        Raises:
            BusyError: too many requests wait, or the process is not prepared.
            EndedError: the task exceeded a limit.
            Error: the error that the task raised.
        """
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self.ready()
        except TimeoutError as error:
            raise BusyError(Message("the pages are being prepared; try again in a moment")) from error
        except (Error, EndedError) as error:  # its sentence names files of the server
            raise BusyError(Message("the pages cannot be prepared; the log of the server states why")) from error
        assert self._seat is not None  # noqa: S101
        seat = self._seat
        if self._closed or len(seat.jobs) >= self._limits.queue:
            raise BusyError
        try:
            return await self._asked(seat, task, arguments, self._limits.seconds)
        except TimeoutError as error:
            self._restart(seat, EndedError("time"))
            raise EndedError("time") from error

    async def close(self) -> None:
        """Wait until the requests finish, within the time of one, unless `stop` is called; then end the process."""
        end = self._loop.time() + self._limits.seconds
        while not self._closed and self.is_ready and self._seat and self._seat.jobs and self._loop.time() < end:  # noqa: ASYNC110 - once in a generation
            await asyncio.sleep(_PAUSE)
        self.stop()
        if self._seat is not None:
            await self._seat.close()

    def stop(self) -> None:
        """End the process; all requests fail."""
        self._closed = True
        if self._starting is not None:
            self._starting.cancel()
        if self._seat is not None:
            self._restart(self._seat, EndedError("other", "the server stops"))

    async def _asked(self, seat: Seat, task: str, arguments: Mapping[str, object], seconds: float) -> bytes:
        values = {"store": self._place.store, **arguments}
        message = request(task, values, self._limits.memory, self._folder)
        job = Job(message, self._loop.create_future(), self._loop.time(), "")
        seat.give(job)
        async with asyncio.timeout(seconds):
            return await job.future

    async def _start(self) -> None:
        for attempt in range(ATTEMPTS):
            seat = self._seat = Seat(self._changed)
            try:
                await seat.start()
                await self._asked(seat, "kg.serve.tasks:ready", {"isolate": self._place.isolate}, self._limits.prepare)
                await self._asked(seat, self._prepare, self._arguments, self._limits.prepare)
            except (EndedError, TimeoutError, OSError) as error:
                await seat.close()
                self._place.log(f"a process of the pages ended: {error!r}")
                if self._closed or attempt == ATTEMPTS - 1:
                    raise EndedError("other", str(error)) from error
                await asyncio.sleep(_AGAIN)
            except (Error, asyncio.CancelledError) as error:
                await seat.close()
                if isinstance(error, Error):
                    self._place.log(str(error))
                raise
            else:
                return

    def _changed(self, seat: Seat) -> None:
        """Replace a process that ended by itself, or that needs too much memory."""
        if seat.failure is not None:
            self._restart(seat, seat.failure)
        elif seat.memory > self._limits.memory:
            self._restart(seat, EndedError("memory"))

    def _restart(self, seat: Seat, error: EndedError) -> None:
        """End a process; all of its requests fail with `error`."""
        for job in seat.kill(error):
            if not job.future.done():
                job.future.set_exception(error)
        if not self._closed and seat is self._seat and self._starting is not None and self._starting.done():
            self.start()
