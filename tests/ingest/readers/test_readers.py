"""The list of readers: names, size of modules, and the credits that users of the data need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import UsageError
from kg.ingest.readers.catalogue import READERS, find

if TYPE_CHECKING:
    from kg.ingest.readers.reader import Reader

FOLDER = Path(__file__).resolve().parents[3] / "kg" / "ingest" / "readers"
each = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


@each
def test_a_reader_is_a_small_module_with_tests(reader: Reader) -> None:
    assert len((FOLDER / f"{reader.name}.py").read_text(encoding="utf-8").splitlines()) <= 150
    assert (Path(__file__).parent / f"test_{reader.name}.py").exists()
    assert find(reader.name) is reader


@each
def test_a_reader_describes_its_input_and_credits(reader: Reader) -> None:
    assert reader.reads
    assert reader.columns
    assert reader.licence
    assert reader.credit
    assert 0 < reader.expected[0] <= reader.expected[1]


def test_reader_names_are_unique() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


def test_an_unknown_reader_is_an_error() -> None:
    with pytest.raises(UsageError, match="there is no reader 'cordsi'; did you mean cordis"):
        find("cordsi")
