"""Statements into a store in bulk, on more than one core.

Oxigraph parses, sorts and writes what one call of its bulk load is given on one core, outside the interpreter's lock.
So a text goes in parts: two are loaded while the next is made. Each leaves sorted files of its own, which
`pyoxigraph.Store.optimize` brings together.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PART = 48 << 20
"""Bytes of a part, about 250,000 statements: smaller ones leave more to bring together, larger ones a core idle."""

_AT_ONCE = 2
_BLOCK = 1 << 20


def load(texts: Iterable[bytes], store: Callable[[bytes], None]) -> None:
    """Gather `texts`, each of whole lines, into parts, and let `store` load them, two at a time.

    It is a function, and not the store itself, as the traceback of an error would keep that open.

    Raises:
        OSError: the store cannot be written; some of the parts may be in it.
    """
    under_way: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as loaders:
        for part in _parts(texts):
            if len(under_way) == _AT_ONCE:
                under_way.popleft().result()
            under_way.append(loaders.submit(store, part))
        while under_way:
            under_way.popleft().result()


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """What is in `file`, in blocks of whole lines."""
    while block := file.read(_BLOCK):
        yield block + file.readline()


def _parts(texts: Iterable[bytes]) -> Iterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    for text in texts:
        gathered.append(text)
        size += len(text)
        if size >= PART:
            yield b"".join(gathered)
            gathered, size = [], 0
    if size:
        yield b"".join(gathered)
