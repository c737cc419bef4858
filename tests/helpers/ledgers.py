"""Invented ledgers of agreements, with the habits of offices."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
from helpers.workbooks import first_sheet

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = (
    ("序号", "协议名称", "学院", "合作单位", "协议类型", "签订日期", "有效期\n(年)", "经费(万元)", "负责人", "备注"),
    (1, "战略合作协议", "机械工程学院", "甲电子技术有限公司", "战略合作", "2023.5", 4, "120万", "张某", None),
    (2, "人才培养协议", None, "乙物流有限公司等5家企业", "人才培养", date(2023, 9, 1), 3, 50, "李某", "已续签"),
    (3, "实习基地协议", "交通学院", "丙汽车集团、丁研究所", "实习基地", "2023年5月", "长期", "/", "王某", None),
    (4, "捐赠协议", "计算机学院", "乙县第一医院\n丙软件有限公司", "捐赠", "2021", 5, 155.5, None, None),
    ("合计", None, None, None, None, None, None, 325.5, None, None),
    ("注：以上数据截至2025年底",),
)
"""A ledger below a title, with a merged unit in rows 1 and 2."""
ENGLISH = (
    ("No.", "Title", "Faculty", "Company", "Type", "Signed", "Valid until", "Budget (EUR)"),
    (
        "A-1",
        "Framework",
        "Engineering",
        "Alpha AG; Beta GmbH and 3 others",
        "cooperation",
        "2023-05-01",
        "2026-04-30",
        "",
    ),
    ("A-2", "Placements", "Science", "Gamma Ltd", "internship", "2022", "indefinite", "25,000"),
)


def workbook(path: Path) -> Path:
    """Write `CHINESE` as a workbook of two sheets."""
    book = openpyxl.Workbook()
    sheet = first_sheet(book)
    sheet.title = "协议台账"
    sheet.append(["甲市理工大学（虚构）校企合作协议台账（2019—2025年）"])
    sheet.merge_cells("A1:J1")
    for row in CHINESE:
        sheet.append(row)
    sheet.merge_cells("C3:C4")
    book.create_sheet("联系人").append(["姓名", "电话"])
    book.save(path)
    return path


def text(path: Path) -> Path:
    """Write `ENGLISH` as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(ENGLISH)
    return path


def province(path: Path) -> Path:
    """Write the summary of a province: two titles, a header of two rows, no numbers of rows."""
    book = openpyxl.Workbook()
    sheet = first_sheet(book)
    for row in (
        ("某省校企合作项目汇总表",),
        ("填报单位：某省教育厅   填报日期：2025年3月",),
        ("学校名称", "企业信息", None, "合作内容", "起止时间", "投入资金", None),
        (None, "企业名称", "统一社会信用代码", None, None, "企业投入(万元)", "学校投入(万元)"),
        ("甲职业技术学院", "乙科技有限公司", "91350100M000100Y43", "共建产业学院", "2023.9-2026.8", 100, 20),
        ("甲职业技术学院", "丙集团有限公司、丁有限公司", None, "订单班", "2022年9月至2025年7月", "50万元", None),
        ("戊大学", "己银行", None, "奖学金", "2021-2024", 30, 0),
        ("合计", None, None, None, None, 180, 20),
    ):
        sheet.append(row)
    for cells in ("A3:A4", "B3:C3", "D3:D4", "E3:E4", "F3:G3", "A1:G1"):
        sheet.merge_cells(cells)
    book.save(path)
    return path


def star(path: Path) -> Path:
    """Write six agreements of one university as CSV."""
    rows = [(str(n), "甲大学", f"{name}有限公司", "2023") for n, name in enumerate("乙丙丁戊己庚", 1)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("序号", "学校", "合作单位", "签订日期"), *rows])
    return path
