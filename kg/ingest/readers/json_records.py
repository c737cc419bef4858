"""JSON of any size, record by record: an array, JSON Lines, or a single record.

Excessive depth and size are refused before the parser sees them. Its cost grows with the square of the depth, and
yajl crashes on integers with more digits than Python parses.
"""

from __future__ import annotations

import re
from array import array
from decimal import InvalidOperation
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO

import ijson

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 64
"""Nesting levels of arrays and objects."""
MAX_RECORD = 1 << 24
"""Bytes of one record."""
MAX_TEXT = 1 << 20
"""Bytes of one text in a record."""

_BLOCK = 1 << 16
_NUMBER = re.compile(rb"[0-9]{100}")
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
_OTHERS = bytes(byte for byte in range(256) if byte not in b"[{]}")
_BOM = b"\xef\xbb\xbf"


class _LimitedJson:
    """A stream of JSON with limits on depth and on the size of a record."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._unclosed = b""
        self._depth = 0
        self.record_size = 0

    def start(self) -> bytes:
        """Return the first character after leading white space, without consuming it."""
        while (first := self._stream.read(1)) and first.isspace():
            pass
        self._ahead = first
        return first

    def read(self, size: int) -> bytes:
        data = self._ahead + self._stream.read(_BLOCK if size else 0)
        if size:
            self._ahead = b""
            self._measure(data)
        return data if size else b""

    def _measure(self, data: bytes) -> None:
        bare = _TEXT.sub(b"", self._unclosed + data)
        quote = bare.find(b'"')
        self._unclosed = bare[quote:] if quote >= 0 else b""
        rest = bare[:quote] if quote >= 0 else bare
        steps = array("b", rest.translate(_STEPS, _OTHERS))
        depths = list(accumulate(steps, initial=self._depth))
        self._depth = depths[-1]
        self.record_size += len(data)
        if max(depths) > MAX_DEPTH:
            raise InputError(
                "{_name}: more than {MAX_DEPTH} nesting levels; check that this is the right file",
                _name=self._name,
                MAX_DEPTH=MAX_DEPTH,
            )
        if _NUMBER.search(rest):
            raise InputError(
                "{_name}: a number of more than 99 digits; check that this is the right file", _name=self._name
            )
        for size, limit, name in ((self.record_size, MAX_RECORD, "record"), (len(self._unclosed), MAX_TEXT, "text")):
            if size > limit:
                raise InputError(
                    "{_name}: a {name} of more than {limit} bytes; check that this is the right file, and write "
                    "records that are in one object one a line: jq -c '.NAME[]' FILE > records.jsonl",
                    _name=self._name,
                    name=name,
                    limit=limit,
                )


def read(stream: BinaryIO, name: str) -> Iterator[object]:
    """Yield the records of the JSON text in `stream` lazily; numbers that are not integers are `Decimal`.

    Raises:
        InputError: the text is not JSON, or exceeds the depth or size limits.
    """
    limited = _LimitedJson(stream, name)
    start = limited.start()
    if start == _BOM[:1] and stream.read(2) == _BOM[1:]:
        start = limited.start()
    try:
        for record in ijson.items(limited, "item" if start == b"[" else "", multiple_values=start != b"["):
            limited.record_size = 0
            yield record
    except InvalidOperation as error:
        raise InputError("{name}: a number is out of range; check that this is the right file", name=name) from error
    except (UnicodeDecodeError, ijson.JSONError) as error:
        message = error.args[0] if error.args else ""
        text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
        raise InputError(
            "{name}: is not valid JSON ({reason})", name=name, reason=text.partition(chr(10))[0]
        ) from error
