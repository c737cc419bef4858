"""Changes between two states: stores, graph files, or two days in one store."""

from kg.changes.change import Change, table
from kg.changes.compare import changes
from kg.changes.state import states

__all__ = ["Change", "changes", "states", "table"]
