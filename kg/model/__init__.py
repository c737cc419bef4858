"""The frozen values that cross the borders between packages: tables, and the texts in their cells."""

from kg.model.cell import Cell
from kg.model.table import Table
from kg.texts import Detail, Text, localise

__all__ = ["Cell", "Detail", "Table", "Text", "localise"]
