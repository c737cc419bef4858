"""Maintenance that is killed leaves the former state or the new one, and the next run leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.fuzz_readers import SEEDS
from helpers.stores import SMALL, environment, make

from kg.store.backup import backup
from kg.store.layout import OLDEST
from kg.store.local import LocalStore

AFTER = {"build": "3 links", "ingest": "5 links", "judge": "3 links, [12] judgements"}
"""State after each command, as a pattern: a judgement that is repeated is recorded again."""

KILLS = os.environ.get("KG_COMMAND_KILLS", "1")
"""Kills of each command; `make soak` has 200."""

STEP = os.environ.get("KG_KILL_STEP", "151")
"""Distance of the changes before which a task is killed; `make soak` tries each change."""

BEFORE = {"backup": "3 links", "restore": "0 links", "repair": "run kg store repair", "upgrade": "run kg store upgrade"}
"""State before each task; afterwards the store contains three links."""


def prepared(folder: Path, task: str) -> None:
    """Write the store before `task`, and the files that the task reads."""
    store = folder / "before/store"
    make(store, SMALL)
    with LocalStore(store).view() as view:
        backup(view, folder / "before/saved.tar")
        generation = view.path
    if task == "restore":
        (folder / "empty.trig").touch()
        make(store, folder / "empty.trig")
    elif task == "repair":
        (generation / "manifest.json").unlink()
    elif task == "upgrade":
        (generation / "files.json").unlink()
        (store / "format").write_text(OLDEST)
    shutil.copy(SMALL, folder / "before/more.trig")
    for name, content in SEEDS["table"][0].files.items():
        (folder / "before" / name).write_bytes(content)


def lines(folder: Path, task: str, *words: str) -> list[list[str]]:
    """Run the kills, and return the fields of their lines."""
    done = subprocess.run(
        [sys.executable, "-m", "helpers.kill_points", task, str(folder), *words],
        cwd=Path(__file__).parents[1],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [line.split("|") for line in done.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("task", BEFORE)
def test_a_kill_at_any_change_leaves_a_whole_store(tmp_path: Path, task: str) -> None:
    prepared(tmp_path, task)
    found = lines(tmp_path, task, STEP)
    assert len(found) > 2
    for line in found:
        _, after, last, damage, left = line
        assert after in {BEFORE[task], "3 links"}, line
        assert (last, damage, left) == ("3 links", "()", "[]"), line
    assert found[0][1] == BEFORE[task]


@pytest.mark.slow
@pytest.mark.parametrize("task", AFTER)
def test_a_kill_at_any_moment_of_a_command_leaves_a_whole_store(tmp_path: Path, task: str) -> None:
    prepared(tmp_path, task)
    found = lines(tmp_path, task, KILLS, "1")
    assert len(found) == int(KILLS)
    for line in found:
        _, after, last, damage, left = line
        assert after == "3 links" or re.fullmatch(AFTER[task], after), line
        assert re.fullmatch(AFTER[task], last), line
        assert (damage, left) == ("()", "[]"), line
