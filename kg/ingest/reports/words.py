"""Concepts of the ontology by the words of a report, in English and Chinese."""

from __future__ import annotations

import re

_AGREEMENTS = (
    ("StrategicCooperationAgreement", r"strategic|战略"),
    ("JointConstructionAgreement", r"joint(?:ly)?[ -](?:construct|build|built)|co-?construct|co-?build|共建"),
    ("CooperationMemorandum", r"memorand|\bMo[UA]\b|备忘录"),
    ("LetterOfIntent", r"letters? of intent|意向书"),
    ("CooperationIntent", r"\bintent|意向"),
)
_BODIES_EN = r"enterprise|compan(?:y|ies)|firm|universit|organi[sz]ation|school|member|partner|unit\b"
_BODIES_ZH = "企业|公司|高校|大学|院校|学校|单位|成员|家"
_THINGS = (
    ("studentPlaces", r"student places|实习岗位|岗位"),
    ("students", r"student|graduate|trainee|talent|学生|研究生|毕业生|人才|学员"),
    ("teachers", r"teacher|tutor|mentor|faculty|expert|professor|教师|导师|专家|教授"),
    ("bases", r"\bbases?\b|基地"),
    ("resources", r"resource|资源"),
    ("projects", r"project|项目|课题"),
    ("patents", r"patent|专利"),
    ("majors", r"\bmajors?\b|专业"),
    ("contracts", r"contract|agreement|合同|协议"),
    ("consortia", r"consorti|alliance|联盟|共同体|联合体"),
    ("organisations", rf"{_BODIES_EN}|{_BODIES_ZH}"),
    ("units", r"institution|institute|college|centre|center|laborator|机构|学院|研究院|研究所|中心|实验室|平台"),
    ("works", r"textbook|course|paper|教材|课程|论文"),
)
_PARTIES = re.compile(
    r"institution|institute|college|universit|enterprise|compan|firm|organi|school|member|partner|unit|party|parties"
    r"|机构|学院|院所|企业|公司|高校|大学|院校|学校|单位|成员|家|方",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:over|more than|exceed\w*|above)\b|余|多|超|逾", re.IGNORECASE)
_GUIDANCE = re.compile(r"guid|指导", re.IGNORECASE)
_HOSTS = (
    ("executingOrganiser", r"承办|organi[sz]ed by|undertak"),
    ("coOrganiser", r"协办|co-?organi|co-?host"),
    ("coOrganiser", r"支持单位|supported by"),
)


def agreement_kind(text: str) -> str:
    """Return the notation of the kind of an agreement.

    >>> agreement_kind("战略合作框架协议"), agreement_kind("joint construction agreement"), agreement_kind("agreement")
    ('StrategicCooperationAgreement', 'JointConstructionAgreement', 'CooperationAgreement')
    """
    return _first(_AGREEMENTS, text) or "CooperationAgreement"


def counted_thing(text: str, *, are_parties: bool) -> str | None:
    """Return the notation of what is counted; ``None`` if the ontology has none.

    >>> counted_thing("13 new institutions", are_parties=False), counted_thing("36家企业", are_parties=True)
    ('units', 'organisations')
    """
    if are_parties:
        return "organisations" if _PARTIES.search(text) else None
    return _first(_THINGS, text)


def count_kind(text: str, lower: int, upper: int | None) -> str:
    """Return whether a count is exact or a bound.

    >>> count_kind("over 280 resources", 280, None), count_kind("at least 5 firms", 5, None), count_kind("36家", 36, 36)
    ('moreThan', 'atLeast', 'exact')
    """
    if upper == lower:
        return "exact"
    if upper is not None:
        return "approximate"
    return "moreThan" if _MORE.search(text) else "atLeast"


def oversight_role(text: str) -> str:
    """Return the role of a body that guides or oversees, by the words of the sentence."""
    return "guide" if _GUIDANCE.search(text) else "overseer"


def host_role(text: str | None) -> str:
    """Return the role of an organiser of an event."""
    return _first(_HOSTS, text or "") or "organiser"


def _first(rules: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, pattern in rules if re.search(pattern, text, re.IGNORECASE)), None)
