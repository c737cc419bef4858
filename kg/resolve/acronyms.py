"""Acronyms of names: of initials in any order after the first, or of the beginnings of words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.resolve.name_normalisation import Name

_MIN_LETTERS, _MIN_BLENDED, _LONG = 3, 3, 12


def without_own(rest: list[str], words: Sequence[str], name: Name) -> list[str]:
    """Remove an acronym of the name itself from `rest`, as in "Union of Public Transport (UPT)"."""
    forms = (words, *name.spelt)
    return [
        word
        for word in rest
        if len(word) < _MIN_LETTERS
        or not any(
            _abbreviates(word, others) or _blends(word, others)
            for others in ([other for other in form if other != word] for form in forms)
        )
    ]


def _blends(word: str, words: Sequence[str]) -> bool:
    """Return whether `word` joins the beginnings of three or more of `words` in order, the first among them.

    CETRI of Centre for Technology Research and Innovation is an example.
    """
    if not _MIN_LETTERS <= len(word) <= _LONG or not _MIN_BLENDED <= len(words) <= _LONG or word[0] != words[0][:1]:
        return False
    return _blended(word, tuple(words), 0) >= _MIN_BLENDED


@lru_cache(maxsize=1 << 14)
def _blended(word: str, words: tuple[str, ...], place: int) -> int:
    """Return the most words from `place` on whose beginnings make `word`; a low number if none do."""
    if not word:
        return 0
    best = -len(words) - 1
    for at in range(place, len(words)):
        length = 0
        while length < min(len(word), len(words[at])) and word[length] == words[at][length]:
            length += 1
            best = max(best, 1 + _blended(word[length:], words, at + 1))
    return best


def abbreviates_any(words: Sequence[str], forms: Sequence[Sequence[str]]) -> bool:
    """Return whether one of `words` abbreviates one of the forms of the other name, such as what remains of it."""
    return any(_abbreviates(word, form) for word in words if word.isascii() for form in forms)


def _abbreviates(word: str, full: Sequence[str]) -> bool:
    """Return whether `word` is an acronym of `full`, as XUT of Xi'an University of Technology.

    At most one initial may be missing. At least three letters may be in another order after the first, because
    languages order the same words differently (西安理工大学 ends with its U).
    """
    if len(word) < _MIN_LETTERS or not 0 < len(full) <= len(word) + 1 or word[0] != full[0][0]:
        return False
    initials = "".join(other[0] for other in full)
    return LCSseq.similarity(word, initials) == len(word) or sorted(word) == sorted(initials)
