"""Task of a worker process that reads the tables of a shipped collection, so that a build uses two cores."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ingest import collections
from kg.ingest.editions import Ingest
from kg.ingest.nquads import hx
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.table import TABLE
from kg.ingest.scratch_db import ScratchDb
from kg.ingest.statements import A

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = tuple(map(hx, ("Link", "Organisation", "Evidence", "Source")))


def statements(folder: str) -> Iterator[bytes]:
    """Yield the statements of the collection in `folder`.

    The first part is JSON: the sources, and the numbers of links, organisations, pieces of evidence and sources. Two
    texts follow: the statements of named graphs as N-Triples, and all statements as N-Quads.

    Raises:
        InputError: a file is missing or malformed.
        DataError: a row is refused.
    """
    gc.disable()  # a tenth of the time; the process ends with the build, and leaves no cycles of many objects
    collection = collections.read(Path(folder))
    with ScratchDb() as scratch:
        run = Ingest(TABLE, collection.issued, scratch)
        changes = run.changes(TABLE.read(Inputs(collection.tables)))
        stated = [statement for change in changes for statement in change.triples()]
        run.check(keep_going=False, accept_changes=False)
    typed: dict[str, set[str]] = {f"{A} {term}": set() for term in _TYPES}
    for triple, _ in stated:
        subject, _, rest = triple.partition(" ")
        if rest in typed:
            typed[rest].add(subject)
    yield json.dumps([run.sources, [len(subjects) for subjects in typed.values()]]).encode()
    yield "".join(f"{triple} .\n" for triple, graph in stated if graph).encode()
    yield "".join(f"{triple} {graph} .\n" for triple, graph in stated).encode()
