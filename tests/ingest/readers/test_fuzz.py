"""Any input: each row is used, skipped or refused, or the file is refused with one sentence."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from helpers.fuzz_readers import SEEDS, STRANGE, corrupted, ingest
from helpers.sampling import sampled
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest.readers.catalogue import READERS, find
from kg.ingest.readers.input_files import MAX_LINE

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [reader.name for reader in READERS]
CHANGES = st.lists(
    st.tuples(st.integers(0, 1 << 13), st.integers(0, 12), st.sampled_from(STRANGE) | st.binary(max_size=8)),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("name", NAMES)
def test_seeds_are_read_completely(name: str, tmp_path: Path) -> None:
    """Corrupted inputs start from valid ones; a reader without a seed fails here."""
    for seed in SEEDS[name]:
        assert ingest(find(name), seed.files, tmp_path) == "read"
        assert (tmp_path / "refused.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("name", NAMES)
@given(seed_number=st.integers(0, 9), changes=CHANGES)
@settings(max_examples=60)
def test_a_corrupted_file(
    name: str, seed_number: int, changes: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / f"fuzz-{name}"
    folder.mkdir(exist_ok=True)
    seed = SEEDS[name][seed_number % len(SEEDS[name])]
    ingest(find(name), {**seed.files, seed.target: corrupted(seed.files[seed.target], changes)}, folder)


def test_a_header_that_contains_the_whole_table(tmp_path: Path) -> None:
    """A quotation mark at the start makes the whole file one column name (discovered by `make fuzz`)."""
    mapping, table = SEEDS["table"][0].files.values()
    assert ingest(find("table"), {"mapping.yaml": mapping, "table.csv": b'"' + table * 20}, tmp_path) == "refused"


@pytest.mark.parametrize("name", NAMES)
@given(content=st.binary(max_size=200))
@settings(max_examples=20)
def test_any_bytes(name: str, content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / f"bytes-{name}"
    folder.mkdir(exist_ok=True)
    seed = SEEDS[name][0]
    ingest(find(name), {**seed.files, seed.target: content}, folder)


@pytest.mark.parametrize(("name", "filler"), sampled(NAMES, [b"a", b"\0", b'"'], share=3))
def test_an_endless_line_is_refused_quickly_and_in_little_memory(name: str, filler: bytes, tmp_path: Path) -> None:
    """The line is 16 times the maximum; it could be longer."""
    for seed in SEEDS[name]:
        content = seed.files[seed.target]
        extended = content[: len(content) // 2] + filler * (16 * MAX_LINE) + content[len(content) // 2 :]
        start = time.monotonic()
        tracemalloc.start()
        try:
            assert ingest(find(name), {**seed.files, seed.target: extended}, tmp_path) == "refused"
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 8 * MAX_LINE
        assert time.monotonic() - start < 60
