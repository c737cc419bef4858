"""Bulk load of statements into Oxigraph on two cores.

One call of Oxigraph's bulk load parses, sorts and writes on one core, without holding the interpreter's lock. The text
is therefore loaded in parts: two parts are loaded while the next one is collected. Each part leaves its own sorted
files, which `pyoxigraph.Store.optimize` merges.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PART = 48 << 20
"""Bytes of a part, about 250,000 statements. Smaller parts leave more files to merge; larger ones leave a core idle."""

_CONCURRENT = 2
_BLOCK = 1 << 20


def load(texts: Iterable[bytes], store: Callable[[bytes], None]) -> None:
    """Collect `texts`, each of whole lines, into parts, and load each part with `store`, two at a time.

    `store` is a function rather than the Oxigraph store, because the traceback of an error would keep a store open.

    Raises:
        OSError: the store cannot be written; it may contain some of the parts.
    """
    pending: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_CONCURRENT) as executor:
        for part in parts(texts):
            if len(pending) == _CONCURRENT:
                pending.popleft().result()
            pending.append(executor.submit(store, part))
        while pending:
            pending.popleft().result()


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of `file` in blocks of whole lines."""
    while block := file.read(_BLOCK):
        yield block + file.readline()


def parts(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield `texts`, each of whole lines, joined to parts of about `PART` bytes."""
    collected: list[bytes] = []
    size = 0
    for text in texts:
        collected.append(text)
        size += len(text)
        if size >= PART:
            yield b"".join(collected)
            collected, size = [], 0
    if size:
        yield b"".join(collected)


def has_blank_node(terms: Iterable[object]) -> bool:
    """Return whether a blank node is among the terms of a quad, or within a triple that is one of them."""
    return any(
        isinstance(term, ox.BlankNode) or (isinstance(term, ox.Triple) and has_blank_node(term)) for term in terms
    )
