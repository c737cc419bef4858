"""Workbooks are read cell by cell as they are shown; openpyxl and calamine read the same."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.texts import english
from helpers.workbooks import STRICT, Parts, first_sheet, written
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.readers.cells import Fault, Merged, clean
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.spreadsheets import grid_of
from kg.ingest.readers.table_layout import Layout
from kg.ingest.readers.workbooks import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

calamine = pytest.importorskip("python_calamine", reason="python-calamine is an oracle of the locked environment")
CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"


def cells(path: Path) -> list[tuple[str, ...]]:
    """Return the cells of the only sheet, row by row."""
    return [row for _, row in grid_of(Inputs([path]), path, Layout(), None)]


def test_formulas_errors_and_long_codes_are_faults(tmp_path: Path) -> None:
    row = (
        '<c r="A1"><f>EDATE(A2,1)</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1" t="e"><v>#N/A</v></c>'
        '<c r="D1"><v>6.1010119900101001E17</v></c><c r="E1" t="str"><f>""</f><v></v></c>'
        '<c r="F1"><f>1+1</f><v>2</v></c>'
    )
    (found,) = cells(written(tmp_path / "t.xlsx", Parts(f'<row r="1">{row}</row>')))
    assert [english(cell.reason).partition(";")[0] for cell in found if isinstance(cell, Fault)] == [
        "a formula without a value",
        "a formula without a value",
        "the spreadsheet reports an error here",
        "a number of 18 digits, of which a spreadsheet keeps 15",
    ]
    assert found[4:] == ("", "2")


def test_escapes_runs_and_phonetic_guides(tmp_path: Path) -> None:
    texts = (
        "<si><t>甲_x000D_\n乙_x005F_x0041_</t></si>"
        '<si><r><t xml:space="preserve">A </t></r><r><t>B</t></r><rPh sb="0" eb="1"><t>エー</t></rPh></si>'
        "<si><t>_xD83D__xDE00_</t></si>"
    )
    row = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
    assert cells(written(tmp_path / "t.xlsx", Parts(row, texts=texts))) == [("甲\n乙_x0041_", "A B", "\U0001f600")]


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    row = (
        '<row r="1"><c r="A1" t="d"><v>2023-03-01T00:00:00</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row>'
    )
    assert cells(written(tmp_path / "t.xlsx", Parts(row, namespace=STRICT))) == [("2023-03-01", "甲")]


@pytest.mark.parametrize("dimension", ["A1", "A1:Z99", "C5:D6"])
def test_a_wrong_dimension_changes_nothing(tmp_path: Path, dimension: str) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
    path = written(tmp_path / "t.xlsx", Parts(rows, before=f'<dimension ref="{dimension}"/>'))
    assert list(grid_of(Inputs([path]), path, Layout(), None)) == [(1, ("1",)), (3, ("", "2"))]


def test_days_from_1904(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" s="1"><v>43538</v></c></row>'
    parts = Parts(row, formats=["yyyy-mm-dd"], book='<workbookPr date1904="1"/>')
    assert cells(written(tmp_path / "t.xlsx", parts)) == [("2023-03-15",)]


def test_hidden_rows_and_columns_are_noted(tmp_path: Path) -> None:
    hidden = {2: ' hidden="1"', 3: ' hidden="true"'}
    rows = "".join(f'<row r="{n}"{hidden.get(n, "")}><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 5))
    path = written(tmp_path / "t.xlsx", Parts(rows, before='<cols><col min="2" max="3" hidden="1"/></cols>'))
    inputs = Inputs([path])
    assert len(list(grid_of(inputs, path, Layout(), None))) == 4
    assert inputs.notes == [f"{path}: hidden rows 2–3 and columns B, C of sheet 台账 are read too"]


def test_a_merged_cell_is_marked_in_each_row(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c r="B2"><v>8</v></c></row><row r="3"/>'
    path = written(tmp_path / "t.xlsx", Parts(rows, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))
    first, second, third = cells(path)
    assert (first, second, third) == (("7",), ("7", "8"), ())
    assert all(isinstance(row[0], Merged) for row in (first, second))


VALUE = st.one_of(
    st.integers(-(10**14), 10**14),
    st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"]), min_size=1, max_size=12),
)


@given(st.lists(st.lists(st.none() | VALUE, max_size=5), max_size=5))
def test_three_readers_agree(table: Sequence[Sequence[int | date | str | None]]) -> None:
    book = openpyxl.Workbook()
    for number, row in enumerate(table, 1):
        for place, value in enumerate(row, 1):
            cell = first_sheet(book).cell(number, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    ours = Workbook(stream)
    found = {row.number: row.cells for row in ours.rows(ours.sheets[0], (), fill=True)}
    again = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
    compare(found, list(first_sheet(again).iter_rows(values_only=True)))
    stream.seek(0)
    sheet = calamine.CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
    compare(found, sheet.to_python(skip_empty_area=False))


def compare(found: dict[int, tuple[str, ...]], other: Sequence[Sequence[object]]) -> None:
    """Assert that the rows equal those of another library, without its empty cells at the end."""
    for number, row in enumerate(other, 1):
        texts = [plain(value) for value in row]
        ours = found.get(number, ())
        assert texts[: len(ours)] == list(ours)
        assert not any(texts[len(ours) :])


def plain(value: object) -> str:
    if value is None or isinstance(value, str):
        return clean(value or "")
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, timedelta):
        return str(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@pytest.mark.skipif(not CASES.is_dir(), reason="the collected cases are not beside the checkout")
@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.xlsx")), ids=lambda path: path.stem)
def test_collected_workbooks_have_the_rows_of_calamine(path: Path) -> None:
    ours = [row for row in cells(path) if any(row)]
    sheet = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    theirs = [row for row in sheet.to_python(skip_empty_area=False) if any(cell != "" for cell in row)]
    assert len(ours) == len(theirs)
    assert [clean(str(cell)) for cell in theirs[0] if cell != ""] == list(dict.fromkeys(filter(None, ours[0])))
