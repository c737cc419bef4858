"""Whatever stands in the files: each row is used, skipped or refused, or the file is refused in one sentence."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from helpers.fuzz_readers import SEEDS, STRANGE, ingest, spoilt
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest.readers import READERS, find
from kg.ingest.readers.input_files import LONGEST_LINE

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [reader.name for reader in READERS]
CHANGES = st.lists(
    st.tuples(st.integers(0, 1 << 13), st.integers(0, 12), st.sampled_from(STRANGE) | st.binary(max_size=8)),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("name", NAMES)
def test_the_seeds_are_read(name: str, tmp_path: Path) -> None:
    """So that what is spoilt was whole before; a reader without a seed has no test of this kind, and fails here."""
    for seed in SEEDS[name]:
        assert ingest(find(name), seed.files, tmp_path) == "read"
        assert (tmp_path / "refused.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("name", NAMES)
@given(which=st.integers(0, 9), changes=CHANGES)
@settings(max_examples=120)
def test_a_spoilt_file(
    name: str, which: int, changes: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / f"fuzz-{name}"
    folder.mkdir(exist_ok=True)
    seed = SEEDS[name][which % len(SEEDS[name])]
    ingest(find(name), {**seed.files, seed.spoil: spoilt(seed.files[seed.spoil], changes)}, folder)


def test_a_header_that_swallows_the_table(tmp_path: Path) -> None:
    """Found by `make fuzz`: a quotation mark at the start makes one column of everything, with its line breaks."""
    mapping, table = SEEDS["table"][0].files.values()
    assert ingest(find("table"), {"mapping.yaml": mapping, "table.csv": b'"' + table * 20}, tmp_path) == "refused"


@pytest.mark.parametrize("name", NAMES)
@given(content=st.binary(max_size=200))
@settings(max_examples=40)
def test_any_bytes(name: str, content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / f"bytes-{name}"
    folder.mkdir(exist_ok=True)
    seed = SEEDS[name][0]
    ingest(find(name), {**seed.files, seed.spoil: content}, folder)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("filling", [b"a", b"\0", b'"'])
def test_a_line_without_an_end_costs_neither_memory_nor_time(name: str, filling: bytes, tmp_path: Path) -> None:
    """Sixty-four times as long as a line may be; the file could be of any size."""
    for seed in SEEDS[name]:
        whole = seed.files[seed.spoil]
        longer = whole[: len(whole) // 2] + filling * (64 * LONGEST_LINE) + whole[len(whole) // 2 :]
        start = time.monotonic()
        tracemalloc.start()
        try:
            assert ingest(find(name), {**seed.files, seed.spoil: longer}, tmp_path) == "refused"
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 32 * LONGEST_LINE
        assert time.monotonic() - start < 60
