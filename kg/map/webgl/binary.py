"""Compact encoding of numbers and names, so that a page of 100,000 points remains one readable block of JSON.

Numbers are LEB128 (seven bits per byte, lowest first; the eighth bit marks a continuation) in base64. A name is a
sequence of indexes into a list of pieces, most frequent first: words with the preceding space or the following slash,
and single characters of scripts without spaces. General compression is avoided, because its bytes vary with the version
of the library.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

_PIECES = re.compile("[\u2e80-\uffef]| ?[^\\s/\u2e80-\uffef]+/?|/|\\s")
_MAX_BYTES = 5  # of a 32-bit number


def base64(values: NDArray[np.generic]) -> str:
    """Return the bytes of an array, little-endian."""
    return b64encode(np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tobytes()).decode()


def varints(values: Iterable[int] | NDArray[np.int64]) -> str:
    """Return the encoding of integers from 0 to 2^32 - 1."""
    numbers = np.asarray(values if isinstance(values, np.ndarray) else list(values), dtype=np.uint64)
    shifts = np.arange(_MAX_BYTES, dtype=np.uint64) * 7
    parts = numbers[:, None] >> shifts
    last = np.maximum((parts > 0).sum(axis=1), 1) - 1
    position = np.arange(_MAX_BYTES)
    continuation = np.where(position < last[:, None], 128, 0)
    encoded = ((parts & np.uint64(127)).astype(np.int64) | continuation).astype(np.uint8)
    return base64(encoded[position <= last[:, None]])


def fronts(texts: Sequence[str]) -> list[object]:
    """Return the front coding of sorted texts: lengths of shared prefixes in UTF-16 units, and the rests."""
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
    """Return the pieces, and for each text the number of its pieces and their indexes."""
    split = [_PIECES.findall(text) for text in texts]
    counts = Counter(chain.from_iterable(split))
    pieces = sorted(counts, key=lambda piece: (-counts[piece], piece))
    index = {piece: i for i, piece in enumerate(pieces)}
    return pieces, varints(chain.from_iterable((len(own), *(index[piece] for piece in own)) for own in split))
