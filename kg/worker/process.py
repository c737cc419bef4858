"""Parent's side of a worker: start, requests, limits, and an end in every case.

A worker is a persistent process that runs one task after the other. The parent ends it by SIGKILL when a task exceeds
its time, its memory or the size of its reply; the next request starts another. The parent watches the memory itself,
because the effect of a failed allocation depends on the library: some abort, some panic, some hang. The kernel's own
limit, at twice the size, is a second line of defence.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, NamedTuple

from kg import errors
from kg.texts import Text
from kg.worker import frames

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

Cause = Literal["time", "memory", "size", "stack", "other"]
"""The reason for which a worker ended: a limit, a stack that overflowed, or something else."""

_COMMAND = (sys.executable, "-P", "-c", "from kg.worker.main import main; main()")
_SECRET = ("KG_SERVE_", "KG_STORE_")
"""Beginnings of variables that may contain secrets; tasks receive what they need as arguments."""

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PAUSE = 20
"""Milliseconds between two looks at the memory of a worker."""

_CHUNK = 1 << 20
_CAUSES: dict[int, Cause] = {
    -signal.SIGABRT: "memory",
    -signal.SIGKILL: "memory",  # by the kernel, when the machine has no memory left
    127: "memory",  # the C library, for a new thread
    -signal.SIGSEGV: "stack",
    -signal.SIGBUS: "stack",
}


class Limits(NamedTuple):
    """Limits of a task.

    Attributes:
        seconds: time that the parent waits for the reply, in total.
        memory: memory of the worker itself, in bytes.
        size: size of the reply, in bytes.
    """

    seconds: float
    memory: int
    size: int


class EndedError(Exception):
    """A worker ended before the reply was complete.

    Attributes:
        cause: the reason.
        detail: what the worker last wrote to standard error.
    """

    def __init__(self, cause: Cause, detail: str = "") -> None:
        """Create an error for a worker that ended for `cause`."""
        super().__init__(f"{cause}: {detail}")
        self.cause, self.detail = cause, detail


class Worker:
    """A process that runs tasks one after the other; for one thread at a time."""

    def __init__(self) -> None:
        """Create a worker; its process starts with the first request."""
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: IO[bytes] | None = None

    def start(self) -> None:
        """Start the process unless it runs, so that it loads while the parent does something else."""
        if self._process is not None and self._process.poll() is None:
            return
        self.kill()
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `kill`
        # A backtrace of a failed allocation would itself require memory.
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}
        environment["RUST_BACKTRACE"] = "0"
        watched, held = os.pipe()
        with ExitStack() as interrupted:  # a process that an interrupt leaves ends with `held`
            interrupted.callback(os.close, held)
            interrupted.callback(self._messages.close)
            try:
                process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
                    (*_COMMAND, str(watched)),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._messages,
                    env=environment,
                    bufsize=0,
                    pass_fds=(watched,),
                )
            finally:
                os.close(watched)
            self._finalizer = weakref.finalize(self, _end, process, self._messages, held)
            interrupted.pop_all()
        self._process = process

    def kill(self) -> None:
        """End the process, if any, and wait until it is gone."""
        if self._process is not None:
            self._finalizer()
            self._process = self._messages = None

    def call(self, task: str, arguments: Mapping[str, object], limits: Limits) -> Generator[bytes, None, None]:
        """Run a task and yield the parts of its reply; the worker ends if the iterator is closed early.

        Args:
            task: a function, as ``module:name``, that yields bytes.
            arguments: its arguments, as JSON can represent them.
            limits: the limits of the task.

        Raises:
            EndedError: the worker ended, by a limit or by itself.
            Error: the error that the task raised.
        """
        self.start()
        complete = False
        try:
            yield from self._replies(request(task, arguments, limits.memory, str(Path.cwd())), limits)
            complete = True
        except errors.Error:
            complete = True
            raise
        finally:  # also after an interrupt
            if not complete:
                self.kill()

    def _replies(self, message: bytes, limits: Limits) -> Iterator[bytes]:
        process = self.process
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
        with suppress(BrokenPipeError):  # the end of the process is seen below
            frames.write_all(process.stdin.fileno(), message)
        watch = _Watch(process, limits)
        buffer = bytearray()
        while True:
            while len(buffer) < frames.HEADER or len(buffer) < frames.HEADER + frames.size_of(buffer):
                buffer += self._read(process.stdout.fileno(), watch)
            end = frames.HEADER + frames.size_of(buffer)
            kind, content = bytes(buffer[:1]), bytes(buffer[frames.HEADER : end])
            del buffer[:end]
            if kind == frames.END:
                return
            if kind == frames.ERROR:
                raise error_of(content)
            yield content

    def _read(self, pipe: int, watch: _Watch) -> bytes:
        """Return the next bytes of the reply."""
        watch.wait(pipe)
        part = os.read(pipe, _CHUNK)
        if not part:
            raise self.ended()
        watch.count(part)
        return part

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process, which has been started, for a parent that reads its pipes itself."""
        assert self._process is not None  # noqa: S101
        return self._process

    def ended(self) -> EndedError:
        """Return the error for a process that closed its pipe."""
        process, messages = self.process, self._messages
        assert messages is not None  # noqa: S101
        code = process.wait()
        messages.seek(0)
        last = messages.read().decode(errors="replace").strip().rpartition("\n")[2]
        return EndedError(_CAUSES.get(code, "other"), last or f"status {code}")


class _Watch:
    """Limits of one task, which raise an error when they are exceeded."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._pid = process.pid
        self._seconds, self._memory, self._left = limits
        self._poll = select.poll()

    def wait(self, pipe: int) -> None:
        """Wait until `pipe` has something to read; the time counts, and the time between two calls does not."""
        self._poll.register(pipe, select.POLLIN)
        while True:
            start = time.monotonic()
            ready = self._poll.poll(max(1, min(_PAUSE, 1000 * self._seconds)))
            self._seconds -= time.monotonic() - start
            if used_memory(self._pid) > self._memory:
                raise EndedError("memory")
            if ready:
                return
            if self._seconds <= 0:
                raise EndedError("time")

    def count(self, part: bytes) -> None:
        """Count `part` as a part of the reply."""
        self._left -= len(part)
        if self._left < 0:
            raise EndedError("size")


def request(task: str, arguments: Mapping[str, object], memory: int, folder: str) -> bytes:
    """Return the message that asks a worker for a task; the kernel ends it at twice the `memory`, in bytes."""
    return frames.frame(frames.DATA, json.dumps([task, arguments, 2 * memory, folder]).encode())


def error_of(content: bytes) -> errors.Error:
    """Return the error that a task raised, from the content of its frame."""
    name, *pair = json.loads(content)
    error: errors.Error = getattr(errors, name)(Text(*pair))
    return error


def used_memory(pid: int) -> int:
    """Return the memory of a process itself, in bytes; 0 on a system without ``/proc``, and if the process is gone."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * _PAGE


def _end(process: subprocess.Popen[bytes], messages: IO[bytes], held: int) -> None:
    """Kill `process`, wait until it is gone, and close its files."""
    process.kill()
    os.close(held)
    for pipe in (process.stdin, process.stdout, messages):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
