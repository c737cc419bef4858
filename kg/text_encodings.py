# ruff: noqa: PLR2004 - the numbers are bytes of the encodings
"""Encodings of text files, decided by evidence: a byte order mark, valid UTF-8, or plausible letters.

A legacy encoding decodes almost any bytes, so that success alone proves nothing. Each candidate is scored by the
share of its letters that are common in its language. A file is refused if two candidates read it differently and
equally well.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.texts import Message

if TYPE_CHECKING:
    from kg.texts import Text

ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1252", "cp1250", "cp1251", "cp1253")
"""Candidates; a legacy encoding before the others is preferred if both read the file alike."""

_NAMES = {
    "gb18030": "GB18030", "big5hkscs": "Big5", "cp932": "Shift JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR",
    "cp1252": "Windows-1252", "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1253": "Windows-1253",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE", "utf-32": "UTF-32",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}"
)
_WORD = re.compile(r"[^\W\d_]+")
_TYPOGRAPHY = frozenset("“”‘’„–—…•€§°·«»™®²³ºª¿¡ \u00a0")
_PLAUSIBLE, _CLEAR = 0.8, 0.25
_UTF8_SHARE = 3
_SHOWN = 60
_MIN_HANGUL = 8
_NAME_IT = Message("save it as UTF-8, or name the encoding in the mapping")


class Decision(NamedTuple):
    """An encoding, and a sentence about the evidence; empty for UTF-8."""

    encoding: str
    note: str


class _Candidate(NamedTuple):
    score: float
    encoding: str
    text: str


def name_of(encoding: str) -> str:
    """Return the usual name of an encoding."""
    return _NAMES.get(encoding, encoding)


def declared(encoding: str) -> str | None:
    """Return the codec of a named encoding, ``None`` if it is unknown; GBK and GB2312 are read as GB18030."""
    try:
        codec = codecs.lookup(encoding.strip()).name
    except LookupError:
        return None
    wider = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"}
    return wider.get(codec, "utf-8-sig" if codec == "utf-8" else codec)


def decide(start: bytes, path: str, remedy: Text = _NAME_IT) -> Decision:
    """Return the encoding of a text that begins with `start`.

    Raises:
        InputError: no encoding is plausible, or several are; the message gives a line in each of them.
    """
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return Decision(encoding, "")
    if (wide := _wide(start)) is not None:
        return Decision(wide, f"read as {name_of(wide)}, by its zero bytes")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError as error:
        if _mostly_utf8(start):
            raise InputError(
                "{path}:{start}; correct this character", path=path, start=wrong_byte(start, error)
            ) from error
    else:
        return Decision("utf-8", "")
    ranked = sorted(_candidates(start), key=lambda one: -one.score)
    good = [one for one in ranked if one.score >= _PLAUSIBLE and one.score >= ranked[0].score - _CLEAR]
    if good and all(one.text == good[0].text for one in good):
        return Decision(good[0].encoding, f"read as {name_of(good[0].encoding)}, by its letters")
    shown = good or ranked[:3]
    lines = "; ".join(f"{name_of(one.encoding)}: {_line(start, one.encoding)}" for one in shown)
    reason = Message("its encoding is doubtful") if good else Message("no encoding fits")
    raise InputError(
        "{path}: {reason}; {remedy} ({lines})",
        path=path,
        reason=reason,
        remedy=remedy,
        lines=lines,
    )


def decode(data: bytes, encoding: str, path: str) -> str:
    """Return the text of a whole file, with its line ends as they are.

    Raises:
        InputError: a byte is not valid; the message contains the place.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("{path}:{start}; correct this character", path=path, start=wrong_byte(data, error)) from error


def wrong_byte(data: bytes, error: UnicodeDecodeError, *, lines: int = 0) -> str:
    """Return line, character and byte of the first wrong byte, as ``2:7: …``; `lines` precede the data."""
    before = data[: error.start]
    line = lines + before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode(error.encoding, "replace")) + 1
    value = data[error.start] if error.start < len(data) else 0
    return f"{line}:{column}: the byte 0x{value:02X} is not valid {error.encoding.upper()}"


