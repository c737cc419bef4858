"""The SQL text of each question, which DuckDB and Spark both run unchanged.

The text keeps to what both dialects share: no ``::`` casts, no division, no arithmetic of dates, and sums of decimals.
"""

from importlib.resources import files

VIEW = "pairs"
"""The view that other questions select from."""


def text(name: str) -> str:
    """Return the SQL text of a question, or of the view."""
    return files("kg.network.engines").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def needs_view(question: str) -> bool:
    """Return whether the question selects from the view."""
    return f"FROM {VIEW}\n" in text(question) or f"FROM {VIEW} " in text(question)
