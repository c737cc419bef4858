"""Reader of reviewed reports: a file of proposals with the decisions of a person about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.ingest.readers.passages import PassageRecord
from kg.ingest.readers.reader import Reader
from kg.read.decisions import SUFFIX as DECISIONS
from kg.read.decisions import read_decisions
from kg.read.proposals import SUFFIX as PROPOSALS
from kg.read.proposals import read_proposals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row
    from kg.texts import Text


def _read(inputs: Inputs) -> Iterator[Row]:
    """Yield a row for each sentence with accepted statements.

    Raises:
        UsageError: a file has neither suffix, or a file of proposals has no decisions.
        InputError: a file is malformed, or the decisions belong to other proposals.
    """
    from kg.ingest.reports import accepted, document  # noqa: PLC0415 - they import the values of this package
    from kg.ingest.reports.preferred import settled  # noqa: PLC0415 - the same

    is_described = inputs.is_described or (lambda _: True)
    for proposals, decisions in _pairs(inputs.paths):
        readings = read_proposals(proposals)
        notes: list[Text] = []
        for reviewed in accepted.join(readings, read_decisions(decisions), decisions.name):
            for row in document.rows(reviewed, proposals.name, notes, is_described):
                yield settled(row, inputs.is_named_elsewhere) if isinstance(row, PassageRecord) else row
        for note in notes:
            inputs.note(note)


def _pairs(paths: tuple[Path, ...]) -> Iterator[tuple[Path, Path]]:
    """Yield each file of proposals with its decisions: the two files, or those of the same stem."""
    proposals = [path for path in paths if path.name.endswith(PROPOSALS)]
    decisions = [path for path in paths if path.name.endswith(DECISIONS)]
    by_stem = {path.name.removesuffix(DECISIONS): path for path in decisions}
    if len(proposals) == len(decisions) == 1:
        yield proposals[0], decisions[0]
        return
    stems = {path.name.removesuffix(PROPOSALS) for path in proposals}
    strays = [path for path in paths if path not in (*proposals, *decisions)]
    strays += [path for path in decisions if path.name.removesuffix(DECISIONS) not in stems]
    for path in (*strays, *(one for one in proposals if one.name.removesuffix(PROPOSALS) not in by_stem)):
        raise UsageError(
            "{path}: report reads pairs of files, STEM{proposals} and STEM{decisions}",
            path=path.name,
            proposals=PROPOSALS,
            decisions=DECISIONS,
        )
    for path in proposals:
        yield path, by_stem[path.name.removesuffix(PROPOSALS)]


REPORT = Reader(
    name="report",
    reads="STEM.proposals.json from kg read and STEM.decisions.json from kg review",
    columns=("readings", "decisions"),
    expected=(1, 10_000_000),
    licence="not stated",
    credit="the publisher of the report",
    read=_read,
)
