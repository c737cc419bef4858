"""Normalisation of names for comparison; the spelling of the source is kept and never changed.

A name is folded (Unicode NFKC, lower case, one apostrophe, no accents, ``ue`` as ``u``, simplified characters) and
split into words. Articles and legal forms such as 有限公司, ``Co., Ltd.`` or ``S.p.A.`` are removed. Words with one
meaning in many languages become one concept (``lexicon.tsv``), and other Chinese words are spelt in pinyin. For
example, 西安理工大学 and "Xi'an University of Technology" consist of the same three words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from opencc import OpenCC
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]+")
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
_AMPERSAND = re.compile(r"(?<=\b\w)&(?=\w\b)|(?<=\b\w\w)&(?=\w\b)")
_ELISION = re.compile(r"\b(l|d|m|n|s|t|dell|nell|sull|all|qu|un)'(?=\w)")
_LETTERS = str.maketrans(
    dict.fromkeys("’‘ʼ´`′＇", "'") | {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"}
)
_DIGRAPHS = re.compile(r"([aou])e")
_SINGLES = re.compile(r"\b(?:[^\W\d] ){1,4}[^\W\d]\b")
_PINYIN = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)){2,}"
)
_CHINESE_LOOK = re.compile(r"zh|x|q|ng")
_NUMBER = re.compile(r"\d+")
_CHINESE_NUMBERS = {char: str(number) for number, char in enumerate("〇一二三四五六七八九十")}
_NTH = re.compile(r"第([〇一二三四五六七八九十]+)")
_COUNTED = re.compile(r"([〇一二三四五六七八九十]+)(?=[院校部厂局所队号冶航汽])")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_WRITTEN = {
    word: str(number)
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th"), 1
    )
    for word in words.split()
}
_OWN_PINYIN = {"陕": "shaan"}
"""Usual spellings that differ from pinyin: Shaanxi (陕西) is not Shanxi (山西)."""

_IGNORED = frozenset({"legal", "filler"})
_MIN_FUZZY, _MIN_ALIKE = 8, 0.9
"""Minimum length of a word that is compared with the lexicon, and minimum similarity of both spellings."""
_MAX_ACRONYM = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A normalised name.

    Attributes:
        text: the spelling of the source.
        words: distinct words in Latin letters, in order: words, concepts of the lexicon, pinyin.
        pieces: the same in the original script; equal to `words` for a Latin name.
        han: whether the name contains Chinese characters.
        numbers: its numbers, in digits.
        acronym: whether it is a single short word in capitals.
        folded: the result of `fold`.
        letters: folded letters and digits without separators, because lists often lose spaces.
        spelt: the words of a Latin name as the source spells them, without and with its articles; for acronyms.
    """

    text: str
    words: tuple[str, ...]
    pieces: tuple[str, ...]
    han: bool
    numbers: frozenset[str]
    acronym: bool
    folded: str
    letters: str
    spelt: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@cache
def normalise(text: str) -> Name:
    """Return `text` as a normalised name."""
    plain = _simplified(unicodedata.normalize("NFKC", text))
    han = _HAN.search(plain) is not None
    pieces = tuple(_pieces(_NTH.sub(lambda match: f" {_chinese_number(match.group(1))} ", plain)))
    concept_of = [(piece, _concept(piece)) for piece in pieces]
    unformed = tuple(piece for piece, concept in concept_of if concept != "legal")
    kept = concept_of
    kept = [(piece, concept) for piece, concept in kept if concept not in _IGNORED]
    kept = kept or [(piece, None) for piece in pieces]
    words = dict.fromkeys(concept or _latin(piece) for piece, concept in kept)
    own = dict.fromkeys(piece for piece, _ in kept) if han else words
    short = plain.strip()
    return Name(
        text=text,
        words=tuple(words),
        pieces=tuple(own),
        han=han,
        numbers=frozenset(_numbers(plain, pieces)),
        acronym=len(words) == 1 and 1 < len(short) <= _MAX_ACRONYM and short.isupper() and short.isascii(),
        folded=(folded := fold(plain)),
        letters=fold("".join(_WORD.findall(folded))),
        spelt=((), ()) if han else (tuple(dict.fromkeys(piece for piece, _ in kept)), unformed),
    )


@lru_cache(maxsize=1 << 16)
def _concept(piece: str) -> str | None:
    """Return the concept of a word: its own in the lexicon, or that of a long word which is spelt almost alike."""
    lexicon = _lexicon()
    if piece in lexicon or len(piece) < _MIN_FUZZY or not piece.isascii():
        return lexicon.get(piece)
    alike = (
        (Indel.normalized_similarity(piece, word, score_cutoff=_MIN_ALIKE), word)
        for word in _by_first_letters().get(piece[:4], ())
    )
    similarity, word = max(alike, default=(0.0, ""))
    return lexicon[word] if similarity >= _MIN_ALIKE else None


