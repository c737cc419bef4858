"""Tables with a mapping: records, and errors in the mapping with line and column."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers.samples import ingested, refused, rows, skipped, used
from helpers.texts import english
from helpers.workbooks import first_sheet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest import build
from kg.ingest.readers import workbooks
from kg.ingest.readers.cells import clean
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.records import Record, Refused, Skipped
from kg.ingest.readers.table import TABLE
from kg.terms import HX, PREFIXES
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADER = ["No.", "University", "Partner", "Website", "Others", "Agreement", "Type", "Status", "Signed", "Funds"]
TWO = ["2025-001", "西安理工大学", "华为;中兴", "", "over 30", "共建协议", "共建", "已签", "2025-11-08", ""]
ONE = [
    "2025-002",
    "西安理工大学",
    "中铝",
    "https://www.Chalco.com.cn/x",
    "",
    "战略协议",
    "战略合作",
    "拟签",
    "2026",
    "1,200.50",
]
DRAFT = ["2025-003", "西安理工大学", "某公司", "", "", "草案", "共建", "草稿", "", ""]


def mapped(folder: Path, text: str = TABLE.example) -> Path:
    path = folder / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def listed(
    folder: Path, *lines: Sequence[str], name: str = "t.csv", encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADER, *lines])
    path = folder / name
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def read(folder: Path, *lines: Sequence[str]) -> list[Record | Skipped | Refused]:
    return rows(TABLE, mapped(folder), listed(folder, *lines))


def test_the_example_reads_its_table(tmp_path: Path) -> None:
    parsed = read(tmp_path, TWO, ONE, DRAFT)
    first, second = used(parsed)
    assert skipped(parsed) == [(4, "draft")]
    assert [(actor.key, actor.kind) for actor in first.actors] == [
        ("liaison-office/西安理工大学", "University"),
        ("liaison-office/华为", "Firm"),
        ("liaison-office/中兴", "Firm"),
    ]
    (link,) = first.links
    assert (link.key, link.form, link.kind, link.stage) == (
        "liaison-office/2025-001",
        "Agreement",
        "JointConstructionAgreement",
        "signed",
    )
    assert [(part.actor, part.role) for part in link.participations] == [(actor.key, "party") for actor in first.actors]
    (group,) = link.groups
    assert (group.count, group.kind, group.role, group.includes_named) == (30, "moreThan", "party", False)
    assert (link.dates.start_earliest, link.dates.start_latest, link.dates.stated_as) == (
        date(2025, 11, 8),
        date(2025, 11, 8),
        "2025-11-08",
    )
    assert second.actors[1].domains == ("chalco.com.cn",)
    assert [(part.contribution, part.currency) for part in second.links[0].participations] == [
        (None, None),
        (Decimal("1200.50"), "CNY"),
    ]
    assert (second.links[0].dates.start_earliest, second.links[0].dates.precision) == (date(2026, 1, 1), "year")


def test_the_first_party_is_common_unless_the_mapping_names_another(tmp_path: Path) -> None:
    inputs = Inputs((mapped(tmp_path, TABLE.example.replace("common:", "# common:")), listed(tmp_path, TWO)))
    (record,) = used(list(TABLE.read(inputs)))
    assert record.links[0].common_party == "liaison-office/西安理工大学"
    assert [localise(note, "en")[:32] for note in inputs.notes] == ["the mapping names no common part"]


def test_an_actor_by_id_must_be_described_elsewhere(tmp_path: Path) -> None:
    text = TABLE.example.replace("  # department: {id: sx-edu}", "  department: {id: sx-edu}")
    files = (mapped(tmp_path, text), listed(tmp_path, TWO))
    assert len(used(list(TABLE.read(Inputs(files, {"sx-edu"}.__contains__))))) == 1
    with pytest.raises(InputError, match=r"m.yaml:\d+:20: no graph here describes an actor with the key 'sx-edu'"):
        list(TABLE.read(Inputs(files, {"other"}.__contains__)))


@pytest.mark.parametrize(
    ("scheme", "value", "reason"),
    [
        ("unifiedSocialCreditCode", "91350100M000100Y44", "check digit"),
        ("unifiedSocialCreditCode", "9135010", "it is no unifiedSocialCreditCode"),
        ("rorId", "https://ror.org/038avdt50", "it is no rorId"),
    ],
)
def test_an_identifier_is_checked_where_it_is_read(tmp_path: Path, scheme: str, value: str, reason: str) -> None:
    text = TABLE.example.replace("    domain: Website", f"    identifiers: {{{scheme}: Website}}")
    (row,) = rows(TABLE, mapped(tmp_path, text), listed(tmp_path, [*ONE[:3], value, *ONE[4:]]))
    assert isinstance(row, Refused)
    assert (row.location.column, row.value, reason in english(row.reason)) == ("Website", value, True)


def test_the_result_conforms(tmp_path: Path) -> None:
    quads, tally = ingested(TABLE, mapped(tmp_path), listed(tmp_path, TWO, ONE, DRAFT))
    graph = tmp_path / "g.nq"
    graph.write_text("".join(f"{quad} .\n" for quad in quads), encoding="utf-8")
    assert (tally.read, tally.used, tally.skipped, tally.refused) == (3, 2, (("draft", 1),), 0)
    assert build.check([graph]).findings == ()
    stated = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in quads}
    assert (str(HX.contribution), "1200.5") in stated
    assert {
        (PREFIXES["dct"] + "rights", text) for text in ("Liaison Office, not published", "Liaison Office，未公开")
    } <= stated


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [("t.csv", "utf-8-sig", ","), ("t.csv", "gb18030", ","), ("t.csv", "utf-16", ";"), ("t.tsv", "utf-8", "\t")],
)
def test_encodings_and_delimiters(tmp_path: Path, name: str, encoding: str, delimiter: str) -> None:
    path = listed(tmp_path, TWO, ONE, name=name, encoding=encoding, delimiter=delimiter)
    assert used(rows(TABLE, mapped(tmp_path), path))[0].actors[0].names[0].text == "西安理工大学"


def workbook(folder: Path, *lines: Sequence[object], name: str = "t.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = first_sheet(book)
    for line in (HEADER, *lines):
        sheet.append(list(line))
    book.save(folder / name)
    return folder / name


def test_a_workbook_and_parquet_equal_csv(tmp_path: Path) -> None:
    parquet = tmp_path / "t.parquet"
    pq.write_table(pa.table({name: [line[n] for line in (TWO, ONE)] for n, name in enumerate(HEADER)}), parquet)
    typed = [date(2025, 11, 8) if cell == "2025-11-08" else cell or None for cell in TWO]
    by_csv = read(tmp_path, TWO, ONE)
    for path in (workbook(tmp_path, typed, [*ONE[:8], 2026, 1200.5]), parquet):
        by_other = rows(TABLE, mapped(tmp_path), path)
        assert [(row.actors, row.links) for row in used(by_other)] == [(row.actors, row.links) for row in used(by_csv)]


def merged(folder: Path) -> Path:
    path = workbook(folder, TWO, ONE, [*TWO[:5], "协议", *TWO[6:]], ["2025-009", *TWO[1:9], "5"], ONE)
    book = openpyxl.load_workbook(path)
    for cells in ("B2:B3", "D4:D5", "F4:G4", "A6:J6"):
        first_sheet(book).merge_cells(cells)
    book.save(path)
    return path


def test_a_merged_cell_is_the_value_of_each_of_its_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path, [*TWO[:9], ""], ["2025-002", "", *ONE[2:]])
    book = openpyxl.load_workbook(path)
    first_sheet(book).merge_cells("B2:B3")
    book.save(path)
    parsed = used(rows(TABLE, mapped(tmp_path), path))
    assert [row.actors[0].names[0].text for row in parsed] == ["西安理工大学", "西安理工大学"]


@pytest.mark.parametrize(("cells", "column"), [("A2:A3", "No."), ("J2:J3", "Funds"), ("E2:E3", "Others")])
def test_a_merged_number_is_refused(tmp_path: Path, cells: str, column: str) -> None:
    path = workbook(tmp_path, [*ONE[:4], "5", *ONE[5:]], ONE)
    book = openpyxl.load_workbook(path)
    first_sheet(book).merge_cells(cells)
    book.save(path)
    (first, *_) = rows(TABLE, mapped(tmp_path), path)
    assert isinstance(first, Refused)
    assert (first.location.column, english(first.reason)[:18]) == (column, "one number for sev")


def test_merged_cells_are_refused_on_request(tmp_path: Path) -> None:
    path = merged(tmp_path)
    first, second, *_ = rows(TABLE, mapped(tmp_path, TABLE.example + "\nmerged: refuse\n"), path)
    for row in (first, second):
        assert isinstance(row, Refused)
        assert (row.location.column, english(row.reason)[:20]) == ("University", "the cell is merged w")


def test_a_header_of_two_rows_is_detected(tmp_path: Path) -> None:
    path = workbook(tmp_path, ONE)
    book = openpyxl.load_workbook(path)
    first_sheet(book).insert_rows(2)
    first_sheet(book).merge_cells("B1:B2")
    book.save(path)
    with pytest.raises(InputError, match=r"t\.xlsx:1: a column name spans several rows; write header: \[1, 2\]"):
        rows(TABLE, mapped(tmp_path), path)
    assert len(used(rows(TABLE, mapped(tmp_path, TABLE.example + "\nheader: [1, 2]\n"), path))) == 1


def test_one_of_several_sheets_must_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, TWO)
    book = openpyxl.load_workbook(path)
    book.create_sheet("notes")
    book.save(path)
    with pytest.raises(InputError, match="such as sheet: Sheet; the sheets are: Sheet, notes"):
        rows(TABLE, mapped(tmp_path), path)
    assert len(rows(TABLE, mapped(tmp_path, TABLE.example + "\nsheet: Sheet\n"), path)) == 1


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("No.", "", "the cell is empty"),
        ("University", "#REF!", "the spreadsheet reports an error here; fix the formula"),
        ("Type", "其他", "the mapping has no entry for it; it has entries for 战略合作, 共建"),
        ("Signed", "2025-02-30", "is a date that does not exist"),
        ("Others", "若干", "is not a count"),
        ("Funds", "12万美元", "is not an amount"),
        ("Website", "javascript:alert(1)", "it must be a web address"),
        ("Website", "a.cn;b.cn;c.cn", "it must be a web address"),
        ("Partner", "甲公司、乙公司等3家（", "has a bracket or a quotation mark without its"),
    ],
)
def test_an_invalid_cell_is_refused_with_its_location(tmp_path: Path, column: str, value: str, reason: str) -> None:
    line = [value if name == column else cell for name, cell in zip(HEADER, ONE, strict=True)]
    (row,) = read(tmp_path, line)
    assert isinstance(row, Refused)
    assert (row.location.file, row.location.row, row.location.column, row.value) == ("t.csv", 2, column, value)
    assert reason in english(row.reason)


def test_an_amount_requires_one_actor(tmp_path: Path) -> None:
    assert refused(read(tmp_path, [*TWO[:9], "5"])) == [(2, "Funds", "5")]
    assert refused(read(tmp_path, [*TWO[:2], "", *TWO[3:9], "5"])) == [(2, "Funds", "5")]


def test_an_actor_without_a_key_is_refused(tmp_path: Path) -> None:
    (row,) = read(tmp_path, [*ONE[:2], "", *ONE[3:9], ""])
    assert isinstance(row, Refused)
    assert (row.location.column, row.reason.en) == (
        "Partner",
        "the cell is empty, but Website is not; fill it in",
    )


def test_amounts_are_in_the_unit_of_the_mapping(tmp_path: Path) -> None:
    text = TABLE.example.replace("currency: CNY", "currency: CNY, in: 万元")
    (row,) = used(rows(TABLE, mapped(tmp_path, text), listed(tmp_path, ONE)))
    assert row.links[0].participations[1].contribution == 12_005_000


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (
            "kind: University ",
            "kind: Universities ",
            "Universities",
            "'Universities' is not allowed here; use one of: All",
        ),
        (
            "{zh: Partner}",
            "{zh: Partners}",
            "Partners}",
            "{table} has no column 'Partners'; its columns are: No.",
        ),
        (
            "role: party, money",
            "role: partei, money",
            "partei",
            "'partei' is not allowed here; use one of: associatedPar",
        ),
        (
            "actor: partner, ",
            "actor: partners, ",
            "partners",
            "'partners' is not allowed here; use one of: partner",
        ),
        ("currency: CNY", "curency: CNY", "curency", "'curency' is not allowed here; use one of: actor, currency"),
        (", currency: CNY", "", "{actor: partner", "money requires currency, and currency requires"),
        ("money: Funds", "money: 经费（万元）", "经费", "the column name contains a unit; add the unit of the values"),
        ("currency: CNY", "currency: CNY, in: 万", "万}", "'万' is not allowed here; use one of: billion, million"),
        (
            "money: Funds, currency: CNY",
            "in: 万元",
            "{actor: partner",
            "money requires currency, and currency requires",
        ),
        ("quality: university", "quality: blog", "blog", "'blog' is not allowed here; use one of: agency"),
        ("key: [No.]", "keys: [No.]", "keys", "'keys' is not allowed here; use one of: key, location, note, page"),
        ("form: Agreement", "form: Deal", "Deal", "'Deal' is not allowed here; use one of: Affiliation, Agreement"),
        ("split: ;", "unit_of: school\n    split: ;", "key: [Partner]", "unit_of must name another actor of the row"),
        ("common: university", "common: school", "school", "'school' is not allowed here; use one of: partner"),
        ("named: false", "named: perhaps", "perhaps", "'perhaps' is not allowed here; use one of: false, true"),
    ],
)
def test_an_error_in_the_mapping_has_line_and_column(tmp_path: Path, old: str, new: str, at: str, message: str) -> None:
    assert old in TABLE.example
    text, table = TABLE.example.replace(old, new, 1), listed(tmp_path, ONE)
    before = text[: text.index(at)].split("\n")
    with pytest.raises(InputError) as raised:
        rows(TABLE, mapped(tmp_path, text), table)
    place = f"{tmp_path / 'm.yaml'}:{len(before)}:{len(before[-1]) + 1}: "
    assert str(raised.value).startswith(place + message.format(table=table))


def test_a_table_requires_one_mapping(tmp_path: Path) -> None:
    for paths in ([listed(tmp_path, ONE)], [mapped(tmp_path)]):
        with pytest.raises(InputError, match="pass a mapping"):
            rows(TABLE, *paths)


UNIT = """
source: {key: s, publisher: P, quality: official, licence: CC0}
row: {key: [no]}
actors:
  host: {id: xaut}
  unit: {key: [unit], kind: Unit, names: {zh: unit}, unit_of: host}
