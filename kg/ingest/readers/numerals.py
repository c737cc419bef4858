"""Numbers written in Chinese, such as 三十六, 两百 or 十余."""

from __future__ import annotations

import re

_DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_DIGITS |= {letter: value for value, letter in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LETTERS = "".join(_DIGITS) + "".join(_TENS) + "万萬亿億廿卅"
"""Letters of Chinese numbers, for patterns."""
_SHORT = str.maketrans({"廿": "二十", "卅": "三十", "萬": "万", "億": "亿"})
_NUMERAL = re.compile(f"[{LETTERS}]+")
_DIGIT_STRING = re.compile(f"[{''.join(_DIGITS)}]{{2,}}")


def number(text: str) -> int | None:
    """Return the number that a Chinese numeral writes; `None` for other texts.

    >>> number("三十六"), number("二〇二三"), number("两百零五"), number("一万二千"), number("家")
    (36, 2023, 205, 12000, None)
    """
    if not _NUMERAL.fullmatch(text):
        return None
    if _DIGIT_STRING.fullmatch(text):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total = section = digit = 0
    for letter in text.translate(_SHORT):
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in _TENS:
            section += (digit or 1) * _TENS[letter]
            digit = 0
        else:
            total = (total + section + digit or 1) * (10**4 if letter == "万" else 10**8)
            section = digit = 0
    return total + section + digit


def with_digits(text: str) -> str:
    """Return a text with its Chinese numbers in digits.

    >>> with_digits("二〇二三年十二月"), with_digits("十余家")
    ('2023年12月', '10余家')
    """
    return _NUMERAL.sub(lambda match: str(number(match[0])), text)