def _wide(start: bytes) -> str | None:
    """Return UTF-16 if the zero bytes, which begin or end its ASCII letters, are in odd or in even places only."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 2 or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _mostly_utf8(start: bytes) -> bool:
    valid = len(_UTF8_LETTER.findall(start))
    runs = len(re.findall(rb"[\x80-\xff]+", _UTF8_LETTER.sub(b" ", start)))
    return valid >= _UTF8_SHARE * runs and len(re.findall(rb"[\xe1-\xef][\x80-\xbf]{2}", start)) > 0


def _candidates(start: bytes) -> list[_Candidate]:
    found = []
    for encoding in ENCODINGS[1:]:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeDecodeError:
            continue
        found.append(_Candidate(_score(text, start, encoding), encoding, text))
    return found


def _score(text: str, start: bytes, encoding: str) -> float:
    """Return the share of the letters beyond ASCII that are common in the language of the encoding."""
    letters = [letter for letter in text if not letter.isascii()]
    if not letters or any(unicodedata.category(letter) in {"Cc", "Co", "Cn"} for letter in letters):
        return 0.0
    if encoding.startswith("cp125"):
        return _western(text, len(letters))
    common = sum(_is_common(letter, encoding) for letter in letters) / len(letters)
    has_kana = any("\u3040" <= letter <= "\u30ff" for letter in letters)
    if encoding in {"gb18030", "euc_jp"} and not has_kana and _within_hangul(start):
        return common / 2
    if encoding in {"cp932", "euc_jp"} and not has_kana:
        return common * (0.9 if encoding == "cp932" else 0.85)
    return common


def _is_common(letter: str, encoding: str) -> bool:
    """Return whether a letter is among the common ones of a character set, or is its punctuation."""
    if unicodedata.east_asian_width(letter) == "F" or "\u3000" <= letter <= "\u3017" or letter in _TYPOGRAPHY:
        return True
    code = letter.encode(encoding)
    lead = code[0] if len(code) == 2 else 0
    match encoding:
        case "gb18030":
            return 0xB0 <= lead <= 0xD7 and code[1] >= 0xA1
        case "big5hkscs":
            return 0xA4 <= lead <= 0xC6
        case "cp949":
            return 0xB0 <= lead <= 0xC8 and code[1] >= 0xA1
        case "cp932":
            return "\u3040" <= letter <= "\u30ff" or 0x88 <= lead <= 0x97
    return "\u3040" <= letter <= "\u30ff" or 0xB0 <= lead <= 0xCF


def _within_hangul(start: bytes) -> bool:
    """Return whether all leading bytes are those of Hangul, which would be odd for Chinese: it has them to 0xD7."""
    leads = [pair[0] for pair in re.findall(rb"[\xa1-\xfe][\xa1-\xfe]", start) if pair[0] >= 0xB0]
    return len(leads) >= _MIN_HANGUL and max(leads) <= 0xC8


def _western(text: str, total: int) -> float:
    """Return the share of letters that are typography, or of the alphabet of the word in which they are."""
    good = sum(letter in _TYPOGRAPHY for letter in text if not letter.isascii())
    for match in _WORD.finditer(text):
        word = match[0]
        others = [letter for letter in word if not letter.isascii()]
        latin = all("LATIN" in unicodedata.name(letter, "") for letter in others)
        accented = latin and len(others) * 2 <= len(word) + 1 and not re.search(r"[a-zà-ÿ][A-ZÀ-Þ]", word)
        if accented or (len(others) == len(word) > 1 and _is_one_alphabet(word)):
            good += len(others)
    return good / total


def _is_one_alphabet(word: str) -> bool:
    alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return alphabets in ({"CYRILLIC"}, {"GREEK"}) and word[1:] in (word[1:].lower(), word[1:].upper())


def _line(start: bytes, encoding: str) -> str:
    """Return the first line with a byte beyond ASCII, decoded."""
    line = next((one for one in start.splitlines() if _HIGH.search(one)), b"")
    text = line.decode(encoding, "replace")[:_SHOWN]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
