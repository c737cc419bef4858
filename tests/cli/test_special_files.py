"""Named pipes in place of files that a user names: each command ends at once, with a sentence."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest
from helpers.stores import error_of, kg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def limited() -> Iterator[None]:
    """End a command that waits for the other end of a pipe."""
    former = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("the command waits"))
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, former)


@pytest.mark.parametrize("name", ["readers", "manifest.json", "oxigraph/IDENTITY", "oxigraph/CURRENT"])
def test_a_store_with_a_named_pipe_is_reported_at_once(small: Path, tmp_path: Path, name: str) -> None:
    store = shutil.copytree(small, tmp_path / "store")
    path = next(store.glob("generations/g*")) / name
    path.unlink()
    os.mkfifo(path)
    assert "run kg store re" in error_of(kg("rank", store=store))


@pytest.mark.parametrize(
    ("name", "words", "status"),
    [
        ("mapping.yaml", "ingest table mapping.yaml table.csv -o t.trig", 1),
        ("pairs.csv", "ingest table mapping.yaml table.csv --pairs pairs.csv", 1),
        ("pairs.csv", "resolve judge pairs.csv", 1),
        ("story.yaml", "map -o map.html --story story.yaml", 1),
        ("x.proposals.json", "review x.proposals.json", 1),
        ("kg.toml", "rank", 2),
    ],
)
def test_a_named_pipe_is_refused_at_once(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str, status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(name)
    assert name in error_of(kg(*words.split(), store=small), status=status)
