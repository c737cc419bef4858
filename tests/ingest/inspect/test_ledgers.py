"""Ledgers of different habits, each read with its own draft: what a person sees is what is stated."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers.samples import rows, used
from helpers.workbooks import first_sheet

from kg.ingest.inspect import draft
from kg.ingest.inspect.survey import survey
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.mapping_keys import PLACEHOLDER
from kg.ingest.readers.table import TABLE

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.records import Record

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Ledger:
    """A table, and for each used row the parties, the kind, the term, the amounts and the counts in one text.

    Attributes:
        file: its name, which decides the format.
        merged: merged cells of a workbook.
    """

    file: str
    table: tuple[tuple[Cell, ...], ...]
    stated: tuple[str, ...]
    merged: tuple[str, ...] = ()
    encoding: str = "utf-8"


LEDGERS = {
    "an office with a title": Ledger(
        "甲大学校企合作台账.xlsx",
        (
            ("甲大学校企合作台账",),
            ("序号", "合作企业", "合作类型", "签订时间", "有效期"),
            (1, "乙集团有限公司、丙科技有限公司", "战略合作", date(2023, 5, 1), "三年"),
            (2, "丁医院等4家单位", "实习基地", "2022年9月", "长期"),
            ("合计", "2项"),
        ),
        (
            "甲大学, 乙集团有限公司, 丙科技有限公司 | StrategicCooperationAgreement | 2023-05-01 – 2026-04-30",
            "甲大学, 丁医院 | PracticeBase | 2022-09 – ? | 4 exact",
        ),
        ("A1:E1",),
    ),
    "schools inside, merged, an own number and money in 10,000 yuan": Ledger(
        "台账.xlsx",
        (
            ("协议编号", "二级学院", "合作单位", "协议类型", "签约日期", "到期日期", "合同额（万元）", "负责人"),
            ("X-01", "机电学院", "乙有限公司", "技术开发", "2023-03-18", "2024-03-17", 12.5, "张某"),
            ("X-02", None, "丙研究所", "技术服务", "2023/4/1", "2024/3/31", "8万元", "李某"),
        ),
        (
            "机电学院, 乙有限公司 | TechnologyDevelopmentContract | 2023-03-18 – 2024-03-17 | 125000 CNY",
            "机电学院, 丙研究所 | TechnologyServiceContract | 2023-04-01 – 2024-03-31 | 80000 CNY",
        ),
        ("B2:B3",),
    ),
    "a province with a header of two rows": Ledger(
        "汇总.xlsx",
        (
            ("某省产教融合项目汇总表",),
            ("学校名称", "企业信息", None, "合作内容", "起止时间"),
            (None, "企业名称", "统一社会信用代码", None, None),
            ("甲职业技术学院", "乙科技有限公司", "91350100M000100Y43", "共建产业学院", "2023.9-2026.8"),
            ("丙大学", "丁银行", None, "奖学金", "2021-2024"),
        ),
        (
            "甲职业技术学院, 乙科技有限公司 | JointConstructionAgreement | 2023-09 – 2026-08",
            "丙大学, 丁银行 | Donation | 2021 – 2024",
        ),
        ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "A1:E1"),
    ),
    "the view of a firm": Ledger(
        "高校合作.csv",
        (
            ("编号", "高校", "项目名称", "类别", "开始时间", "结束时间", "投入（元）"),
            ("1", "甲大学", "联合实验室", "共建", "2022.1", "2024.12", "1,200,000"),
            ("2", "乙大学；丙学院", "订单培养", "订单班", "2023", "待定", "/"),
        ),
        (
            "…, 甲大学 | JointConstructionAgreement | 2022-01 – 2024-12 | 1200000 CNY",
            "…, 乙大学, 丙学院 | OrderClass | 2023 – ?",
        ),
    ),
    "a firm in English": Ledger(
        "universities.csv",
        (
            ("ID", "University", "Type", "Start date", "End date", "Funding (kEUR)"),
            ("7", "University of Alpha", "research", "2023-01-01", "2025-12-31", "150"),
            ("8", "Beta College; University of Gamma", "internship", "1 March 2024", "", ""),
        ),
        (
            "…, University of Alpha | TechnologyDevelopmentContract | 2023-01-01 – 2025-12-31 | 150000 EUR",
            "…, Beta College, University of Gamma | PracticeBase | 2024-03-01 – ?",
        ),
    ),
    "an international office in English": Ledger(
        "MoU list.xlsx",
        (
            ("No.", "Partner institution", "Kind of agreement", "Signed", "Valid until", "Remarks"),
            (1, "Acme Motors Ltd and 2 others", "MoU", "May 2022", "indefinite", "renewed"),
            (2, "Institute of Steel", "Framework agreement", 2021, 2026, None),
        ),
        (
            "…, Acme Motors Ltd | CooperationMemorandum | 2022-05 – ? | 2 exact",
            "…, Institute of Steel | CooperationAgreement | 2021 – 2026",
        ),
    ),
    "an old system with GB 18030": Ledger(
        "导出.csv",
        (
            ("序号", "学校", "企业名称", "协议名称", "签订日期", "其他企业数量"),
            ("1", "甲大学", "乙汽车有限公司", "实习协议", "20230901", "30余家"),
            ("2", "甲大学", "丙矿业集团", "捐赠协议", "2020年", "0"),
        ),
        (
            "甲大学, 乙汽车有限公司 | CooperationAgreement | 2023-09-01 – ? | 30 moreThan",
            "甲大学, 丙矿业集团 | CooperationAgreement | 2020 – ?",
        ),
        encoding="gb18030",
    ),
    "partners on several lines": Ledger(
        "二〇二四年协议.xlsx",
        (
            ("序\n号", "合作单位\n（全称）", "协议\n类型", "签订\n日期", "年限（月）"),
            (1, "甲有限公司\n乙有限公司", "产学研合作", date(2024, 1, 15), 18),
            (2, "丙区教育局", "培训", "2024.3", "36个月"),
        ),
        (
            "…, 甲有限公司, 乙有限公司 | CooperationAgreement | 2024-01-15 – 2025-07-14",
            "…, 丙区教育局 | Training | 2024-03 – 2027-03",
        ),
    ),
    "slashes between names, and terms among days": Ledger(
        "合作.xlsx",
        (
            ("序号", "合作单位", "协议类型", "签订日期", "有效期(年)"),
            (1, "甲有限公司/乙有限公司", "培训", "2024.5-2025.4", 1),
            (2, "丙有限公司+丁集团", "捐赠", "2024年3月", 2),
        ),
        (
            "…, 甲有限公司, 乙有限公司 | Training | 2024-05 – 2025-04",
            "…, 丙有限公司, 丁集团 | Donation | 2024-03 – 2026-03",
        ),
    ),
    "a slash and a comma within names": Ledger(
        "partners.csv",
        (
            ("No.", "Partner", "Type", "Signed"),
            ("1", "Gamma A/S", "training", "2024-05-01"),
            ("2", "Zeta Company, Inc.", "training", "2024-05-01"),
        ),
        (
            "…, Gamma A/S | Training | 2024-05-01 – ?",
            "…, Zeta Company, Inc. | Training | 2024-05-01 – ?",
        ),
    ),
    "a semicolon file of a project office": Ledger(
        "projects.csv",
        (
            ("Number", "Project", "Partner", "Status", "From", "To", "Amount"),
            ("P1", "Batteries", "Alpha GmbH", "running", "01.02.2023", "31.01.2025", "EUR 25,000"),
            ("P2", "Rails", "Beta AG", "completed", "2020", "2022", "EUR 1,000.50"),
        ),
        (
            "…, Alpha GmbH | CooperationAgreement | 2023-02-01 – 2025-01-31 | 25000 EUR",
            "…, Beta AG | CooperationAgreement | 2020 – 2022 | 1000.5 EUR",
        ),
    ),
    "a unit above the header, open ends after a dash, and totals of parts": Ledger(
        "一览表.xlsx",
        (
            ("丙职业技术学院2024年产教融合项目一览表",),
            ("填表单位：校企合作处", None, None, None, None, "单位：万元"),
            ("序号", "二级学院", "企业信息", None, "起止时间", "协议金额", "到账金额", "备注"),
            (None, None, "企业名称", "所属行业"),
            (1, "智能学院", "丁机床股份有限公司等5家企业", "制造业", "2021.09—长期", 120, 60, None),
            (
                2,
                None,
                "戊（丁市）有限公司、己厂",
                "制造业",
                "2022年第3季度-2025年7月",
                35.5,
                "35.5万元",
                None,
            ),
            ("小计", None, None, None, None, 155.5, 95.5, None),
            (3, "信息学院", "庚科技有限公司\n辛数据有限公司", "信息", "三年（2023.6起）", "/", 0, "在谈"),
            ("合计", None, None, None, None, 155.5, 95.5, None),
            ("填表人：李某",),
        ),
        (
            "智能学院, 丁机床股份有限公司 | CooperationAgreement | 2021-09 – ? | 1200000 CNY | 600000 CNY | 5 exact",
            "智能学院, 戊（丁市）有限公司, 己厂 | CooperationAgreement | 2022 – 2025-07 | 355000 CNY | 355000 CNY",
            "信息学院, 庚科技有限公司, 辛数据有限公司 | CooperationAgreement | 2023-06 – 2026-06 | 0 CNY",
        ),
        ("A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "G3:G4", "H3:H4", "B5:B6"),
    ),
    "dates with the month first, thousands, and commas between firms": Ledger(
        "Partnerships Eta University 2024.csv",
        (
            ("Agreement ID", "Partner(s)", "Type", "Signed", "Expires", "Value (USD k)"),
            (
                "A-1",
                "Alpha & Söhne GmbH, Beta AG and 12 others",
                "Donation",
                "03/15/2023",
                "03/14/2026",
                "1,250.5",
            ),
            ("A-2", "Gamma, Xi & Sons LLP", "Joint lab", "01/02/2024", "3 years", "75"),
            ("A-3", "Beta Co., Ltd.; AT&T Inc.", "MoU", "Oct 2023", "indefinite", "TBD"),
            ("Total", "", "", "", "", "1325.5"),
        ),
        (
            "Eta University, Alpha & Söhne GmbH, Beta AG | Donation | 2023-03-15 – 2026-03-14 | 1250500 USD | 12 exact",
            "Eta University, Gamma, Xi & Sons LLP | JointConstructionAgreement | 2024-01-02 – 2027-01-01 | 75000 USD",
            "Eta University, Beta Co., Ltd., AT&T Inc. | CooperationMemorandum | 2023-10 – ?",
        ),
        encoding="cp1252",
    ),
    "numbers as they are shown, and notes below": Ledger(
        "意向与协议.xlsx",
        (
            ("编号", "对方", "进展", "日期", "金额(万元)"),
            ("001", "甲农业合作社", "意向", 2023, 3),
            ("002", "“乙、丙”联合体有限公司", "已签", "2023年12月31日", "约5"),
            ("注：数据截至2024年",),
        ),
        (
            "…, 甲农业合作社 | CooperationAgreement | 2023 – ? | 30000 CNY",
            "…, “乙、丙”联合体有限公司 | CooperationAgreement | 2023-12-31 – ? | 50000 CNY",
        ),
    ),
}


def written(folder: Path, ledger: Ledger) -> Path:
    path = folder / ledger.file
    if path.suffix == ".csv":
        delimiter = ";" if ledger.file == "projects.csv" else ","
        with path.open("w", encoding=ledger.encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(ledger.table)
        return path
    book = openpyxl.Workbook()
    for row in ledger.table:
        first_sheet(book).append(row)
    for cells in ledger.merged:
        first_sheet(book).merge_cells(cells)
    book.save(path)
    return path


def described(record: Record) -> str:
    """Return the parties, the kind, the term, the amounts and the counts of the link of a row."""
    (link,) = record.links
    names = {actor.key: actor.names[0].text for actor in record.actors}
    parties = [names[part.actor] for part in link.participations if part.role == "party"]
    dates = link.dates
    term = f"{shown(dates.start_earliest, dates.start_latest)} – {shown(dates.end_earliest, dates.end_latest)}"
    amounts = [f"{one.value.normalize():f} {one.currency}" for one in link.amounts]
    counts = [f"{group.count} {group.kind}" for group in link.groups]
    return " | ".join((", ".join(parties), link.kind, term, *amounts, *counts))


def shown(first: date | None, last: date | None) -> str:
    """Return a day, a month, or a year, by its bounds; the end of a term that is counted from a month is a month."""
    if first is None or last is None:
        return "?"
    if first == last:
        return first.isoformat()
    return str(first.year) if (last - first).days > 31 else f"{last:%Y-%m}"


@pytest.mark.parametrize("name", LEDGERS)
def test_a_ledger_is_stated_as_it_is_seen(tmp_path: Path, name: str) -> None:
    ledger = LEDGERS[name]
    path = written(tmp_path, ledger)
    chinese = any("\u3400" <= letter <= "\u9fff" for row in ledger.table for letter in str(row[0]) + str(row[1:2]))
    text = draft.draft(survey(Inputs([path]), path), path.stem, "zh" if chinese else "en")
    for placeholder in PLACEHOLDER.values():
        text = text.replace(placeholder, "…")
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    parsed = rows(TABLE, tmp_path / "mapping.yaml", path)
    assert tuple(map(described, used(parsed))) == ledger.stated, [row for row in parsed if row not in used(parsed)]


def test_a_parquet_file_is_read_with_its_draft(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    columns = {
        "编号": ["1"],
        "学校": ["甲大学"],
        "合作单位": [["乙有限公司", "丙有限公司"]],
        "签订日期": ["2024-05-01"],
    }
    pq.write_table(pa.table(columns), path)
    (tmp_path / "mapping.yaml").write_text(draft.draft(survey(Inputs([path]), path), "t", "zh"), encoding="utf-8")
    (record,) = used(rows(TABLE, tmp_path / "mapping.yaml", path))
    assert described(record) == "甲大学, 乙有限公司, 丙有限公司 | CooperationAgreement | 2024-05-01 – ?"
