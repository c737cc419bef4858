"""Answers that are kept within a bound: a generation of the store never changes, and neither do its answers."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from typing import TYPE_CHECKING

from kg import __version__

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kg.serve.http import Response

SHARE = 8
"""An answer is kept if it is smaller than this part of the bound."""

_OVERHEAD = 1000
"""Bytes of an entry besides the answer and the query."""

_CHANGING = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\b", re.IGNORECASE)
_PARTS = ("rand", "now", "uuid", "bnode")
"""Parts of these words; a query without any of them need not be searched for words."""


def is_fixed(query: str) -> bool:
    """Return whether a query has the same answer each time; the words may also occur elsewhere, which costs little."""
    lowered = query.lower()
    return not any(part in lowered for part in _PARTS) or _CHANGING.search(query) is None


def entity_tag(generation: str, *parts: object) -> bytes:
    """Return the weak entity tag of an answer in one generation; weak, because rows without an order may vary."""
    digest = hashlib.sha256(repr((__version__, generation, parts)).encode("utf-8", "surrogatepass"))
    return b'W/"' + digest.hexdigest()[:24].encode() + b'"'


def is_current(tag: bytes, condition: bytes) -> bool:
    """Return whether an If-None-Match header contains `tag`, by weak comparison."""
    bare = tag.removeprefix(b"W/")
    return condition.strip() == b"*" or any(
        each.strip().removeprefix(b"W/") == bare for each in condition[:4096].split(b",")
    )


class KeptAnswers:
    """The answers that were used last, up to a number of bytes."""

    def __init__(self, size: int) -> None:
        """Create an empty collection for `size` bytes."""
        self._size = size
        self._entries: OrderedDict[Hashable, tuple[Response, int]] = OrderedDict()
        self.used = 0

    def get(self, key: Hashable) -> Response | None:
        """Return a kept answer."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def add(self, key: Hashable, answer: Response, size: int) -> None:
        """Keep an answer, whose key has `size` bytes, in place of those that were not used for the longest time."""
        cost = len(answer.body) + size + _OVERHEAD
        if cost > self._size // SHARE or key in self._entries:
            return
        self._entries[key] = answer, cost
        self.used += cost
        while self.used > self._size:
            _, (_, freed) = self._entries.popitem(last=False)
            self.used -= freed

    def clear(self) -> None:
        """Forget all answers."""
        self._entries.clear()
        self.used = 0

    def __len__(self) -> int:
        """Return the number of answers."""
        return len(self._entries)
