"""Numbers, shares and names inside the sentences of findings."""

from __future__ import annotations

from kg.rdf.ontology import Concept
from kg.texts import Message, Text

_MANY = {
    "university": Message("universities"),
    "firm": Message("firms"),
    "government": Message("government bodies"),
    "institute": Message("institutes"),
    "intermediary": Message("intermediaries"),
}


def number(value: int) -> Text:
    """Return a count; English separates thousands by commas."""
    return Text(f"{value:,}", str(value))


def percent(share: float) -> str:
    """Return a share as a whole percentage; values that would round to 0 or 100 keep one digit."""
    whole = f"{share:.0%}"
    return f"{share:.1%}" if whole in {"0%", "100%"} and share not in {0.0, 1.0} else whole


def sector(name: str | None) -> Text:
    """Return the name of the members of a sector; without a sector, that of all actors."""
    if name is None:
        return Message("organisations")
    return _MANY.get(name) or Concept("sector", name)


def ordinal(rank: int) -> Text:
    """Return an ordinal number: 1st, 2nd, 3rd, 4th, 11th in English, the number in Chinese."""
    ending = "th" if rank % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return Text(f"{rank}{ending}", str(rank))
