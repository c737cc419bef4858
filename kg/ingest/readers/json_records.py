"""JSON of any size, record by record: an array, lines (JSONL), or one record alone.

What is nested too deep or too large is told before the parser sees it: what it spends on depth is the square of it,
and yajl does not survive a whole number of more digits than Python reads.
"""

from __future__ import annotations

import re
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO

import ijson

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 64
"""Levels of arrays and objects within each other."""
LARGEST = 1 << 24
"""Bytes of one record."""
LONGEST_TEXT = 1 << 20
"""Bytes of one text in a record."""

_PIECE = 1 << 16
_NUMBER = re.compile(rb"[0-9]{100}")
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
_OTHERS = bytes(byte for byte in range(256) if byte not in b"[{]}")
_BOM = b"\xef\xbb\xbf"


class _Measured:
    """A stream of JSON that stops where it is too deep, or where a record is too large."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._open = b""
        self._depth = 0
        self.since = 0

    def start(self) -> bytes:
        """The first character that is no white space; nothing is taken but what stands before it."""
        while (found := self._stream.read(1)) and found.isspace():
            pass
        self._ahead = found
        return found

    def read(self, size: int) -> bytes:
        data = self._ahead + self._stream.read(_PIECE if size else 0)
        if size:
            self._ahead = b""
            self._measure(data)
        return data if size else b""

    def _measure(self, data: bytes) -> None:
        bare = _TEXT.sub(b"", self._open + data)
        cut = bare.find(b'"')
        self._open = bare[cut:] if cut >= 0 else b""
        rest = bare[:cut] if cut >= 0 else bare
        steps = array("b", rest.translate(_STEPS, _OTHERS))
        depths = list(accumulate(steps, initial=self._depth))
        self._depth = depths[-1]
        self.since += len(data)
        if max(depths) > DEEPEST:
            raise InputError(f"{self._name}: more than {DEEPEST} levels within each other; this is no record of ours")
        if _NUMBER.search(rest):
            raise InputError(f"{self._name}: a number of more than 99 digits; this is no record of ours")
        for size, most, what in ((self.since, LARGEST, "record"), (len(self._open), LONGEST_TEXT, "text")):
            if size > most:
                raise InputError(f"{self._name}: a {what} of more than {most} bytes; this is no record of ours")


def read(stream: BinaryIO, name: str) -> Iterator[object]:
    """The records of the JSON text `stream`, each as it is reached; numbers that are not whole are `Decimal`.

    Raises:
        InputError: it is no JSON, is nested too deep, or holds a record that is too large.
    """
    measured = _Measured(stream, name)
    start = measured.start()
    if start == _BOM[:1] and stream.read(2) == _BOM[1:]:
        start = measured.start()
    try:
        for record in ijson.items(measured, "item" if start == b"[" else "", multiple_values=start != b"["):
            measured.since = 0
            yield record
    except (UnicodeDecodeError, ijson.JSONError) as error:
        said = error.args[0] if error.args else ""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise InputError(f"{name}: is no JSON ({text.partition(chr(10))[0]})") from error
