"""Workers end by each limit and with their parent, and are reused otherwise."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.stores import environment

from kg.errors import QueryError
from kg.worker.pool import Pool
from kg.worker.process import EndedError, Limits, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

TASKS = "worker_tasks"
GENEROUS = Limits(30, 1 << 30, 1 << 20)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent / "helpers"))
    started = Worker()
    yield started
    started.kill()


def test_a_worker_runs_one_task_after_the_other_in_one_process(worker: Worker) -> None:
    first = list(worker.call(f"{TASKS}:pid", {}, GENEROUS))
    assert list(worker.call(f"{TASKS}:echo", {"texts": ["a", "ü" * 100_000]}, GENEROUS)) == [
        b"a",
        ("ü" * 100_000).encode(),
    ]
    assert list(worker.call(f"{TASKS}:pid", {}, GENEROUS)) == first


def test_an_interrupted_start_leaves_a_worker_that_can_be_closed(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: Worker, __: object, process: subprocess.Popen[bytes], *___: object) -> None:
        started.append(process)
        raise KeyboardInterrupt

    started: list[subprocess.Popen[bytes]] = []
    with monkeypatch.context() as patch:
        patch.setattr("kg.worker.process.weakref.finalize", interrupt)
        with pytest.raises(KeyboardInterrupt):
            worker.start()
    worker.kill()
    with started[0]:
        started[0].wait(timeout=30)
    assert list(worker.call(f"{TASKS}:echo", {"texts": ["a"]}, GENEROUS)) == [b"a"]


def test_an_error_of_a_task_is_raised_and_the_worker_remains(worker: Worker) -> None:
    first = list(worker.call(f"{TASKS}:pid", {}, GENEROUS))
    with pytest.raises(QueryError, match=r"^refused$"):
        list(worker.call(f"{TASKS}:refuse", {}, GENEROUS))
    assert list(worker.call(f"{TASKS}:pid", {}, GENEROUS)) == first


@pytest.mark.parametrize(
    ("task", "limits", "cause"),
    [
        ("sleep", Limits(0.2, 1 << 30, 1000), "time"),
        ("allocate", Limits(30, 100 << 20, 1000), "memory"),
        ("write", Limits(30, 1 << 30, 1000), "size"),
        ("overflow", GENEROUS, "stack"),
        ("fail", GENEROUS, "other"),
    ],
)
def test_a_worker_ends_by_each_limit_and_the_next_request_starts_another(
    worker: Worker, task: str, limits: Limits, cause: str
) -> None:
    with pytest.raises(EndedError) as raised:
        list(worker.call(f"{TASKS}:{task}", {}, limits))
    assert raised.value.cause == cause
    assert list(worker.call(f"{TASKS}:echo", {"texts": ["a"]}, GENEROUS)) == [b"a"]


def test_a_reply_that_is_not_read_to_its_end_ends_the_worker(worker: Worker) -> None:
    (first,) = worker.call(f"{TASKS}:pid", {}, GENEROUS)
    reply = worker.call(f"{TASKS}:write", {}, Limits(30, 1 << 30, 1 << 40))
    next(reply)
    reply.close()
    assert not Path(f"/proc/{int(first)}").exists()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("task", ["sleep", "spin"])
def test_a_worker_ends_with_its_parent(end: signal.Signals, task: str) -> None:
    code = f"""from kg.worker.process import Limits, Worker
worker = Worker(); print(*map(bytes.decode, worker.call("{TASKS}:pid", {{}}, Limits(30, 1<<30, 1000))), flush=True)
list(worker.call("{TASKS}:{task}", {{}}, Limits(60, 1<<30, 1000)))"""
    env = environment() | {"PYTHONPATH": str(Path(__file__).parent.parent / "helpers")}
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.send_signal(end)
    deadline = time.monotonic() + 5
    while _runs(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    """Return whether a process exists and is not a zombie, which only its new parent can collect."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_threads_have_workers_of_their_own_and_a_closed_pool_has_none() -> None:
    place, pool = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children"), Pool()
    before = place.read_text()
    with pool.worker() as one, pool.worker() as other:
        assert one is not other
        one.start()
    with pool.worker() as again:
        assert again in {one, other}
    pool.close()
    assert place.read_text() == before
