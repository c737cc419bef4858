"""Usual short names that no rule derives, from a list of the editors of this project."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.search.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def short_names() -> Mapping[str, tuple[str, ...]]:
    """Return the short names of each organisation by its folded Chinese name; both are general usage, not data."""
    text = files("kg.search").joinpath("short_names.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {fold(name): tuple(short) for name, *short in rows}
