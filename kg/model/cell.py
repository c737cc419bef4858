"""The values of table cells."""

from __future__ import annotations

from datetime import date

from kg.texts import Text

Cell = str | int | float | bool | date | Text | None
"""The value of a `Table` cell; ``None`` means unknown or undefined and is printed as an empty cell."""
