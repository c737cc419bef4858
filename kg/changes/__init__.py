"""Changes between two states: stores, graph files, or two days in one store."""

from kg.changes.change import Change, summary, table
from kg.changes.compare import changes
from kg.changes.state import days, states

__all__ = ["Change", "changes", "days", "states", "summary", "table"]
