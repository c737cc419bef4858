"""Readers of source files: each reads one kind of input and uses, skips by a rule, or refuses every row.

A reader is a `Reader` value in its own module of at most 150 lines, and an entry of `READERS`. It is strict: it states
the columns and the number of rows that it expects, and drops nothing silently. It returns the values of
`kg.ingest.readers.records`, from which `kg.ingest.editions` makes statements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import names
from kg.ingest.readers.cordis import CORDIS
from kg.ingest.readers.moe import MOE
from kg.ingest.readers.openaire import OPENAIRE
from kg.ingest.readers.openalex import OPENALEX
from kg.ingest.readers.report import REPORT
from kg.ingest.readers.ror import ROR
from kg.ingest.readers.table import TABLE
from kg.ingest.readers.techport import TECHPORT
from kg.texts import Message

if TYPE_CHECKING:
    from kg.ingest.readers.reader import Reader

READERS: tuple[Reader, ...] = (MOE, CORDIS, ROR, OPENALEX, TECHPORT, OPENAIRE, TABLE, REPORT)
"""All readers, in the order in which `kg ingest` lists them."""


def find(name: str) -> Reader:
    """Return the reader called `name`.

    Raises:
        UsageError: there is none.
    """
    return names.find(Message("reader"), name, READERS)
