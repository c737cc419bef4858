"""Notes of an answer: the share of things about which the graph has something, what it lacks, and a caveat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Detail, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query.questions import Frame, Question
    from kg.rdf.sparql import Term
    from kg.store.view import View

_COUNT = """SELECT (COUNT(DISTINCT ?counted) AS ?n) {{ {}
  OPTIONAL {{ ?x hx:countsAs ?counted_as }} BIND(COALESCE(?counted_as, ?x) AS ?counted) }}"""
"""The number of things that match a pattern; records of one organisation count once."""


def notes(view: View, question: Question, arguments: Mapping[str, Term]) -> tuple[Text, ...]:
    """Return the notes of the answer to `question` with these `arguments`; the caveat is a detail."""
    frame = () if question.frame is None else (_counted(view, question.frame, arguments),)
    awaits = () if question.awaits is None else (question.awaits,)
    caveat = () if question.caveat is None else (Detail(question.caveat),)
    return (*frame, *awaits, *caveat)


def _counted(view: View, frame: Frame, arguments: Mapping[str, Term]) -> Text:
    of, have = (_number(view, pattern, arguments) for pattern in (frame.of, f"{frame.of} . {frame.have}"))
    return frame.text.format(have=have, of=of)


def _number(view: View, pattern: str, arguments: Mapping[str, Term]) -> int:
    (row,) = view.select(_COUNT.format(pattern), arguments)
    return int(row["n"].value)
