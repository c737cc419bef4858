"""Tables as offices keep them: titles, headers of two rows, notes, totals, packed files, other types of cells."""

from __future__ import annotations

import gzip
import shutil
import unicodedata
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers.samples import refused, rows, skipped, used
from helpers.workbooks import Parts, first_sheet, written

from kg.errors import InputError
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.table import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.readers.records import Link, Row

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
HEAD = ("序号", "合作单位", "协议类型", "签订日期", "经费（万元）")
MAPPING = """
source: {key: s, publisher: P, quality: university, licence: none, language: zh}
row: {key: 序号}
actors:
  us: {kind: University, name: {zh: 甲大学}}
  partner: {key: 合作单位, kind: by name}
link:
  kind: {column: 协议类型, of: {捐赠: Donation}, otherwise: CooperationAgreement}
  start: 签订日期
  money: [{column: 经费(万元), currency: CNY, in: 万元}]
  parties: [{actor: us}, {actor: partner}]
"""


def read(path: Path, more: str = "") -> list[Row]:
    mapping = path.with_name("m.yaml")
    mapping.write_text(MAPPING + more, encoding="utf-8")
    return rows(TABLE, mapping, path)


def links(parsed: list[Row]) -> list[Link]:
    return [link for row in used(parsed) for link in row.links]


