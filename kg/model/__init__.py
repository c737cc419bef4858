"""The frozen values that cross the borders between packages: texts in two languages, and tables."""

from kg.model.table import Table
from kg.model.text import Cell, Detail, Text, localise

__all__ = ["Cell", "Detail", "Table", "Text", "localise"]
