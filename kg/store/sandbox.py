"""Run one query in a subprocess with limits of time and memory; `kg.store.sandbox_worker` is the code of the child.

Time is limited by the kernel's timer in the process. Memory is watched from outside, because what happens inside when
an allocation fails depends on whose it was: some libraries abort, some panic, some hang. The kernel's limit, at twice
the size, only stands behind the watch.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kg.errors import LimitError, QueryError, StoreError
from kg.rdf.sparql import refusal
from kg.store.query_result import QueryResult

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMAND = (sys.executable, "-P", "-c", "from kg.store.sandbox_worker import main; main()")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PAUSE = 0.02
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, 127}  # 127: the C library, for a new thread


def run(request: Mapping[str, object], timeout: float, memory: int) -> QueryResult:
    """Run a query in a subprocess and return its result.

    Args:
        request: the request that `kg.store.sandbox_worker` reads, without the limits.
        timeout: limit in seconds.
        memory: limit in bytes.

    Raises:
        LimitError: the query exceeds a limit.
        QueryError: the query is refused, or the process ended in another way.
        StoreError: the store is damaged.
    """
    reply = json.loads(_output(request, timeout, memory))
    if "refused" in reply:
        raise QueryError(refusal(reply["refused"]))
    if "broken" in reply:
        raise StoreError(f"the store could not answer ({reply['broken']}); run kg build again")
    return QueryResult(**reply["result"])


def _output(request: Mapping[str, object], timeout: float, memory: int) -> bytes:
    """Return the standard output of the subprocess."""
    whole = {**request, "timeout": timeout, "memory": 2 * memory}
    # A backtrace of a failed allocation would need memory too.
    surroundings = {**os.environ, "RUST_BACKTRACE": "0"}
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings
    ) as process:
        watch = Thread(target=_watch, args=(process, memory), daemon=True)
        watch.start()
        try:
            out, err = process.communicate(json.dumps(whole).encode())
        finally:  # also of an interruption: nothing may run on
            process.kill()
    watch.join()
    if process.returncode == -signal.SIGALRM:
        raise LimitError(
            f"the query took more than {timeout:g} seconds and was ended; ask for less, or raise --timeout"
        )
    if process.returncode in _OUT_OF_MEMORY:
        raise LimitError("the query needed more memory than this machine has for it and was ended; ask for less")
    if process.returncode != 0:
        last = err.decode(errors="replace").strip().rpartition("\n")[2]
        reason = last or f"status {process.returncode}"
        raise QueryError(f"the query could not be run ({reason}); ask it in another way")
    return out


def _watch(process: subprocess.Popen[bytes], memory: int) -> None:
    """Kill `process` once it holds more than `memory` bytes of its own; where the system does not tell, do nothing."""
    place = Path(f"/proc/{process.pid}/statm")
    while process.poll() is None:
        try:
            _, resident, shared, *_ = place.read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return
        if (int(resident) - int(shared)) * _PAGE > memory:
            process.kill()
            return
        time.sleep(_PAUSE)
