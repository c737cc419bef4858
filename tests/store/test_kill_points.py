"""Maintenance that is killed leaves the former state or the new one, and the next run leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.stores import SMALL, environment, make

from kg.store.backup import backup
from kg.store.layout import FORMER
from kg.store.local import LocalStore

STEP = os.environ.get("KG_KILL_STEP", "23")
"""Distance of the changes before which a task is killed; `make soak` tries each change."""

BEFORE = {"backup": "3 links", "restore": "0 links", "repair": "run kg store repair", "upgrade": "run kg store upgrade"}
"""State before each task; afterwards the store contains three links."""


@pytest.mark.parametrize("task", BEFORE)
def test_a_kill_at_any_change_leaves_a_whole_store(tmp_path: Path, task: str) -> None:
    store = tmp_path / "before/store"
    make(store, SMALL)
    with LocalStore(store).view() as view:
        backup(view, tmp_path / "before/saved.tar")
        generation = view.path
    if task == "restore":
        (tmp_path / "empty.trig").touch()
        make(store, tmp_path / "empty.trig")
    elif task == "repair":
        (generation / "manifest.json").unlink()
    elif task == "upgrade":
        (generation / "files.json").unlink()
        (store / "format").write_text(FORMER)
    done = subprocess.run(
        [sys.executable, "-m", "helpers.kill_points", task, str(tmp_path), STEP],
        cwd=Path(__file__).parents[1],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert len(lines) > 2
    for line in lines:
        _, after, last, damage, left = line.split("|")
        assert after in {BEFORE[task], "3 links"}, line
        assert (last, damage, left) == ("3 links", "()", "[]"), line
    assert lines[0].split("|")[1] == BEFORE[task]