"""


def test_the_host_of_a_unit_may_be_in_other_graphs(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("no,unit\n1,未来技术学院\n", encoding="utf-8")
    (record,) = used(rows(TABLE, mapped(tmp_path, UNIT), tmp_path / "u.csv"))
    assert [(actor.key, actor.unit_of) for actor in record.actors] == [("s/未来技术学院", "xaut")]
    assert record.links == ()


# Hostile input.


def test_a_bomb_is_refused_before_decompression(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_BYTES", 1 << 20)
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (2 << 20))
    with pytest.raises(InputError, match="2097152 bytes when decompressed, more than 1048576"):
        rows(TABLE, mapped(tmp_path), path)


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    good, path = workbook(tmp_path, ONE, name="good.xlsx"), tmp_path / "t.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE x [<!ENTITY e SYSTEM "secret.txt">]>' + text.partition(b"?>")[2].replace(
                    b"2025-002", b"&e;"
                )
            archive.writestr(name, text)
    with pytest.raises(InputError, match="the workbook cannot be read"):
        rows(TABLE, mapped(tmp_path), path)


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PAR1" * 10, b"\xff" * 100])
def test_a_file_of_another_format_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        rows(TABLE, mapped(tmp_path), tmp_path / name)


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.ods").write_bytes(b"")
    with pytest.raises(InputError, match=re.escape("save it as .xlsx; use one of: .csv, .tsv,")):
        rows(TABLE, mapped(tmp_path), tmp_path / "t.ods")


CELL = st.text(max_size=12)


@given(line=st.lists(CELL, min_size=10, max_size=10))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_is_used_skipped_or_refused(tmp_path: Path, line: list[str]) -> None:
    """One row gives one row, or one sentence about the file."""
    path = tmp_path / "t.csv"
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, line])
    path.write_bytes(out.getvalue().encode("utf-8"))
    message, parsed = "", []
    try:
        parsed = rows(TABLE, mapped(tmp_path), path)
    except InputError as error:
        message = str(error)
    assert "\n" not in message
    assert len(parsed) == (any(map(clean, line)) and not message)


def test_a_placeholder_of_a_draft_must_be_replaced(tmp_path: Path) -> None:
    text = UNIT.replace("host: {id: xaut}", "host: {kind: University, name: {zh: 请填写本单位名称}}")
    (tmp_path / "u.csv").write_text("no,unit\n1,某学院\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"m\.yaml:5:34: write the name of the organisation here"):
        rows(TABLE, mapped(tmp_path, text), tmp_path / "u.csv")
