"""Kills of tasks of store maintenance before each of their changes to the file system.

``python -m helpers.kill_points TASKS FOLDER STEP`` copies FOLDER/TASK/before and runs the task in a child process. The
child kills itself before every STEP-th of its changes and before each of the last ones. The task then runs again to its
end. Each step is a child of its own, because the threads of RocksDB do not survive a fork. For each kill a line is
printed: the task, the number of the kill, the state after it, the state after the second run, the damage, and the files
that are left over. With a fourth argument, the seed, STEP is the number of kills at random moments of the task.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from helpers import early_imports  # noqa: F401 - before the other modules, once for all children

from kg.cli import main
from kg.errors import DataError, StoreError
from kg.files import is_temporary
from kg.network.incidence.load import save_incidence
from kg.store import backup, layout
from kg.store.check import check
from kg.store.local import LocalStore
from kg.store.repair import repair, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "shutil.copyfile"})
LAST = 1
"""Number of changes before the last one that are tried too."""

STEPS = (None, save_incidence)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def save(store: Path) -> None:
    with LocalStore(store).view() as view:
        backup.backup(view, store / "../saved.tar")


def command(*words: str | Path) -> Callable[[Path], object]:
    """Return a task that runs a command in the folder of the store."""

    def run(store: Path) -> None:
        os.chdir(store.parent)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # standard output has the lines
        sys.argv = ["kg", "--quiet", "--store", str(store), *map(str, words)]
        with suppress(SystemExit):  # the state of the store shows a failure
            main()

    return run


TASKS: dict[str, Callable[[Path], object]] = {
    "repair": lambda store: repair(LocalStore(store), STEPS),
    "upgrade": lambda store: upgrade(LocalStore(store), STEPS),
    "restore": lambda store: backup.restore(LocalStore(store), store / "../saved.tar", replace=True),
    "backup": save,
    "build": command("build", "--discard", "more.trig"),
    "ingest": command("ingest", "table", "mapping.yaml", "table.csv"),
    "judge": command("resolve", "judge", "anvil", "bellows", "different", "--reason", "Two firms"),
}


def state(store: Path) -> str:
    """Return the number of links of the store, or the remedy that a reader names."""
    try:
        with LocalStore(store).view() as view:
            judged = sum(1 for _ in view.select("SELECT * { ?j a hx:Judgement ; dct:date ?day }"))
            return f"{view.size().links} links" + (f", {judged} judgements" if judged else "")
    except (StoreError, DataError) as error:
        return str(error).rpartition("; ")[2]


def left(store: Path) -> list[str]:
    """Return the names of temporary files, drafts and unused generations."""
    current = layout.current(store)
    found = [path for path in (*store.parent.iterdir(), *store.iterdir()) if is_temporary(path)]
    found += [path for path in (store / "generations").iterdir() if path.name != current]
    return [path.name for path in found]


def in_child(function: Callable[[], object], moment: float | None = None) -> str:
    """Run `function` in a child, and return what it returns as text; empty if the child was killed.

    `moment` is the time in seconds after which the child is killed.
    """
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(outward, str(function()).encode())
        os._exit(0)
    os.close(outward)
    if moment is not None:
        sleep(moment)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(inward) as reply:
        text = reply.read()
    _, status = os.waitpid(child, 0)
    assert status in {0, signal.SIGKILL}, status
    return text


def killed(task: Callable[[], object], point: int) -> int:
    """Run `task`, end this process before its change number `point`, and return the number of changes."""
    count = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if opened or event in CHANGES:
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    task()
    return count


def try_points(task: str, folder: Path, step: int) -> None:
    """Print a line for each kill."""
    changes = int(_undisturbed(task, folder))
    for point in sorted({*range(1, changes, step), *range(max(changes - LAST, 1), changes + 1)}):
        ended, *states = _at(task, folder, point)
        assert not ended, point
        sys.stdout.write("|".join([task, str(point), *states]) + "\n")


def try_moments(task: str, folder: Path, kills: int, seed: int) -> None:
    """Kill the task at random moments of its time, and print a line for each kill as `try_points` does."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    start = monotonic()
    _undisturbed(task, folder)
    lasting = monotonic() - start
    for number in range(kills):
        _, *states = _at(task, folder, 0, chance.uniform(0, lasting))
        sys.stdout.write("|".join([task, str(number), *states]) + "\n")
        sys.stdout.flush()


def _undisturbed(task: str, folder: Path) -> str:
    """Run the task once, and return the number of its changes."""
    with _copied(folder) as store:
        return in_child(lambda: killed(lambda: TASKS[task](store), 0))


def _at(task: str, folder: Path, point: int, moment: float | None = None) -> list[str]:
    """Kill the task before its change number `point` or after `moment` seconds; run it again; return what was found."""
    with _copied(folder) as store:
        ended = in_child(lambda: killed(lambda: TASKS[task](store), point), moment)
        after = in_child(lambda: state(store))
        in_child(lambda: TASKS[task](store))
        return [ended, after, *in_child(lambda: f"{state(store)}|{check(store)}|{left(store)}").split("|")]


@contextmanager
def _copied(folder: Path) -> Iterator[Path]:
    """Yield a copy of the store in `folder`, with the files beside it."""
    place = folder / "now"
    shutil.copytree(folder / "before", place)
    try:
        yield place / "store"
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    names, where, number, *seed = sys.argv[1:]
    for name in names.split(","):
        if seed:
            try_moments(name, Path(where) / name, int(number), int(seed[0]))
        else:
            try_points(name, Path(where) / name, int(number))
        sys.stdout.flush()
