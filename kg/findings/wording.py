"""Numbers, shares and names inside the sentences of findings."""

from __future__ import annotations

from kg.model import Text
from kg.rdf.ontology import in_chinese

_MANY = {
    "university": "universities",
    "firm": "firms",
    "government": "government bodies",
    "institute": "institutes",
    "intermediary": "intermediaries",
}


def number(value: int) -> Text:
    """Return a count; English separates thousands by commas."""
    return Text(f"{value:,}", f"{value}")


def counted(value: int, one: str, many: str) -> str:
    """Return a count with the noun in the singular or plural."""
    return f"{value:,} {one if value == 1 else many}"


def percent(share: float) -> str:
    """Return a share as a whole percentage; values that would round to 0 or 100 keep one digit."""
    whole = f"{share:.0%}"
    return f"{share:.1%}" if whole in {"0%", "100%"} and share not in {0.0, 1.0} else whole


def sector(name: str | None) -> Text:
    """Return the name of the members of a sector; without a sector, that of all actors."""
    if name is None:
        return Text("organisations", "单位")
    return Text(_MANY.get(name, name), in_chinese("sector", name))


def ordinal(rank: int) -> str:
    """Return an English ordinal number: 1st, 2nd, 3rd, 4th, 11th."""
    if rank % 100 in {11, 12, 13}:
        return f"{rank}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"
