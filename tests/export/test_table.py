"""Tables as text: aligned for people, exact for programs, inert in a spreadsheet."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from kg.errors import UsageError
from kg.export.cells import FORMULA
from kg.export.table import FORMATS, render
from kg.model import Cell, Table
from kg.terms import ID

FIRMS = Table(
    ("rank", "actor", "label", "score"),
    ((1, ID + "huawei", "华为", 0.0924305395), (2, ID + "xd-group", "China XD", 12.5), (None, ID + "x", None, None)),
)

cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text(max_size=12)
)


def test_a_table_is_aligned_by_display_width() -> None:
    assert render(FIRMS, "table") == (
        "rank  actor        label       score\n"
        "----  -----------  --------  -------\n"
        "   1  id:huawei    华为      0.09243\n"
        "   2  id:xd-group  China XD     12.5\n"
        "      id:x\n"
    )


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8), st.integers()), max_size=6))
def test_each_line_is_as_wide_as_the_rule(rows: list[tuple[Cell, ...]]) -> None:
    heads, rule, *lines = render(Table(("a", "b", "n"), tuple(rows)), "table").removesuffix("\n").split("\n")
    assert len(lines) == len(rows)
    for line in [heads, *lines]:
        assert wcswidth(line) == wcswidth(rule)


@pytest.mark.parametrize(
    ("number", "visible"),
    [(0.0924305395, "0.09243"), (1 / 3, "0.3333"), (1.5, "1.5"), (2.0, "2"), (12345.678, "12346"), (0.0, "0")],
)
def test_numbers_have_four_significant_digits(number: float, visible: str) -> None:
    assert render(Table(("n",), ((number,),)), "table").split() == ["n", "-" * len(visible), visible]


def test_only_the_table_format_shortens_iris() -> None:
    for form in ("csv", "tsv", "json"):
        assert ID + "huawei" in render(FIRMS, form)


def test_text_cannot_steer_the_terminal() -> None:
    visible = render(Table(("label",), (("a\x1b[31mred\nb\u202etxt.exe\x9b1m",),)), "table")
    assert visible.split("\n")[2] == "a\ufffd[31mred\ufffdb\ufffdtxt.exe\ufffd1m"


def test_csv_is_read_back_with_all_digits() -> None:
    table = Table(("a", "b", "c", "d", "e"), ((1 / 3, True, date(2025, 11, 8), 'say "hi", 你好\nthere', None),))
    assert list(csv.reader(io.StringIO(render(table, "csv")))) == [
        ["a", "b", "c", "d", "e"],
        ["0.3333333333333333", "true", "2025-11-08", 'say "hi", 你好\nthere', ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_no_text_is_a_formula_to_a_spreadsheet(start: str, form: str, delimiter: str) -> None:
    table = Table((f"{start}name",), ((f"{start}HYPERLINK(1)",), ("1 = 1",), (-2.5,), (-3,)))
    rows = list(
        csv.reader(
            io.StringIO(render(table, form, spreadsheet=True).removeprefix("\ufeff"), newline=""), delimiter=delimiter
        )
    )
    assert rows == [[f"'{start}name"], [f"'{start}HYPERLINK(1)"], ["1 = 1"], ["-2.5"], ["-3"]]


@given(st.lists(st.tuples(cells, cells), max_size=5))
@example([("a\rb", '"'), (None, None)])
def test_every_cell_is_kept_or_marked_in_csv(rows: list[tuple[Cell, ...]]) -> None:
    text = render(Table(("a", "b"), tuple(rows)), "csv", spreadsheet=True)
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    for result, actual in zip(rows, read, strict=True):
        for cell, text in zip(result, actual, strict=True):
            if isinstance(cell, str):
                assert text == (f"'{cell}" if cell.startswith(FORMULA) else cell)
            assert not (isinstance(cell, str) and text.startswith(FORMULA))


@given(st.text())
def test_csv_for_programs_is_exact(cell: str) -> None:
    text = render(Table(("a",), ((cell,),)), "csv")
    assert next(iter(list(csv.reader(io.StringIO(text, newline="")))[1:])) == [cell]


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_json_is_a_list_of_objects_in_the_order_of_the_columns(rows: list[tuple[Cell, ...]]) -> None:
    read = json.loads(render(Table(("b", "a"), tuple(rows)), "json"))
    assert [list(row) for row in read] == [["b", "a"]] * len(rows)
    for result, actual in zip(rows, read, strict=True):
        if isinstance(result[0], str | int | bool | None):
            assert actual["b"] == result[0]
        elif isinstance(result[0], date):
            assert actual["b"] == result[0].isoformat()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_nan_and_infinity_are_empty(form: str, number: float) -> None:
    text = render(Table(("n",), ((number,),)), form)
    assert text == render(Table(("n",), ((None,),)), form)


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_without_rows_keeps_its_columns_or_is_an_empty_list(form: str) -> None:
    text = render(Table(("a", "b"), ()), form)
    assert text == {"table": "a  b\n-  -\n", "csv": "a,b\n", "tsv": "a\tb\n", "json": "[]\n", "jsonl": ""}[form]


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no format 'xlsx'; there are: table, csv, tsv, json"):
        render(FIRMS, "xlsx")
