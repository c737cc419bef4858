"""What a reader is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of input, and how it is read.

    Attributes:
        name: the word after ``kg ingest``, which is also the name of its module.
        reads: what files it wants, in a sentence for people.
        columns: the columns or fields that it needs; further ones are left alone.
        expected: how many rows a run uses at least and at most; fewer or more are a sign that the files are others.
        licence: of the data.
        credit: the line that whoever uses the data owes to those who made them.
        read: the rows of the files, each exactly once, as they are asked for; what is wrong with a file as a whole
            (no such column, a broken encoding) is an `InputError`, what is wrong with one row is `Refused`.
        example: what people write for it by hand, to begin with; most readers need nothing of the kind.
    """

    name: str
    reads: str
    columns: tuple[str, ...]
    expected: tuple[int, int]
    licence: str
    credit: str
    read: Callable[[Inputs], Iterator[Row]]
    example: str = ""
