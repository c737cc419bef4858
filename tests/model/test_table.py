"""Tables as sequences of rows, for pandas, polars and pyarrow: types stay, and unknown values are null."""

from __future__ import annotations

import sys
from datetime import date

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from kg.errors import UsageError
from kg.model import Table

TABLE = Table(
    ("n", "score", "yes", "day", "name", "nothing", "mixed", "large", "both"),
    (
        (1, 0.5, True, date(2025, 5, 1), "甲", None, "a", 2**70, 1),
        (None, float("nan"), None, None, None, None, 3, None, 0.5),
    ),
    ("The lens.",),
)


def test_pyarrow() -> None:
    actual = TABLE.to_arrow()
    kinds = ["int64", "double", "bool", "date32[day]", "string", "null", "string", "string", "double"]
    assert [str(kind) for kind in actual.schema.types] == kinds
    assert actual.to_pylist() == [
        dict(zip(TABLE.columns, (1, 0.5, True, date(2025, 5, 1), "甲", None, "a", str(2**70), 1.0), strict=True)),
        dict(zip(TABLE.columns, (None, None, None, None, None, None, "3", None, 0.5), strict=True)),
    ]


def test_pandas() -> None:
    actual = TABLE.to_pandas()
    assert actual.attrs == {"notes": ["The lens."]}
    kinds = ["Int64", "Float64", "boolean", "date32[day][pyarrow]", "string", "null[pyarrow]", "string", "string"]
    assert [str(kind) for kind in actual.dtypes] == [*kinds, "Float64"]
    assert actual.loc[0, ["n", "yes", "day", "name"]].tolist() == [1, True, date(2025, 5, 1), "甲"]
    assert actual.loc[1, ["n", "score", "yes", "day", "name", "nothing"]].isna().all()
    assert actual["n"].sum() == 1


def test_polars() -> None:
    actual = TABLE.to_polars()
    kinds = [pl.Int64, pl.Float64, pl.Boolean, pl.Date, pl.String, pl.Null, pl.String, pl.String, pl.Float64]
    assert actual.dtypes == kinds
    assert actual.row(1) == (None, None, None, None, None, None, "3", None, 0.5)


def test_no_rows() -> None:
    empty = Table(("a", "b"), ())
    assert empty.to_arrow().schema.names == ["a", "b"]
    assert empty.to_pandas().shape == empty.to_polars().shape == (0, 2)
    assert isinstance(empty.to_arrow(), pa.Table)
    assert isinstance(empty.to_pandas(), pd.DataFrame)


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_missing_library_is_an_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=rf"^{name} is not installed; run pip install 'helix-kg\[{name}\]'$"):
        getattr(TABLE, f"to_{name}")()


NUMBERS = Table(("n", "name"), tuple((n, f"row {n}") for n in range(30)), ("A note.",), truncated=True)


def test_rows_are_mappings() -> None:
    assert len(NUMBERS) == 30
    assert NUMBERS[0] == {"n": 0, "name": "row 0"}
    assert NUMBERS[-1]["name"] == "row 29"
    assert [row["n"] for row in NUMBERS] == list(range(30))
    with pytest.raises(IndexError):
        NUMBERS[30]


def test_slices_are_tables_with_the_same_notes() -> None:
    assert NUMBERS[2:4] == Table(("n", "name"), ((2, "row 2"), (3, "row 3")), ("A note.",), truncated=True)
    assert NUMBERS.head() == NUMBERS[:5]
    assert NUMBERS.head(3) == NUMBERS[:3]
    assert len(NUMBERS.head(100)) == 30
