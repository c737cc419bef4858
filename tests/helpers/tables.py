"""Cells of tables, by the type that a test requires."""

from kg.model import Cell


def text_of(cell: Cell) -> str:
    """Return a cell that contains a text in one language."""
    assert isinstance(cell, str), f"{cell!r} is not a text"
    return cell


def number_of(cell: Cell) -> float:
    """Return a cell that contains a number."""
    assert isinstance(cell, int | float), f"{cell!r} is not a number"
    return cell
