"""The reader of one kind of input, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of one kind of input.

    Attributes:
        name: the argument of ``kg ingest``, and the name of the module.
        reads: a phrase that describes the input files.
        columns: required columns or fields; others are ignored.
        expected: the lowest and highest plausible number of used rows; a number outside suggests the wrong files.
        licence: of the data.
        credit: the attribution that users of the data owe.
        read: yields each row of the files once, lazily. A fault of a whole file (a missing column, a broken encoding)
            is an `InputError`; a fault of one row is a `Refused` row.
        example: an example of the file that users write for the reader; empty for most readers.
    """

    name: str
    reads: str
    columns: tuple[str, ...]
    expected: tuple[int, int]
    licence: str
    credit: str
    read: Callable[[Inputs], Iterator[Row]]
    example: str = ""
