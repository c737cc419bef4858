"""Maintenance that is killed leaves the former state or the new one, and the next run leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.fuzz_readers import SEEDS
from helpers.stores import SMALL, environment, make

from kg.store.backup import backup
from kg.store.layout import OLDEST
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterable

AFTER = {"build": "3 links", "ingest": "5 links", "judge": "3 links, [12] judgements"}
"""State after each command, as a pattern: a judgement that is repeated is recorded again."""

KILLS = os.environ.get("KG_COMMAND_KILLS", "1")
"""Kills of each command; `make soak` has 200."""

COMMANDS = tuple(AFTER) if int(KILLS) > 1 else ("ingest", "judge")
"""Commands that are killed: of a single kill, the one that resumes and one that amends the store."""

SEED = "5"
"""The first moment that it draws is after 62 % of the time of a command."""

STEP = os.environ.get("KG_KILL_STEP", "61")
"""Distance of the changes before which a task is killed; `make soak` tries each change."""

BEFORE = {"backup": "3 links", "restore": "0 links", "repair": "run kg store repair", "upgrade": "run kg store upgrade"}
"""State before each task; afterwards the store contains three links."""


def prepared(folder: Path, small: Path, tasks: Iterable[str]) -> None:
    """Write the store before each task, and the files that the task reads."""
    with LocalStore(small).view() as view:
        backup(view, folder / "saved.tar")
    for task in tasks:
        before = folder / task / "before"
        store = shutil.copytree(small, before / "store")
        shutil.copy(folder / "saved.tar", before)
        shutil.copy(SMALL, before / "more.trig")
        for name, content in SEEDS["table"][0].files.items():
            (before / name).write_bytes(content)
        (generation,) = store.glob("generations/g*")
        if task == "restore":
            (folder / "empty.trig").touch()
            make(store, folder / "empty.trig")
        elif task == "repair":
            (generation / "manifest.json").unlink()
        elif task == "upgrade":
            (generation / "files.json").unlink()
            (store / "format").write_text(OLDEST)


def lines(folder: Path, tasks: Iterable[str], *words: str) -> list[list[str]]:
    """Run the kills of all tasks in one process, and return the fields of its lines."""
    done = subprocess.run(
        [sys.executable, "-m", "helpers.kill_points", ",".join(tasks), str(folder), *words],
        cwd=Path(__file__).parents[1],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [line.split("|") for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_a_kill_at_any_change_leaves_a_whole_store(tmp_path: Path, small: Path) -> None:
    prepared(tmp_path, small, BEFORE)
    found = lines(tmp_path, BEFORE, STEP)
    for line in found:
        task, _, after, last, damage, left = line
        assert after in {BEFORE[task], "3 links"}, line
        assert (last, damage, left) == ("3 links", "()", "[]"), line
    for task, before in BEFORE.items():
        states = [line[2] for line in found if line[0] == task]
        assert len(states) > 2
        assert states[0] == before


@pytest.mark.slow
def test_a_kill_at_any_moment_of_a_command_leaves_a_whole_store(tmp_path: Path, small: Path) -> None:
    prepared(tmp_path, small, COMMANDS)
    found = lines(tmp_path, COMMANDS, KILLS, SEED)
    assert len(found) == int(KILLS) * len(COMMANDS)
    for line in found:
        task, _, after, last, damage, left = line
        assert after == "3 links" or re.fullmatch(AFTER[task], after), line
        assert re.fullmatch(AFTER[task], last), line
        assert (damage, left) == ("()", "[]"), line
