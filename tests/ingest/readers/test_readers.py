"""The table of readers: one word a reader, small files, and what whoever uses the data must know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import UsageError
from kg.ingest.readers import READERS, find

if TYPE_CHECKING:
    from kg.ingest.readers.reader import Reader

FOLDER = Path(__file__).resolve().parents[3] / "kg" / "ingest" / "readers"
each = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


@each
def test_a_reader_is_a_file_of_its_name_with_tests(reader: Reader) -> None:
    assert len((FOLDER / f"{reader.name}.py").read_text(encoding="utf-8").splitlines()) <= 170
    assert (Path(__file__).parent / f"test_{reader.name}.py").exists()
    assert find(reader.name) is reader


@each
def test_a_reader_says_what_it_wants_and_whom_to_credit(reader: Reader) -> None:
    assert reader.reads
    assert reader.columns
    assert reader.licence
    assert reader.credit
    assert 0 < reader.expected[0] <= reader.expected[1]


def test_no_two_readers_have_one_name() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


def test_a_reader_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="there is no reader 'cordsi'; there are: moe"):
        find("cordsi")
