"""Texts of cells: invisible characters removed, faults and merged cells marked.

A cell is a text. Its subclasses mark what a text alone cannot show: a fault, a merged cell, a list of texts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Self

from kg.texts import Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.texts import Text

_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_KEPT = "\n\u200c\u200d"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_JOINERS = re.compile("[\u200c\u200d]")
_JOINING_SCRIPTS = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af]")
"""Arabic, Indic, Tibetan, Burmese, Khmer and Mongolian letters, in which a joiner changes the spelling."""


class ParseError(ValueError):
    """A text that has another form than its column requires."""

    def __init__(self, reason: str, /, **values: object) -> None:
        """Keep the English key of the reason, with its values."""
        self.reason = Message(reason, **values)
        super().__init__(self.reason.en)


class Fault(str):
    """A cell that cannot be read: its text for messages, and the reason with a remedy."""

    __slots__ = ("reason",)
    reason: Text

    def __new__(cls, text: str, reason: str | Text) -> Self:
        """Create the cell; an empty text becomes ``?``, because the cell is not empty."""
        self = super().__new__(cls, text or "?")
        self.reason = message(reason)
        return self


class Number(str):
    """A number of a workbook whose format is General, so that it may have lost a zero at its end."""

    __slots__ = ()


class Merged(str):
    """The text of a merged cell, as the value of one of its rows."""

    __slots__ = ()


class Listed(str):
    """A cell that contains a list of texts; its own text joins them."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __new__(cls, parts: Sequence[str]) -> Self:
        """Create the cell from the texts of the list."""
        self = super().__new__(cls, "\n".join(parts))
        self.parts = tuple(parts)
        return self


def clean(text: str) -> str:
    r"""Return a text in NFC without invisible characters; blanks are single, and line breaks remain.

    >>> clean("华为\u200b技术\u00a0 公司 ")
    '华为技术 公司'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    if not _JOINING_SCRIPTS.search(text):
        text = _JOINERS.sub("", text)
    text = _BLANKS.sub(" ", text)
    if not text.replace("\n", "").isprintable():
        text = "".join(letter for letter in text if letter in _KEPT or unicodedata.category(letter) not in _INVISIBLE)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    r"""Return a cleaned text with its line breaks removed; between words a blank takes their place.

    >>> one_line("经费\n（万元）"), one_line("joint\nprojects")
    ('经费（万元）', 'joint projects')
    """
    lines = clean(text).split("\n")
    joined = lines[0]
    for line in lines[1:]:
        wide = is_wide(joined[-1]) or is_wide(line[0])
        joined += line if wide else " " + line
    return joined


def is_wide(letter: str) -> bool:
    """Return whether a letter is Chinese, Japanese or full-width, so that no blank separates it from the next."""
    return unicodedata.east_asian_width(letter) in "WF"


def folded(text: str) -> str:
    r"""Return a text for comparison: compatibility forms unified, without blanks, in lower case.

    >>> folded("经费\n（万元）") == folded("经费(万元)")
    True
    """
    return "".join(unicodedata.normalize("NFKC", clean(text)).split()).casefold()
