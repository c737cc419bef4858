"""A table without a mapping is inspected, and its draft reads it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers import ledgers
from helpers.samples import rows, skipped, used

from kg.ingest.inspect import budget, draft, report
from kg.ingest.inspect.survey import Survey, survey
from kg.ingest.inspect.trial import trial
from kg.ingest.readers import mapping_parser
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.table import TABLE
from kg.texts import localise

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.records import Record


def surveyed(path: Path) -> Survey:
    return survey(Inputs([path]), path)


def drafted(path: Path, language: str) -> Path:
    """Return the draft of the mapping of a table, as a file."""
    mapping = path.with_name("mapping.yaml")
    mapping.write_text(draft.draft(surveyed(path), path.stem, language), encoding="utf-8")
    return mapping


@pytest.fixture
def chinese(tmp_path: Path) -> Path:
    return ledgers.workbook(tmp_path / "台账.xlsx")


@pytest.fixture
def records(chinese: Path) -> dict[str, Record]:
    return {row.key: row for row in used(rows(TABLE, drafted(chinese, "zh"), chinese))}


def test_sheet_header_and_owner_are_found(chinese: Path) -> None:
    found = surveyed(chinese)
    assert (found.sheet, found.header_rows, found.rows, found.owner) == ("协议台账", (2,), 4, "甲市理工大学")


@pytest.mark.parametrize(
    ("write", "roles"),
    [
        (
            ledgers.workbook,
            ["key", "name", "unit", "partner", "kind", "start", "duration", "money", "person", "remark"],
        ),
        (ledgers.text, ["key", "name", "unit", "partner", "kind", "start", "end", "money"]),
    ],
)
def test_columns_have_roles(tmp_path: Path, write: object, roles: list[str]) -> None:
    path = ledgers.workbook(tmp_path / "t.xlsx") if write is ledgers.workbook else ledgers.text(tmp_path / "t.csv")
    assert [column.role for column in surveyed(path).columns] == roles


def test_every_row_is_used_or_skipped(chinese: Path) -> None:
    parsed = rows(TABLE, drafted(chinese, "zh"), chinese)
    assert len(used(parsed)) == 4
    assert skipped(parsed) == [(7, "totals"), (8, "notes")]


def test_only_the_first_rows_of_a_large_table_are_inspected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_CHARACTERS", 1000)
    path = tmp_path / "list.parquet"
    partners = pa.array([["甲公司", "乙公司"]] * 500)
    pq.write_table(pa.table({"合作单位": partners, "签约日期": ["2020-01-01"] * 500}), path)
    mapping = mapping_parser.read(drafted(path, "zh").read_text(encoding="utf-8").replace("填写", "…"), "mapping.yaml")
    tried = trial(Inputs([path]), path, mapping)
    survey = surveyed(path)
    assert 0 < survey.rows < 100
    notes = " ".join(str(localise(note, "en")) for note in report.table(survey, tried, ()).notes)
    assert f"The table is larger: meanings, filled cells and words are those of its first {survey.rows} rows." in notes
    assert 0 < sum((tried.used, tried.refused, *tried.skipped.values())) < 100
    assert tried.is_partial


def test_a_count_in_a_cell_of_partners_is_a_group(records: dict[str, Record]) -> None:
    (link,) = records["2"].links
    (group,) = link.groups
    assert (group.count, group.kind, group.includes_named, len(group.members)) == (5, "exact", True, 1)


def test_a_term_is_the_start_with_the_duration(records: dict[str, Record]) -> None:
    (link,) = records["1"].links
    assert (link.dates.start_earliest, link.dates.end_latest) == (date(2023, 5, 1), date(2027, 5, 30))
    assert (link.term_months, link.amounts[0].value) == (48, Decimal(1_200_000))


def test_an_open_end_has_no_bounds(records: dict[str, Record]) -> None:
    (link,) = records["3"].links
    assert (link.dates.end_latest, link.term_months, link.amounts) == (None, None, ())
    assert link.dates.stated_as == "2023年5月 – 长期"


def test_kinds_are_concepts_beside_the_words(records: dict[str, Record]) -> None:
    kinds = [(link.kind, link.stated_kind.text) for row in records.values() for link in row.links if link.stated_kind]
    assert kinds == [
        ("StrategicCooperationAgreement", "战略合作"),
        ("JointEducation", "人才培养"),
        ("PracticeBase", "实习基地"),
        ("Donation", "捐赠"),
    ]


def test_each_partner_has_a_class(records: dict[str, Record]) -> None:
    kinds = {actor.names[0].text: actor.kind for row in records.values() for actor in row.actors}
    assert kinds["乙县第一医院"] == "OtherOrganisation"
    assert kinds["丁研究所"] == "ResearchInstitute"
    assert kinds["丙软件有限公司"] == "Firm"


def test_a_merged_unit_belongs_to_both_rows(records: dict[str, Record]) -> None:
    units = [actor.names[0].text for key in ("1", "2") for actor in records[key].actors if actor.kind == "Unit"]
    assert units == ["机械工程学院", "机械工程学院"]


def test_an_english_ledger_is_drafted_too(tmp_path: Path) -> None:
    path = ledgers.text(tmp_path / "University of Delta.csv")
    first, second = used(rows(TABLE, drafted(path, "en"), path))
    assert [group.count for group in first.links[0].groups] == [3]
    assert (first.links[0].kind, second.links[0].kind) == ("CooperationAgreement", "PracticeBase")
    assert second.links[0].dates.end_latest is None
    assert [(one.value, one.currency) for one in second.links[0].amounts] == [(Decimal(25_000), "EUR")]


def test_a_header_of_two_rows_below_titles(tmp_path: Path) -> None:
    path = ledgers.province(tmp_path / "汇总.xlsx")
    found = surveyed(path)
    assert (found.header_rows, [column.role for column in found.columns]) == (
        (3, 4),
        ["university", "partner", "identifier", "kind", "term", "money", "money"],
    )
    parsed = rows(TABLE, drafted(path, "zh"), path)
    assert [len(row.links[0].amounts) for row in used(parsed)] == [2, 1, 2]
    assert skipped(parsed) == [(8, "totals")]


def test_the_owner_of_a_ledger_of_universities_is_a_firm(tmp_path: Path) -> None:
    path = ledgers.text(tmp_path / "t.csv")
    path.write_text("ID,University,Signed\n1,University of Alpha,2023\n2,University of Beta,2024\n", encoding="utf-8")
    assert "us: {kind: Firm, name: {en: NAME OF OUR ORGANISATION}}" in drafted(path, "en").read_text(encoding="utf-8")
