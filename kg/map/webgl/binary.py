"""Numbers and names in few bytes, for a page of a hundred thousand points that still is one readable block of JSON.

Numbers are LEB128 (seven bits a byte, the lowest first, the eighth bit says that more follow) in base64. A name is the
numbers of its pieces in a list of pieces, the most frequent first: words with the space before or the slash after them,
and single characters of scripts that have no spaces. No compression whose bytes depend on a version of a library.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

_PIECES = re.compile("[\u2e80-\uffef]| ?[^\\s/\u2e80-\uffef]+/?|/|\\s")
_MOST_BYTES = 5  # that 32 bits take


def base64(values: NDArray[np.generic]) -> str:
    """The bytes of an array, little-endian."""
    return b64encode(np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tobytes()).decode()


def varints(values: Iterable[int] | NDArray[np.int64]) -> str:
    """Whole numbers from 0 to 2^32 - 1."""
    told = np.asarray(values if isinstance(values, np.ndarray) else list(values), dtype=np.uint64)
    steps = np.arange(_MOST_BYTES, dtype=np.uint64) * 7
    parts = told[:, None] >> steps
    last = np.maximum((parts > 0).sum(axis=1), 1) - 1
    place = np.arange(_MOST_BYTES)
    more = np.where(place < last[:, None], 128, 0)
    coded = ((parts & np.uint64(127)).astype(np.int64) | more).astype(np.uint8)
    return base64(coded[place <= last[:, None]])


def fronts(texts: Sequence[str]) -> list[object]:
    """Of sorted texts, how many UTF-16 units each shares with the one before (as numbers), and what differs."""
    shared: list[int] = []
    rests: list[str] = []
    before = ""
    for text in texts:
        same = next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), len(before))
        shared.append(len(text[:same].encode("utf-16-le")) // 2)
        rests.append(text[same:])
        before = text
    return [varints(shared), rests]


def names(texts: Sequence[str]) -> tuple[list[str], str]:
    """The pieces, and for each text how many pieces it has and which."""
    cut = [_PIECES.findall(text) for text in texts]
    counts = Counter(chain.from_iterable(cut))
    pieces = sorted(counts, key=lambda piece: (-counts[piece], piece))
    place = {piece: i for i, piece in enumerate(pieces)}
    return pieces, varints(chain.from_iterable((len(own), *(place[piece] for piece in own)) for own in cut))
