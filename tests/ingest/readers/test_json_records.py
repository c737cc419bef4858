"""JSON of any size, record by record, and what is no record of ours."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest.readers.json_records import DEEPEST, LARGEST, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab[]{}"\\', max_size=3), inner, max_size=4),
    max_leaves=20,
)
RECORDS = st.lists(st.dictionaries(st.text("abc", max_size=3), VALUES, max_size=4), max_size=6)


def records(data: bytes) -> list[object]:
    return list(read(io.BytesIO(data), "x.json"))


@given(RECORDS)
def test_arrays_lines_and_single_records_read_alike(given: list[dict[str, object]]) -> None:
    lines = "".join(f"{json.dumps(record, indent=1)}\n" for record in given)
    assert records(json.dumps(given).encode()) == given
    if given:
        assert records(lines.encode()) == given
        assert records(b"\xef\xbb\xbf \n" + lines.encode()) == given


def test_a_number_keeps_the_digits_that_it_has() -> None:
    assert records(b"[0.10, 2]") == [Decimal("0.10"), 2]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[" * 1_000_000, "levels within each other"),
        (b'[{"a":' * (DEEPEST + 1), "levels within each other"),
        (b'["' + b"]" * 70_000 + b'",' + b"[" * 70_000, "levels within each other"),
        (b"[[" + b"0," * LARGEST, "a record of more than"),
        (b'["' + b"a" * 2_000_000, "a text of more than"),
        (b"[1" + b"0" * 5000 + b"]", "a number of more than 99 digits"),
        (b"[1, 2", "is no JSON"),
        (b"[NaN]", "is no JSON"),
        (b'["\xff"]', "is no JSON"),
        (b"\x00\x01", "is no JSON"),
        (b"", "is no JSON"),
    ],
    ids=[
        "deep",
        "deep objects",
        "deep behind a text",
        "large",
        "long text",
        "digits",
        "cut",
        "nan",
        "bytes",
        "nul",
        "empty",
    ],
)
def test_what_is_no_record_of_ours_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=rf"x\.json: .*{says}"):
        records(data)


def test_brackets_within_texts_are_no_levels() -> None:
    assert records(json.dumps(['[{"\\' * 100] * 2000).encode()) == ['[{"\\' * 100] * 2000
