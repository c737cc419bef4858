"""Values that occur in several sections of a mapping: columns, texts, and notations translated from words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers.cells import folded
from kg.ingest.readers.table_mapping import Column, Texts, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.ingest.readers.yaml_positions import Node


def value(node: Node, among: Sequence[str]) -> Value:
    """Parse a notation, or ``{column: …, of: {value: notation}, otherwise: notation}``.

    Raises:
        InputError: a notation is not in `among`.
    """
    if isinstance(node.value, str):
        return Value(constant=node.text(among))
    entries = node.fields(("column",), ("of", "otherwise"))
    of = None
    if "of" in entries:
        of = {folded(word): notation.text(among) for word, notation in entries["of"].entries()}
    otherwise = entries["otherwise"].text(among) if "otherwise" in entries else ""
    return Value(column=column(entries["column"]), of=of, otherwise=otherwise)


def texts_of(entries: Mapping[str, Node], name: str) -> tuple[str, ...]:
    """Return the texts of a key, with their blanks; none if the key is absent."""
    return tuple(item.raw() for item in entries[name].items()) if name in entries else ()


def texts(node: Node, among: frozenset[str] = frozenset()) -> Texts:
    """Parse columns by language or by registry; `among` are the registries."""
    return tuple((name, column(item)) for name, item in node.entries(among))


def columns(node: Node) -> tuple[Column, ...]:
    """Parse a column or a list of them."""
    return tuple(column(item) for item in node.items())


def column(node: Node) -> Column:
    """Parse a column name, with its position."""
    return Column(node.text(), node.position)
