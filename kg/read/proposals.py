"""The file of proposals: ``STEM.proposals.json``, written and read strictly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import files
from kg.errors import InputError
from kg.read import records
from kg.read.model import MODALITIES, RELATIONS, TYPES, Proposal, Reading, digest
from kg.texts import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = "helix-kg proposals 1"
"""The format of the file; another number is another format."""
SUFFIX = ".proposals.json"


@dataclass(frozen=True, slots=True)
class ProposalFile:
    """The content of a file of proposals: one reading for each document."""

    format: str
    readings: tuple[Reading, ...]


def write_proposals(path: Path, readings: Iterable[Reading]) -> None:
    """Write the readings to a file in one step.

    Raises:
        OutputError: the file cannot be written.
    """
    content = records.to_json(ProposalFile(FORMAT, tuple(readings)))
    files.atomic_write(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def read_proposals(path: Path) -> tuple[Reading, ...]:
    """Return the readings of a file, each checked: types, digests and quotes.

    Raises:
        InputError: the file cannot be read, or it does not conform.
    """
    content = records.load_json(path)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(
            "{path} is not a file of proposals of format {format!r}; write it by kg read", path=path, format=FORMAT
        )
    readings = records.from_json(ProposalFile, content, path.name).readings
    for number, reading in enumerate(readings):
        _check(reading, f"{path.name}.readings[{number}]")
    return readings


def _check(reading: Reading, place: str) -> None:
    """Raise an error if a digest, an offset or a name of a list is wrong."""
    document = reading.document
    if digest(document.text) != document.sha256:
        raise InputError("{place}: the text has another digest than its sha256; read the document again", place=place)
    for mention in reading.mentions:
        _check_member(mention.type, TYPES, f"{place}.mentions")
        _check_quote(document.text, (mention.start, mention.end, mention.surface), f"{place}.mentions")
    for proposal in reading.proposals:
        _check_proposal(document.text, proposal, f"{place}.proposals({proposal.id})")


def _check_proposal(text: str, proposal: Proposal, place: str) -> None:
    _check_member(proposal.relation, RELATIONS, place)
    _check_member(proposal.attributes.modality, MODALITIES, place)
    for party in (proposal.head, proposal.tail):
        if party.type is not None:
            _check_member(party.type, TYPES, place)
    if not proposal.evidence:
        raise InputError("{place}: the proposal has no evidence; add its sentence", place=place)
    for span in proposal.evidence:
        _check_quote(text, (span.start, span.end, span.quote), place)


def _check_member(value: str, allowed: tuple[str, ...], place: str) -> None:
    if value not in allowed:
        known = listed(allowed)
        raise InputError("{place}: {value!r} must be one of: {known}", place=place, value=value, known=known)


def _check_quote(text: str, span: tuple[int, int, str], place: str) -> None:
    start, end, quote = span
    if not 0 <= start < end or text[start:end] != quote:
        raise InputError(
            "{place}: the text differs from {quote!r} at offsets {start} to {end}; read the document again",
            place=place,
            quote=quote,
            start=start,
            end=end,
        )
