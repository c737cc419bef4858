"""Whole answers to queries and questions, with labels beside their IRIs, and a note if they are empty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.query import lookup, questions
from kg.query.labels import with_labels
from kg.query.run import UNLIMITED, answer_question, explain_empty, run_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Table
    from kg.settings import Settings
    from kg.store.view import View


def query(
    view: View,
    text: str,
    settings: Settings,
    *,
    labels: bool,
    max_rows: int = UNLIMITED,
) -> Table:
    """Return the answer to the SPARQL query `text` (`kg.query.run.run_query`); the time limit is that of the settings.

    Raises:
        QueryError: the query is refused or does not parse.
        LimitError: the query exceeded the time limit or half of the memory.
    """
    answer = run_query(view, text, settings.timeout, max_rows)
    return _present(view, answer, settings.lang, labels=labels)


def question(
    view: View,
    name: str,
    values: Mapping[str, str],
    settings: Settings,
    *,
    labels: bool,
    max_rows: int = UNLIMITED,
) -> Table:
    """Return the answer to a shipped question; a node in `values` may be an IRI, a key or a name.

    Raises:
        UsageError: the question or a parameter does not exist, or a value is malformed.
        InputError: no node, or more than one, has a name.
        LimitError: the query exceeded the time limit or half of the memory.
    """
    asked = questions.find(name)
    resolved = lookup.resolve_parameters(view, asked, values)
    answer = answer_question(view, asked, resolved, settings.lang, settings.timeout, max_rows)
    return _present(view, answer, settings.lang, labels=labels)


def _present(view: View, answer: Table, lang: str, *, labels: bool) -> Table:
    note = explain_empty(view, answer)
    answer = replace(answer, notes=(*answer.notes, note)) if note else answer
    return with_labels(view, answer, lang) if labels else answer
