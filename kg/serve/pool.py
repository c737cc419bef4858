"""Workers of one generation: queries are handed out, watched, and killed when they exceed a limit.

A spare worker is started ahead, so that a kill costs the next query no time. The watch runs only while queries run.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import StoreError
from kg.serve.seat import AHEAD, AHEAD_BYTES, Job, Seat
from kg.texts import Message
from kg.worker.process import EndedError, request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.serve.options import Limits

WATCH = 0.02
"""Seconds between two looks at the time and the memory of queries."""

SLOW = 0.02
"""Seconds after which a query is slow: nothing waits behind it."""

WASTE = 0.2
"""Seconds after which a worker is ended whose answer is not needed; another one costs half of that."""

PATIENCE = 3
"""Multiple of the time limit that a query may wait for a worker."""

_AGAIN = 1.0
"""Seconds before another worker is started in place of one that could not start."""

_BUSY = Message("all workers are busy; try again later")

_START = 120.0
"""Seconds in which a worker opens the store."""


class BusyError(Exception):
    """More queries wait than the server accepts, or a query waited too long.

    Attributes:
        message: one sentence in both languages.
    """

    def __init__(self, message: Message = _BUSY) -> None:
        """Create an error for a response."""
        super().__init__(message.en)
        self.message = message


class Place(NamedTuple):
    """The Oxigraph store that a pool serves, whether workers are isolated, and a function for messages."""

    store: str
    isolate: bool
    log: Callable[[str], None]


class Pool:
    """Workers of one generation.

    Attributes:
        kills: number of workers that were ended, by cause.
        missing: protections that the kernel does not have.
    """

    def __init__(self, place: Place, limits: Limits) -> None:
        """Create a pool without workers."""
        self._place, self._limits = place, limits
        self._loop = asyncio.get_running_loop()
        self._folder = str(Path.cwd())
        self._idle: list[Seat] = []
        self._seats: list[Seat] = []
        self._waiting: deque[Job] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False
        self.kills: Counter[str] = Counter()
        self.missing: tuple[str, ...] = ()

    async def start(self) -> None:
        """Start the workers and a spare.

        Raises:
            StoreError: the store cannot be opened.
        """
        await asyncio.gather(*(self._add() for _ in range(self._limits.workers + 1)))

    @property
    def waiting(self) -> int:
        """Number of queries that no worker runs yet."""
        return len(self._waiting)

    @property
    def running(self) -> int:
        """Number of workers that run a query."""
        return sum(1 for seat in self._seats if seat.jobs)

    def submit(self, task: str, arguments: Mapping[str, object], client: str) -> asyncio.Future[bytes]:
        """Return the future reply to a task, as ``module:name``, whose argument ``store`` is added.

        Its errors are an `EndedError` for a limit, a `BusyError`, or the `Error` that the task raised. If it is
        cancelled, the task ends.

        Raises:
            BusyError: too many queries wait.
        """
        if len(self._waiting) >= self._limits.queue:
            raise BusyError
        message = request(task, {"store": self._place.store, **arguments}, self._limits.memory, self._folder)
        job = Job(message, self._loop.create_future(), self._loop.time(), client)
        self._waiting.append(job)
        self._dispatch()
        if self._timer is None:
            self._timer = self._loop.call_later(WATCH, self._watch)
        return job.future

    async def close(self) -> None:
        """Wait until the queries finish, each within its limits, unless `stop` is called; then end all workers."""
        end = self._loop.time() + (PATIENCE + 1) * self._limits.seconds + 2 * WATCH
        while not self._closed and (self._waiting or self.running) and self._loop.time() < end:  # noqa: ASYNC110 - once in a generation
            await asyncio.sleep(WATCH)
        self.stop()
        await asyncio.gather(*(seat.close() for seat in (*self._seats, *self._idle)))

    def stop(self) -> None:
        """End all workers; all queries fail."""
        self._closed = True  # nothing is handed to an ended worker
        for task in self._starting:
            task.cancel()
        left = [*self._waiting]
        self._waiting.clear()
        for seat in (*self._seats, *self._idle):
            left += seat.kill(EndedError("other", "the server stops"))
        for job in left:
            if not job.future.done():
                job.future.set_exception(BusyError())

    async def _add(self) -> None:
        """Start a worker, and give it queries as soon as it has opened the store."""
        seat = Seat(self._changed)
        self._idle.append(seat)
        try:
            await seat.start()
            arguments = {"store": self._place.store, "isolate": self._place.isolate}
            ready = Job(
                request("kg.serve.tasks:ready", arguments, self._limits.memory, self._folder),
                self._loop.create_future(),
                self._loop.time(),
                "",
            )
            seat.give(ready)
            async with asyncio.timeout(_START):
                self.missing = tuple((await ready.future).decode().split())
        except (EndedError, TimeoutError, OSError) as error:
            await seat.close()
            raise StoreError("a worker could not start ({error}); see the log", error=error) from error
        except (StoreError, asyncio.CancelledError):
            await seat.close()
            raise
        finally:
            self._idle.remove(seat)
        self._seats.append(seat)
        self._dispatch()

    def _replace(self) -> None:
        """Start a worker in place of one that ended."""
        if not self._closed:
            task = self._loop.create_task(self._add_in_time())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _add_in_time(self) -> None:
        while not self._closed:
            try:
                await self._add()
            except StoreError as error:
                self._place.log(str(error))
                await asyncio.sleep(_AGAIN)
            else:
                return

    def _changed(self, seat: Seat) -> None:
        """Hand out more after a job is complete, or replace a process that ended by itself."""
        if seat.failure is not None:
            self._end(seat, seat.failure)
        self._dispatch()

    def _end(self, seat: Seat, error: EndedError) -> None:
        """Kill a worker; its query fails with `error`, and the queries behind it run elsewhere."""
        if seat in self._seats:
            self._seats.remove(seat)
            self.kills[error.cause] += 1
            self._replace()
        self._waiting.extendleft(reversed(seat.kill(error)))

    def _dispatch(self) -> None:
        """Hand waiting queries to workers, in their order; those that no worker accepts remain.

        While queries of a client are slow, its other queries wait, and those of other clients may use the spare.
        """
        if not self._waiting or self._closed:
            return
        now, place = self._loop.time(), 0
        late = [seat.jobs[0] for seat in self._seats if seat.jobs and now - seat.since > SLOW]
        slow = {job.client for job in late if job is not None}
        while place < len(self._waiting):
            job = self._waiting[place]
            if job.future.done():
                del self._waiting[place]
                continue
            seat = self._seat_for(job, slow)
            if seat is not None:
                del self._waiting[place]
                seat.give(job)
            elif slow:
                place += 1  # a query of another client may have a place
            else:
                return

    def _seat_for(self, job: Job, slow: set[str]) -> Seat | None:
        """Return the worker with the fewest queries, if it accepts one more."""
        count = self._limits.workers + (bool(slow) and job.client not in slow)
        seat = min(self._seats[:count], key=lambda seat: len(seat.jobs), default=None)
        return seat if seat is not None and self._accepts(seat, job) else None

    def _accepts(self, seat: Seat, job: Job) -> bool:
        if not seat.jobs:
            return True
        young = self._loop.time() - seat.since < SLOW
        short = len(seat.jobs) * seat.pace < SLOW / 2  # else most of what is handed ahead would be taken back
        return young and short and len(seat.jobs) < AHEAD and len(job.message) <= AHEAD_BYTES

    def _watch(self) -> None:
        """End what exceeds a limit, and take back what waits behind a slow query."""
        now = self._loop.time()
        for seat in [seat for seat in self._seats if seat.jobs]:
            head, age = seat.jobs[0], now - seat.since
            if age < SLOW:
                continue
            self._waiting.extendleft(reversed(seat.take_back()))
            if age > WASTE and (head is None or head.future.cancelled()):
                self._end(seat, EndedError("other", "the client is gone"))
            elif age > self._limits.seconds:
                self._end(seat, EndedError("time"))
            elif seat.memory > self._limits.memory:
                self._end(seat, EndedError("memory"))
        while self._waiting and now - self._waiting[0].created > PATIENCE * self._limits.seconds:
            job = self._waiting.popleft()
            if not job.future.done():
                job.future.set_exception(BusyError())
        self._dispatch()
        busy = self._waiting or any(seat.jobs for seat in self._seats)
        self._timer = self._loop.call_later(WATCH, self._watch) if busy else None
