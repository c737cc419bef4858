"""Bulk loads in parts: complete, two parts at a time, and an error of one part ends the load."""

from __future__ import annotations

import io
import threading
from time import sleep
from typing import TYPE_CHECKING

import pytest

from kg.store import bulk_load

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = [f"{number} {'x' * (number % 7)}\n".encode() for number in range(200)]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_load, "PART", 50)


def test_the_parts_add_up_to_the_whole() -> None:
    parts: list[bytes] = []
    bulk_load.load(LINES, parts.append)
    assert sorted(b"".join(parts).splitlines(keepends=True)) == sorted(LINES)
    assert len(parts) > 10
    assert all(part.endswith(b"\n") for part in parts)


def test_an_empty_input_has_no_parts() -> None:
    parts: list[bytes] = []
    bulk_load.load([b"", b""], parts.append)
    assert parts == []


def test_two_parts_load_concurrently() -> None:
    both = threading.Barrier(2, timeout=20)

    def store(_: bytes) -> None:
        both.wait()  # raises if the other thread never arrives

    bulk_load.load([b"a" * 50, b"b" * 50], store)


def test_parts_are_prepared_on_demand() -> None:
    created, finished, ahead = 0, 0, []

    def texts() -> Iterator[bytes]:
        nonlocal created
        for _ in range(30):
            created += 1
            ahead.append(created - finished)
            yield b"a" * 50

    def store(_: bytes) -> None:
        nonlocal finished
        sleep(0.002)
        finished += 1

    bulk_load.load(texts(), store)
    assert created == 30
    assert max(ahead) <= 4  # two in progress, one waiting, one being prepared


def test_an_error_in_a_part_ends_the_load() -> None:
    def store(part: bytes) -> None:
        if part.startswith(b"c"):
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        bulk_load.load([b"a" * 50, b"b" * 50, b"c" * 50, b"d" * 50], store)


def test_blocks_end_with_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_load, "_BLOCK", 13)
    blocks = list(bulk_load.blocks(io.BytesIO(b"".join(LINES))))
    assert b"".join(blocks) == b"".join(LINES)
    assert len(blocks) > 10
    assert all(block.endswith(b"\n") for block in blocks)
