"""Answers limited to the evidence of one source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import names
from kg.errors import UsageError
from kg.terms import SOURCE, expand
from kg.texts import Message

if TYPE_CHECKING:
    from kg.model import Table
    from kg.store.view import View

_SOURCES = "SELECT DISTINCT ?source ?publisher { ?source a hx:Source ; dct:publisher ?publisher }"
_EVIDENCE = "SELECT ?evidence { ?evidence hx:source ?source }"
_COLUMN = "evidence"


def from_source(view: View, answer: Table, source: str) -> Table:
    """Return the rows of `answer` with evidence of a source: an IRI, a key or a publisher.

    Raises:
        UsageError: the source is unknown, or the answer has no column of evidence.
    """
    evidence = _evidence(view, source)
    if _COLUMN not in answer.columns:
        raise UsageError("--source requires an answer with the column evidence; leave it out, or add this column")
    place = answer.columns.index(_COLUMN)
    rows = tuple(row for row in answer.rows if not evidence.isdisjoint(str(row[place]).split()))
    note = Message(
        "Source: {rows} of {all} rows have evidence from {source}; a number in a row also counts other sources.",
        rows=len(rows), all=len(answer.rows), source=source,
    )  # fmt: skip
    return replace(answer, rows=rows, notes=(*answer.notes, note))


def _evidence(view: View, source: str) -> set[str]:
    known = [(row["source"].value, row["publisher"].value) for row in view.select(_SOURCES)]
    wanted = {source, expand(source), SOURCE + source}
    chosen = {iri for iri, publisher in known if iri in wanted or publisher == source}
    if not chosen:
        raise names.unknown(
            Message("source"),
            source,
            sorted({publisher for _, publisher in known} | {iri.removeprefix(SOURCE) for iri, _ in known}),
        )
    return {row["evidence"].value for iri in chosen for row in view.select(_EVIDENCE, {"source": ox.NamedNode(iri)})}
