"""Texts as two arrays, which take a small part of the memory of Python texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

Array = NDArray[Any]


class Texts:
    """Texts in two arrays: all bytes in UTF-8, and the place at which each text begins."""

    def __init__(self, content: Array, starts: Array) -> None:
        """Keep the arrays; `starts` has one place more than there are texts."""
        self._content, self._starts = content, starts

    def __getitem__(self, place: int) -> str:
        """Return a text."""
        return self._content[self._starts[place] : self._starts[place + 1]].tobytes().decode()

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._starts) - 1


def texts(name: str, values: Iterable[str]) -> dict[str, Array]:
    """Return the two arrays of texts, called `name` and ``name.starts``."""
    encoded = [value.encode(errors="replace") for value in values]
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    return {name: np.frombuffer(b"".join(encoded), np.uint8), f"{name}.starts": starts}
