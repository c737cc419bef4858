"""Small files that claim or repeat much are refused, or read at the cost of their own size."""

from __future__ import annotations

import io
from time import process_time
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers.workbooks import Parts, written

from kg.errors import InputError
from kg.ingest.readers import json_records, parquet_rows, workbooks
from kg.ingest.readers.cells import Fault
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.spreadsheets import grid_of
from kg.ingest.readers.table_layout import Layout

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: Path) -> str:
    """Return the message that refuses the table at `path`."""
    with pytest.raises(InputError) as raised:
        list(grid_of(Inputs([path]), path, Layout(), None))
    return str(raised.value)


def test_millions_of_shared_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_MAX_TAGS", 1000)
    path = written(tmp_path / "t.xlsx", Parts("<row/>", texts="<si><t/></si>" * 400))
    assert refusal(path) == f"{path}: xl/sharedStrings.xml: 1203 tags, more than 1000; save it as CSV"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1048577"><c><v>1</v></c></row>', "there is no row 1048577"),
        ("<row>" + '<c r="A1"/>' * 16_385 + "</row>", "a row has more than 16384 cells"),
        ('<row><c t="s"><v>-1</v></c></row>', "there is no shared text -1"),
        ('<row><c t="s"><v>9</v></c></row>', "there is no shared text 9"),
    ],
)
def test_places_that_do_not_exist_are_refused(tmp_path: Path, rows: str, reason: str) -> None:
    path = written(tmp_path / "t.xlsx", Parts(rows, texts="<si><t>a</t></si>"))
    assert refusal(path) == f"{path}: the workbook cannot be read ({reason}); save it again"


def test_a_text_that_many_rows_share_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 4096), pa.array(["a" * 5_000_000]))
    pq.write_table(pa.table({"a": text, "b": ["x"] * 4096}), path, compression="zstd")
    start = process_time()
    rows = list(parquet_rows.read(Inputs([path]), path, None))
    assert process_time() - start < 2
    assert len(rows) == 4097
    assert isinstance(rows[-1][1][0], Fault)
    assert rows[-1] == (4096, (rows[1][1][0], "x"))


def test_rows_without_a_value_cost_little(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    empty = pa.nulls(3_000_000, pa.string())
    last = pa.table({"a": ["x"], "b": pa.nulls(1, pa.string())})
    pq.write_table(pa.concat_tables([pa.table({"a": empty, "b": empty}), last]), path)
    start = process_time()
    assert list(parquet_rows.read(Inputs([path]), path, None))[-1] == (3_000_001, ("x", ""))
    assert process_time() - start < 2


def test_a_number_beyond_all_ranges_is_refused() -> None:
    with pytest.raises(InputError, match=r"a\.json: a number is out of range; check that this is the right file"):
        list(json_records.read(io.BytesIO(b'[{"id": 1e99999999999999999999}]'), "a.json"))


def test_an_unknown_time_zone_and_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"when": pa.array([0], pa.timestamp("s", "Mars/Base"))}), path)
    assert "the Parquet file cannot be read" in refusal(path)
    pq.write_table(pa.Table.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["a", "a"]), path)
    assert refusal(path) == f"{path}: two columns are named a; rename one"
