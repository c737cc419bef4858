"""Execution of a user's query in a worker process; `kg.store.query_tasks` has the code that runs there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import LimitError, QueryError
from kg.store.query_result import QueryResult, join
from kg.texts import Message
from kg.worker.process import EndedError
from kg.worker.process import Limits as WorkerLimits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.worker.pool import Pool
    from kg.worker.process import Worker

_MESSAGES = {
    "memory": Message("the query required more memory than this machine has and was ended; narrow the query"),
    "stack": Message("the query is nested too deeply, or is too long, and was ended; simplify it"),
    "size": Message("the answer is larger than {size} MB and the query was ended; narrow the query, or pass --limit"),
}


class Limits(NamedTuple):
    """Limits of a user's query: seconds, rows, bytes of memory, and bytes of the answer."""

    timeout: float
    rows: int
    memory: int
    size: int


def run(pool: Pool, task: str, arguments: Mapping[str, object], limits: Limits) -> QueryResult:
    """Run a task of `kg.store.query_tasks` in a worker and return the result of its query.

    Args:
        pool: the workers.
        task: the name of the task.
        arguments: the arguments of the task without ``max_rows``.
        limits: the limits; the time includes the parsing of the query and the delivery of the answer.

    Raises:
        LimitError: the query exceeds a limit.
        QueryError: the query is refused, or the process ended in another way.
        StoreError: the store is damaged, or the server cannot answer.
    """
    deadline = time.monotonic() + limits.timeout
    try:
        with pool.worker() as worker:
            received = list(_received(worker, task, {**arguments, "max_rows": limits.rows}, limits))
    except EndedError as error:
        raise _explained(error, limits) from error
    result = join(received)
    if time.monotonic() > deadline:
        raise _explained(EndedError("time"), limits)
    return result


def _received(worker: Worker, task: str, arguments: Mapping[str, object], limits: Limits) -> Iterator[bytes]:
    """Yield the parts of the reply until the time is over."""
    deadline = time.monotonic() + limits.timeout
    for part in worker.call(
        f"kg.store.query_tasks:{task}", arguments, WorkerLimits(limits.timeout, limits.memory, limits.size)
    ):
        if time.monotonic() > deadline:
            raise EndedError("time")
        yield part


def _explained(error: EndedError, limits: Limits) -> QueryError:
    if error.cause == "time":
        return LimitError(
            "the query took more than {timeout:g} seconds and was ended; narrow the query, or raise --timeout",
            timeout=limits.timeout,
        )
    if error.cause in _MESSAGES:
        return LimitError(_MESSAGES[error.cause].format(size=limits.size // 10**6))
    return QueryError("the query could not be run ({detail}); rephrase the query", detail=error.detail)
