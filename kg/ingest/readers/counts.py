"""Counts as people write them: 36, 36家, 十余家, over 280, 至少30家."""

from __future__ import annotations

import re
import unicodedata

from kg.ingest.readers.cells import ParseError
from kg.ingest.readers.numerals import number, with_digits

MEASURES = "家|个|個|所|项|項|名|户|戶|间|間|位|支|门|份|社|校"
"""Chinese and Japanese measure words after a count."""
THINGS = (
    "企业|公司|单位|高校|院校|学校|大学|机构|组织|厂商|企事业单位|成员单位|合作单位|合作企业|用人单位|科研院所|研究机构"
    "|企業|單位|機構|組織|廠商|大學|學校|院校|研究所|医院|协会|银行|会员|成员|合作方|签约单位|firms|companies|enterprises|organi[sz]ations|institutions"
    "|universities|partners|parties|members|units|bodies|others"
)
"""Nouns after a count."""
_MAX_LENGTH = 100
_MAX_COUNT = 10**9
_AFTER = rf"\s*(?:{MEASURES})?\s*(?:{THINGS})?"
_NUMBER = r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_COUNTS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("exact", rf"(?:共计|合计|总计|共有|共|计|达)?\s*{_NUMBER}{_AFTER}"),
        ("moreThan", rf"(?:>|over|more than|超过|超|逾|突破)\s*{_NUMBER}{_AFTER}"),
        ("moreThan", rf"{_NUMBER}\s*(?:余|多|几){_AFTER}"),
        ("atLeast", rf"(?:≥|>=|at least|至少|不少于|不低于|不下)\s*{_NUMBER}{_AFTER}"),
        ("atLeast", rf"{_NUMBER}\s*(?:\+|or more|以上|及以上)?{_AFTER}\s*(?:\+|or more|以上|及以上)?"),
        ("atLeast", rf"{_NUMBER}\s*[-~—至到]\s*[0-9]+{_AFTER}"),
        ("atLeast", rf"上\s*{_NUMBER}{_AFTER}"),
        ("approximate", rf"(?:~|about|around|approximately|nearly|约|大约|将近|近)\s*{_NUMBER}{_AFTER}"),
        ("approximate", rf"{_NUMBER}{_AFTER}\s*左右"),
    )
)
_TENS = re.compile(r"(?:数|几|好几)([十百千])")
_RANGE = re.compile(r"([一二三四五六七八九])([二三四五六七八九])(?=[十百千家个個所项名户间位])")


def count(text: str) -> tuple[int, str]:
    """Parse a count and its kind, a notation of ``count-kind``: "280余" and "over 280" mean more than 280.

    >>> count("超过280家"), count("十余家企业"), count("数十家")
    ((280, 'moreThan'), (10, 'moreThan'), (20, 'atLeast'))

    Raises:
        ValueError: the text is not a count.
    """
    plain = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip()
    several = _TENS.match(plain)
    if several:
        plain = f"至少二{several[1]}{plain[several.end() :]}"
    plain = with_digits(_RANGE.sub(_from, plain))
    for kind, pattern in _COUNTS:
        if len(text) <= _MAX_LENGTH and (match := pattern.fullmatch(plain)):
            found = int(match["n"].replace(",", ""))
            if found < _MAX_COUNT:
                return found, kind
    raise ParseError("is not a count; write 36, over 280, at least 30 or about 50")


def _from(match: re.Match[str]) -> str:
    """Return the lower bound of two neighbouring digits: 二三十家 is at least 20."""
    first, second = match[1], match[2]
    return f"至少{first}" if number(second) == (number(first) or 0) + 1 else match[0]