@cache
def _by_first_letters() -> dict[str, tuple[str, ...]]:
    """Return the long Latin words of the lexicon by their first four letters."""
    found: dict[str, list[str]] = {}
    for word, concept in _lexicon().items():
        if len(word) >= _MIN_FUZZY - 1 and word.isascii() and concept not in _IGNORED and concept not in provinces():
            found.setdefault(word[:4], []).append(word)
    return {first: tuple(words) for first, words in found.items()}


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, with one apostrophe, and ``ae oe ue`` as ``a o u``."""
    small = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    if not small.isascii():
        small = "".join(char for char in unicodedata.normalize("NFKD", small) if not unicodedata.combining(char))
    return _DIGRAPHS.sub(r"\1", small)


def _pieces(plain: str) -> Iterator[str]:
    """Yield the words of a name: folded Latin words and segmented Chinese words."""
    at = 0
    for match in _HAN.finditer(plain):
        yield from _latin_words(plain[at : match.start()])
        yield from _segment(match.group())
        at = match.end()
    yield from _latin_words(plain[at:])


def _latin_words(text: str) -> Iterator[str]:
    text = _AMPERSAND.sub("", text)
    folded = fold(_DOTTED.sub(lambda match: match.group().replace(".", ""), text))
    folded = _ELISION.sub(r"\1 ", folded).replace("'", "")
    spaced = " ".join(_WORD.findall(folded))
    spaced = _phrases().sub(lambda match: match.group().replace(" ", ""), spaced)
    spaced = _SINGLES.sub(lambda match: match.group().replace(" ", ""), spaced)
    for word in spaced.split():
        yield _WRITTEN.get(word, word)


def _segment(text: str) -> Iterator[str]:
    """Yield the words of the lexicon in Chinese text, longest match first, and the text between them."""
    at = 0
    for match in _chinese_words().finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield match.group()
        at = match.end()
    if at < len(text):
        yield text[at:]


def _numbers(plain: str, pieces: Iterable[str]) -> Iterator[str]:
    yield from (number.lstrip("0") or "0" for number in _NUMBER.findall(plain))
    for match in (*_NTH.finditer(plain), *_COUNTED.finditer(plain)):
        yield _chinese_number(match.group(1))
    last = [piece for piece in pieces if piece not in _lexicon()][-1:]
    yield from (_ROMAN[piece] for piece in last if piece in _ROMAN)
    yield from (piece for piece in pieces if piece.isdigit() and not _NUMBER.search(plain))


def _chinese_number(text: str) -> str:
    """Return a Chinese number in digits: 一 is 1, 十二 is 12, 二十 is 20, 二〇一 is 201."""
    head, ten, tail = text.partition("十")
    if not ten:
        return "".join(_CHINESE_NUMBERS.get(char, char) for char in text)
    return str(int(_CHINESE_NUMBERS.get(head, "1")) * 10 + int(_CHINESE_NUMBERS.get(tail, "0")))


def _latin(piece: str) -> str:
    if not _HAN.match(piece):
        return piece
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - takes 0.3 s, and only Chinese names need it

    spelt = lazy_pinyin(piece, errors="ignore", v_to_u=True)
    if len(spelt) == len(piece):
        spelt = [_OWN_PINYIN.get(char, sound) for char, sound in zip(piece, spelt, strict=True)]
    return fold("".join(spelt)) or piece  # some rare characters have no pinyin


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    return str(_converter().convert(text)) if _HAN.search(text) else text


@cache
def concepts() -> frozenset[str]:
    """Return the concepts of the lexicon: words for types of organisations rather than names."""
    return frozenset(concept.removeprefix("=") for concept, _ in _lines() if not concept.startswith("@"))


@cache
def countries() -> frozenset[str]:
    """Return the concepts for countries and for Europe."""
    return frozenset(concept[1:] for concept, _ in _lines() if concept.startswith("="))


def term(word: str) -> str:
    """Return the concept of a word of a name in either script, otherwise the word."""
    return _lexicon().get(word, word)


def is_province(word: str) -> bool:
    """Return whether `word` is a province of China, in either script."""
    return _lexicon().get(word) in provinces() or word in provinces()


def are_distinct(one: str, other: str) -> bool:
    """Return whether two similar words are different words rather than misspellings: numbers, concepts and pinyin.

    Changshu and Changzhou are two cities. Words that could be pinyin count as pinyin if one of them contains letters
    that are common in pinyin and rare elsewhere.
    """
    if one.isdigit() or other.isdigit() or (_is_term(one) and _is_term(other)):
        return True
    spelt = _PINYIN.fullmatch(one) and _PINYIN.fullmatch(other)
    return spelt is not None and _CHINESE_LOOK.search(one + " " + other) is not None


def _is_term(word: str) -> bool:
    return word in concepts() or word in provinces()


@cache
def provinces() -> frozenset[str]:
    """Return the words for provinces of China: 陕西 is ``shaanxi``."""
    return frozenset(concept[1:] for concept, _ in _lines() if concept.startswith("@"))


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    text = Path(__file__).with_name("lexicon.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((concept, tuple(words.split())) for concept, _, words in rows)


@cache
def _lexicon() -> dict[str, str]:
    """Return the concept of each word; the first entry of a word takes precedence."""
    concept_of: dict[str, str] = {}
    for written, words in _lines():
        concept = written.removeprefix("@").removeprefix("=")
        if concept not in _IGNORED:
            concept_of.setdefault(concept, concept)
        for word in words:
            concept_of.setdefault(fold(word.replace("~", "")), concept)
    return concept_of


@cache
def _phrases() -> re.Pattern[str]:
    """Return a pattern of the phrases that count as one word, longest first."""
    phrases = {fold(word[1:]).replace("~", " ") for _, words in _lines() for word in words if word.startswith("~")}
    return re.compile(rf"\b(?:{'|'.join(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))})\b")


@cache
def _chinese_words() -> re.Pattern[str]:
    words = {word for _, words in _lines() for word in words if _HAN.fullmatch(word)}
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))
