"""Names of publishers in both languages, from the list of the shipped graphs."""

from __future__ import annotations

import csv
from functools import cache

from kg.rdf import resources
from kg.texts import Text


def publisher(name: str) -> Text:
    """Return a publisher in both languages if the list has the name in either, else the name alone."""
    return _names().get(name) or Text(name, name)


@cache
def _names() -> dict[str, Text]:
    """Return the publishers by each of their names."""
    with (resources.graphs() / "publishers.csv").open(encoding="utf-8", newline="") as file:
        rows = [Text(row["en"], row["zh"]) for row in csv.DictReader(file)]
    return {name: row for row in rows for name in row.pair if name}
