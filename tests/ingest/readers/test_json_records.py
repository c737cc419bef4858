"""JSON of any size, record by record, and refused input."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest.readers.json_records import MAX_DEPTH, MAX_RECORD, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(st.characters(exclude_categories=["Cs"])),
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


def test_a_number_keeps_its_digits() -> None:
    assert records(b"[0.10, 2]") == [Decimal("0.10"), 2]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[" * 1_000_000, "nesting levels"),
        (b'[{"a":' * (MAX_DEPTH + 1), "nesting levels"),
        (b'["' + b"]" * 70_000 + b'",' + b"[" * 70_000, "nesting levels"),
        (b"[[" + b"0," * MAX_RECORD, "a record of more than"),
        (b'["' + b"a" * 2_000_000, "a text of more than"),
        (b"[1" + b"0" * 5000 + b"]", "a number of more than 99 digits"),
        (b"[1, 2", "is not valid JSON"),
        (b"[NaN]", "is not valid JSON"),
        (b'["\xff"]', "is not valid JSON"),
        (b"\x00\x01", "is not valid JSON"),
        (b"", "is not valid JSON"),
    ],
    ids=[
        "deep",
        "deep objects",
        "deep after a text",
        "large",
        "long text",
        "digits",
        "truncated",
        "nan",
        "bytes",
        "nul",
        "empty",
    ],
)
def test_invalid_or_hostile_json_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=rf"x\.json: .*{message}"):
        records(data)


def test_brackets_in_texts_do_not_count_as_levels() -> None:
    assert records(json.dumps(['[{"\\' * 100] * 2000).encode()) == ['[{"\\' * 100] * 2000
