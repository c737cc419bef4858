"""The reference of the mapping, made from the keys that the parser accepts: a table, a page and a JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.ingest.readers.mapping_keys import NESTED, SECTIONS, TYPES
from kg.model import Table
from kg.texts import Message

if TYPE_CHECKING:
    from kg.ingest.readers.mapping_keys import Key

TITLES = {
    "mapping": "The mapping",
    "source": "`source`",
    "row": "`row`",
    "skip": "A rule of `skip`",
    "actor": "An actor of `actors` in columns",
    "seat": "`seat` of an actor",
    "within": "`within` of a seat",
    "listed actor": "An actor of `actors` that another table of the source describes",
    "constant actor": "An actor of `actors` that is the same in all rows",
    "known actor": "An actor of `actors` that other graphs describe",
    "link": "`link`",
    "change": "`change`",
    "party": "An entry of `parties`",
    "unnamed": "An entry of `unnamed`",
    "duration": "`duration`",
    "money": "An entry of `money`",
    "person": "An entry of `person`",
}
"""Headings of the sections on the reference page."""
_TEXT = {"type": ["string", "number", "boolean"]}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_BY_NAME = {"type": "object", "additionalProperties": _TEXT}
_FOUND = {"type": "object", "required": ["contains"], "properties": {"contains": _TEXTS}, "additionalProperties": False}
_SIMPLE: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "column": _TEXT,
    "boolean": {"type": "boolean"},
    "columns": _TEXTS,
    "texts": _TEXTS,
    "text or texts by language": {"anyOf": [_TEXT, _BY_NAME]},
    "rows": {"anyOf": [_TEXTS, _FOUND]},
}


def table() -> Table:
    """Return every key with its section, type, default, example and meaning."""
    rows = tuple(
        (
            section,
            key.name,
            Message(TYPES[key.type]),
            Message(key.default or "required"),
            key.example,
            Message(key.meaning),
        )
        for section, keys in SECTIONS.items()
        for key in keys
    )
    return Table(("section", "key", "type", "default", "example", "meaning"), rows)


def page() -> str:
    """Return the sections as Markdown."""
    return "\n".join(f"## {TITLES[section]}\n\n{_rows(section)}\n{_values(section)}" for section in SECTIONS)


def _rows(section: str) -> str:
    head = "| key | type | default | meaning |\n| --- | --- | --- | --- |\n"
    cells = (
        (f"`{key.example.replace('|', chr(92) + '|')}`", TYPES[key.type], key.default or "**required**", key.meaning)
        for key in SECTIONS[section]
    )
    return head + "".join(f"| {' | '.join(row)} |\n" for row in cells)


def _values(section: str) -> str:
    """Return the values of the keys with a list of values."""
    lines = [
        f"Values of `{key.name}`: {', '.join(f'`{value}`' for value in key.choices())}.\n"
        for key in SECTIONS[section]
        if key.choices
    ]
    return "\n".join(lines) + ("\n" if lines else "")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a mapping, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mapping of a table for kg ingest table",
        **_section("mapping"),
    }


def _section(name: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [key.name for key in SECTIONS[name] if key.required],
        "properties": {key.name: _described(name, key) for key in SECTIONS[name]},
    }


def _described(section: str, key: Key) -> dict[str, Any]:
    default = f" Default: {key.default}." if key.default else ""
    return {"description": f"{key.meaning}. Example: {key.example}.{default}", **_type(section, key)}


def _type(section: str, key: Key) -> dict[str, Any]:
    values = {"enum": list(key.choices())} if key.choices else {}
    if key.type == "choice":
        return values
    if key.type == "value":
        words = {"type": "object", "additionalProperties": values}
        properties = {"column": _TEXT, "of": words, "otherwise": values}
        translated = {"type": "object", "required": ["column"], "properties": properties}
        return {"anyOf": [values, {**translated, "additionalProperties": False}]}
    return _nested(section, key) if "section" in key.type else _SIMPLE.get(key.type, _BY_NAME)


def _nested(section: str, key: Key) -> dict[str, Any]:
    parts = [_section(name) for name in NESTED[section, key.name]]
    one = parts[0] if len(parts) == 1 else {"anyOf": parts}
    if key.type == "section":
        return one
    if key.type == "sections by name":
        return {"type": "object", "additionalProperties": one}
    return {"type": "array", "items": one, "minItems": 1}
