"""Cells that GROUP_CONCAT leaves empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.texts import Message

if TYPE_CHECKING:
    from kg.model import Table
    from kg.texts import Text

_CONCATENATED = re.compile(r"\bGROUP_CONCAT\b.*?\bAS\s+[?$](\w+)", re.IGNORECASE | re.DOTALL)


def note(text: str, answer: Table) -> Text | None:
    """Return a sentence about empty cells of GROUP_CONCAT in the answer to the query `text`.

    SPARQL joins strings; another value is an error, which leaves the cell empty.
    """
    names = set(_CONCATENATED.findall(text))
    places = [place for place, name in enumerate(answer.columns) if name in names]
    empty = sum(row[place] is None for row in answer.rows for place in places)
    if not empty:
        return None
    return Message(
        "Cells that GROUP_CONCAT leaves empty: {count}. It joins strings only; write GROUP_CONCAT(STR(?x)).",
        count=empty,
    )
