"""Readers: each knows one kind of input, and says of every row whether it is used, skipped by a rule, or refused.

A reader is a value of `Reader`, alone in its module of at most 150 lines, and a row of `READERS`. It reads strictly: it
states the columns and the yield that it expects, and drops nothing in silence. What it gives are the values of
`kg.ingest.readers.records`; `kg.ingest.editions` makes statements of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.ingest.readers.cordis import CORDIS
from kg.ingest.readers.moe import MOE
from kg.ingest.readers.openaire import OPENAIRE
from kg.ingest.readers.openalex import OPENALEX
from kg.ingest.readers.ror import ROR
from kg.ingest.readers.table import TABLE
from kg.ingest.readers.techport import TECHPORT

if TYPE_CHECKING:
    from kg.ingest.readers.reader import Reader

READERS: tuple[Reader, ...] = (MOE, CORDIS, ROR, OPENALEX, TECHPORT, OPENAIRE, TABLE)
"""Every reader, in the order in which `kg ingest` lists them."""


def find(name: str) -> Reader:
    """The reader called `name`.

    Raises:
        UsageError: there is none.
    """
    for reader in READERS:
        if reader.name == name:
            return reader
    raise UsageError(f"there is no reader {name!r}; there are: {', '.join(reader.name for reader in READERS)}")
