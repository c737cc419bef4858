"""Invented ledgers of agreements, with the habits of offices."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import openpyxl

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
    sheet = book.active
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
