"""Spark clusters on this machine, from the pyspark package.

`cluster` is a master and two workers, each in its own process group. The kernel ends the processes with the test that
started them, also if it is killed. `one_executor` is the smallest cluster: the driver contains master and worker.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

FAST_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of Java that halve the processor time of short jobs."""

_START_LIMIT = 300
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True)
class Cluster:
    """The address of the master, and the processes of the workers, each the leader of its process group."""

    master: str
    workers: tuple[subprocess.Popen[bytes], ...]

    def kill_worker(self) -> None:
        """Kill the second worker with its executor."""
        os.killpg(self.workers[1].pid, signal.SIGKILL)


def require_spark() -> None:
    """Skip the test if the extra or Java is missing."""
    pytest.importorskip("pyspark", reason="needs the extra spark (pip install 'helix-kg[spark]')")
    if shutil.which("java") is None:
        pytest.skip("needs Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless)")


def one_executor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a master whose worker has one executor, a process of its own; the master replaces one that ends."""
    import pyspark  # noqa: PLC0415 - an extra

    home = folder / "home"  # the worker writes into it
    home.mkdir()
    for name in ("bin", "jars"):
        (home / name).symlink_to(Path(pyspark.__file__).parent / name)
    monkeypatch.setenv("SPARK_HOME", str(home))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("SPARK_LOCAL_DIRS", str(folder))
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", FAST_START)
    return "local-cluster[1,1,1024]"


def kill_executor() -> None:
    """Kill the executor of the active driver."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra

    context = SparkContext._active_spark_context
    assert context is not None
    assert context._gateway is not None
    threads = Path(f"/proc/{context._gateway.proc.pid}/task")
    children = {int(child) for thread in threads.iterdir() for child in (thread / "children").read_text().split()}
    (executor,) = (one for one in children if b"ExecutorBackend" in Path(f"/proc/{one}/cmdline").read_bytes())
    os.kill(executor, signal.SIGKILL)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail the test if its block takes longer; Spark itself waits for an executor without a limit."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra

    late = threading.Event()

    def end_driver() -> None:
        late.set()
        if SparkContext._gateway is not None:
            SparkContext._gateway.proc.kill()

    timer = threading.Timer(seconds, end_driver)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if late.is_set():
            pytest.fail(f"Spark did not answer within {seconds} s, so its driver was ended")


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Yield a cluster of a master and two workers of one core and 1 GB each."""
    port, page = _free_port(), _free_port()
    address = f"spark://127.0.0.1:{port}"
    started = [_start(folder, "master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page))]
    try:
        _wait(page, 0)
        started += [
            _start(
                folder,
                "worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                address,
            )
            for _ in range(2)
        ]
        _wait(page, 2)
        yield Cluster(address, tuple(started[1:]))
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _start(folder: Path, kind: str, *words: str) -> subprocess.Popen[bytes]:
    import pyspark  # noqa: PLC0415 - an extra

    home = Path(pyspark.__file__).parent
    name = f"{kind}-{time.monotonic_ns()}"
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_NO_DAEMONIZE": "1",
        "SPARK_WORKER_DIR": str(folder / name),
        "SPARK_LOCAL_DIRS": str(folder / name),
        "PYSPARK_PYTHON": sys.executable,
        "JAVA_TOOL_OPTIONS": FAST_START,
        "SPARK_DAEMON_MEMORY": "256m",
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *words],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one system call
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(page: int, workers: int) -> None:
    """Wait until the master lists this number of workers."""
    limit = time.monotonic() + _START_LIMIT
    while time.monotonic() < limit:
        with suppress(urllib.error.URLError, ConnectionError, json.JSONDecodeError):  # an empty page at first
            with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
                state = json.load(answer)
            if sum(worker["state"] == "ALIVE" for worker in state["workers"]) >= workers:
                return
        time.sleep(0.2)
    pytest.fail(f"the Spark cluster did not start within {_START_LIMIT} s")
