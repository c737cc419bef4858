"""The readers by name; importing it imports all of them."""

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