def csv_file(folder: Path, *lines: Sequence[str], head: Sequence[str] = HEAD, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text("".join(",".join(line) + "\n" for line in (head, *lines)), encoding="utf-8")
    return path


def workbook(folder: Path, *lines: Sequence[object], merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        first_sheet(book).append(list(line))
    for cells in merged:
        first_sheet(book).merge_cells(cells)
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


ROW = ("1", "乙公司", "捐赠", "2023-03-01", "10")


@pytest.mark.parametrize("more", ["header: 2", "header: {contains: [序号, 合作单位]}"])
def test_a_title_may_precede_the_header(tmp_path: Path, more: str) -> None:
    path = workbook(tmp_path, ["校企合作协议一览表"], HEAD, ROW, merged=["A1:E1"])
    assert links(read(path, more))[0].amounts[0].value == 100_000


def test_a_wrong_header_row_has_a_remedy(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["校企合作协议一览表"], HEAD, ROW, merged=["A1:E1"])
    with pytest.raises(InputError, match=r"has no column '.*' \(row 2 has it; write header: 2\)"):
        read(path)


def test_a_header_of_two_rows_joins_its_parts(tmp_path: Path) -> None:
    top = ("序号", "双方", None, "签订日期", "经费\n(万元)")
    low = (None, "合作单位", "协议类型", None, None)
    path = workbook(tmp_path, top, low, ROW, merged=["A1:A2", "B1:C1", "D1:D2", "E1:E2"])
    assert links(read(path, "header: [1, 2]"))[0].kind == "Donation"
    mapping = MAPPING.replace("key: 合作单位", "key: 双方/合作单位")
    path.with_name("m.yaml").write_text(mapping + "header: [1, 2]", encoding="utf-8")
    assert len(used(rows(TABLE, path.with_name("m.yaml"), path))) == 1


def test_column_names_match_whatever_their_width_and_blanks(tmp_path: Path) -> None:
    head = ("序 号", "合作\u00a0单位", "协议类型\u200b", "签订日期", "经费 (万元)")
    assert len(used(read(csv_file(tmp_path, ROW, head=head)))) == 1


def test_blank_cells_are_filled_down(tmp_path: Path) -> None:
    parsed = read(csv_file(tmp_path, ROW, ("2", "", "", "2024", "")), "fill_down: [合作单位, 协议类型]")
    assert [link.participations[1].actor for link in links(parsed)] == ["s/乙公司", "s/乙公司"]


def test_totals_and_notes_are_refused_with_a_remedy_or_skipped(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROW, ("合计", "1家", "", "", "10"), ("注：截至2023年底", "", "", "", ""))
    assert [(row, value) for row, _, value in refused(read(path))] == [(3, "合计"), (4, "注：截至2023年底")]
    parsed = read(path, "skip: {totals: {rows: totals}, notes: {rows: notes}}")
    assert skipped(parsed) == [(3, "totals"), (4, "notes")]


@pytest.mark.parametrize(
    "rule", ["{column: 协议类型, is: 捐赠}", "{column: 协议类型, starts: 捐}", "{contains: [一]}", "{starts: 一}"]
)
def test_rows_are_skipped_by_a_rule(tmp_path: Path, rule: str) -> None:
    assert skipped(read(csv_file(tmp_path, ("一", *ROW[1:])), f"skip: {{mine: {rule}}}")) == [(2, "mine")]


def test_words_for_an_empty_cell(tmp_path: Path) -> None:
    path = csv_file(tmp_path, (*ROW[:3], "待定", "—"))
    assert len(refused(read(path))) == 1
    (link,) = links(read(path, "empty: [待定, —]"))
    assert (link.dates.start_earliest, link.amounts) == (None, ())


def test_trailing_empty_columns_are_ignored(tmp_path: Path) -> None:
    assert len(used(read(csv_file(tmp_path, (*ROW, "", ""), head=(*HEAD, "", ""))))) == 1


def test_a_value_under_no_column_is_refused_by_cell(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"t\.csv:2: the cell G2 has a value under no column name"):
        read(csv_file(tmp_path, (*ROW, "", "x"), head=(*HEAD, "", "")))


def test_packed_tables(tmp_path: Path) -> None:
    plain = csv_file(tmp_path, ROW)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    book = workbook(tmp_path, HEAD, ROW)
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.write(plain, "a/t.csv")
        archive.write(book, "t.xlsx")
        archive.writestr("readme.md", "no table")
    assert len(used(read(tmp_path / "t.csv.gz"))) == 1
    assert len(used(read(tmp_path / "t.zip"))) == 2


def test_columns_of_other_types_matter_only_if_they_are_mapped(tmp_path: Path) -> None:
    columns = {name: [value] for name, value in zip(HEAD, ROW, strict=True)}
    unused = {"a": [{"b": 1}], "c": [b"\xff"], "d": pa.array([2**62], pa.duration("ns")), "e": [timedelta(1)]}
    pq.write_table(pa.table(columns | unused), tmp_path / "t.parquet")
    assert len(used(read(tmp_path / "t.parquet"))) == 1
    pq.write_table(pa.table(columns | {"合作单位": [["乙公司", "丙公司"]]}), tmp_path / "t.parquet")
    assert len(links(read(tmp_path / "t.parquet"))[0].participations) == 3
    pq.write_table(pa.table(columns | {"签订日期": [{"y": 2023}]}), tmp_path / "t.parquet")
    assert refused(read(tmp_path / "t.parquet")) == [(1, "签订日期", "dict")]


def test_invisible_characters_do_not_make_another_actor(tmp_path: Path) -> None:
    names = [
        "乙技术公司",
        "乙\u200b技术公司",
        "乙技术\u00ad公司",
        "\ufeff乙技术公司",
        unicodedata.normalize("NFD", "乙技术公司"),
    ]
    lines = [(str(n), name, "捐赠", "2023", "") for n, name in enumerate(names)]
    assert {link.participations[1].actor for link in links(read(csv_file(tmp_path, *lines)))} == {"s/乙技术公司"}


def test_a_general_number_is_not_a_month(tmp_path: Path) -> None:
    cells = (
        '<c r="A{0}"><v>{0}</v></c><c r="B{0}" t="inlineStr"><is><t>乙公司</t></is></c>'
        '<c r="D{0}" s="{1}"><v>2023.1</v></c>'
    )
    head = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>' for letter, name in zip("ABCDE", HEAD, strict=True)
    )
    xml = f'<row r="1">{head}</row>' + "".join(f'<row r="{n}">{cells.format(n, n - 2)}</row>' for n in (2, 3))
    parsed = read(written(tmp_path / "t.xlsx", Parts(xml, formats=["0.00"])))
    assert refused(parsed) == [(2, "签订日期", "2023.1")]
    assert links(parsed)[0].dates.start_earliest == date(2023, 10, 1)


def test_two_amounts_of_a_link_are_two_nodes(tmp_path: Path) -> None:
    path = csv_file(tmp_path, (*ROW, "5"), head=(*HEAD, "捐赠"))
    mapping = tmp_path / "m.yaml"
    more = "in: 万元}, {column: 捐赠, currency: CNY}]"
    mapping.write_text(MAPPING.replace("in: 万元}]", more), encoding="utf-8")
    assert [(one.key, one.value) for one in links(rows(TABLE, mapping, path))[0].amounts] == [
        ("经费%28万元%29", Decimal(100_000)),
        ("捐赠", Decimal(5)),
    ]


def test_unknown_words_are_in_one_list(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROW, ("2", "丙公司", "培训", "2023", ""), ("3", "丁公司", "培训", "2023", ""))
    mapping = tmp_path / "m.yaml"
    mapping.write_text(MAPPING.replace(", otherwise: CooperationAgreement", ""), encoding="utf-8")
    inputs = Inputs([mapping, path])
    assert len(refused(list(TABLE.read(inputs)))) == 2
    assert inputs.notes == ["words without an entry; add them to of, with their values:\n  # 协议类型\n    培训:   # 2"]


@pytest.mark.skipif(not CASES.is_dir(), reason="the collected cases are not beside the checkout")
@pytest.mark.parametrize(
    ("case", "file", "more", "names"),
    [
        ("a05", "unit-in-format.xlsx", "", None),
        ("a07", "brackets.csv", "", {"西安仪表集团（电控、液压事业部）", "B公司", "A大学"}),
        ("a08", "etc.csv", "", {"甲公司", "乙公司", "丙公司", "A大学"}),
        ("a14", "strict.xlsx", "", None),
        ("a15", "trailing.csv", "", {"B公司", "A大学"}),
        ("a19", "t.zip", "", None),
        ("a20", "title.xlsx", "header: 2", None),
        ("a20", "merged.xlsx", "", None),
    ],
)
def test_collected_cases_are_read(tmp_path: Path, case: str, file: str, more: str, names: set[str] | None) -> None:
    shutil.copytree(CASES / case, tmp_path / case)
    mapping = tmp_path / case / "mapping.yaml"
    text = mapping.read_text(encoding="utf-8").replace("arity: unstated\n", "arity: unstated\n  common: university\n")
    mapping.write_text(f"{text}\n{more}\n", encoding="utf-8")
    parsed = rows(TABLE, mapping, tmp_path / case / file)
    assert refused(parsed) == []
    assert names is None or {actor.names[0].text for row in used(parsed) for actor in row.actors} == names
