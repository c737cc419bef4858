"""Readings as annotations: one line for each entity and relation, with offsets and evidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.read.model import Attributes, Proposal, Reading


def lines(readings: Iterable[Reading]) -> str:
    """Return the annotations as JSON lines."""
    rows = (row for reading in readings for row in _rows(reading))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _rows(reading: Reading) -> Iterator[dict[str, Any]]:
    article = reading.document.name
    for one in reading.mentions:
        yield {
            "article": article,
            "kind": "entity",
            "type": one.type,
            "name": one.name,
            "mention": one.surface,
            "start": one.start,
            "end": one.end,
            "aliases": list(one.aliases),
            "confidence": one.confidence,
            "preaccepted": one.confidence >= _SURE,
        }
    for proposal in reading.proposals:
        yield {"article": article, **_relation(proposal)}


_SURE = 0.9
"""Confidence from which an entity counts as pre-accepted."""


def _relation(one: Proposal) -> dict[str, Any]:
    span = one.evidence[0]
    return {
        "kind": "relation",
        "rel": one.relation,
        "head": one.head.name,
        "tail": one.tail.name,
        "attrs": _attributes(one.attributes),
        "evidence": span.quote,
        "start": span.start,
        "end": span.end,
        "context": one.evidence[1].quote if len(one.evidence) > 1 else None,
        "confidence": one.confidence,
        "preaccepted": one.preaccepted,
    }


def _attributes(one: Attributes) -> dict[str, Any]:
    count = one.count
    found: dict[str, Any] = {"agreement": one.agreement, "kind": one.kind, "role": one.role}
    found["date"] = one.date.words if one.date else None
    found["planned"] = True if one.modality == "planned" else None
    if count:
        found |= {"value": count.lower, "of": count.of, "role": count.role or None}
    return {name: value for name, value in found.items() if value is not None}
