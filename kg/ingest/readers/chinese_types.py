# ruff: noqa: E501 - a rule on one line is a row of a table
"""Classification of organisations by their Chinese or Latin name, for tables without a column of types."""

from __future__ import annotations

import re

from kg.ingest.readers.organisation_types import kind_of

_BRACKETS = re.compile(r"[（(][^）)]*[）)]$")
_RULES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("OtherOrganisation", r"(?:医院|卫生院|法院|检察院|出版社|报社|博物馆|图书馆|中学|小学|附中|技工学校|工会|基金会|律师事务所|会计师事务所|电视台|书店)$"),
        ("Firm", r"(?:公司|集团|厂|银行|合作社|事务所|工作室|酒店|农场)$"),
        ("Alliance", r"(?:联盟|共同体|联合体)$"),
        ("Association", r"(?:协会|学会|商会|联合会|促进会|研究会|理事会)$"),
        ("VocationalCollege", r"(?:职业(?:技术)?(?:大学|学院)|高等专科学校|职业(?:技术|中等专业)?学校|技师学院)$"),
        ("ResearchInstitute", r"(?:研究院|研究所|研究中心|科学院|工程院|设计院|实验室|勘察院|规划院)$"),
        ("University", r"(?:大学|学院|大学.{0,8}校区|党校)$"),
        ("GovernmentDepartment", r"(?:人民政府|政府|委员会|管委会|厅|局|部|办公室|开发区|高新区|园区|街道办事处|发改委|经信委|科协|街道|镇|县|市|省)$"),
    )
)  # fmt: skip


def kind_by_name(name: str) -> str:
    """Return the local name of the class of an organisation; ``OtherOrganisation`` if its name matches no rule.

    >>> kind_by_name("西安理工大学"), kind_by_name("甲市某某物流有限公司（总部）"), kind_by_name("甲市第一医院")
    ('University', 'Firm', 'OtherOrganisation')
    """
    plain = _BRACKETS.sub("", name).strip()
    if not re.search("[\u3400-\u9fff]", plain):
        return kind_of(plain)
    return next((kind for kind, pattern in _RULES if pattern.search(plain)), "OtherOrganisation")
