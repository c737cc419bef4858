"""A subprocess with limits of time and memory that runs one query; its code is `kg.store.sandbox_worker`.

The kernel's timer in the subprocess limits the time. The parent process watches the memory, because the effect of a
failed allocation depends on the library: some abort, some panic, some hang. The kernel's own limit, at twice the size,
is a second line of defence.
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
    # A backtrace of a failed allocation would itself require memory.
    environment = {**os.environ, "RUST_BACKTRACE": "0"}
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        watch = Thread(target=_watch, args=(process, memory), daemon=True)
        watch.start()
        try:
            out, err = process.communicate(json.dumps(whole).encode())
        finally:  # also after an interrupt, so that no process remains
            process.kill()
    watch.join()
    if process.returncode == -signal.SIGALRM:
        raise LimitError(
            f"the query took more than {timeout:g} seconds and was ended; narrow the query, or raise --timeout"
        )
    if process.returncode in _OUT_OF_MEMORY:
        raise LimitError("the query required more memory than this machine has and was ended; narrow the query")
    if process.returncode != 0:
        last = err.decode(errors="replace").strip().rpartition("\n")[2]
        cause = last or f"status {process.returncode}"
        raise QueryError(f"the query could not be run ({cause}); rephrase the query")
    return out


def _watch(process: subprocess.Popen[bytes], memory: int) -> None:
    """Kill `process` if its own memory exceeds `memory` bytes; do nothing on a system without ``/proc``."""
    statm = Path(f"/proc/{process.pid}/statm")
    while process.poll() is None:
        try:
            _, resident, shared, *_ = statm.read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return
        if (int(resident) - int(shared)) * _PAGE > memory:
            process.kill()
            return
        time.sleep(_PAUSE)
