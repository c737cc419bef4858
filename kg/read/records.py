"""Frozen dataclasses as JSON, read back strictly, and their JSON Schema."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import InputError, reason
from kg.files import read_plain

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

MAX_BYTES = 16 << 20
"""Largest file of proposals or decisions."""

_PRIMITIVES: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def load_json(path: Path) -> Any:  # noqa: ANN401 - JSON of any form
    """Return the value that a file of JSON contains.

    Raises:
        InputError: the file cannot be read, is too long, is not JSON, or is nested too deeply.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                "{path}: has more than {size} MB; write a file for each document", path=path, size=MAX_BYTES >> 20
            )
        return json.loads(read_plain(path))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError("{path}: cannot be read ({error})", path=path, error=reason(error)) from error


def to_json(value: object) -> Any:  # noqa: ANN401 - values of JSON
    """Return a dataclass as values of JSON, without fields that have their default."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((one, getattr(value, one.name)) for one in dataclasses.fields(value))
        return {one.name: to_json(content) for one, content in pairs if content != _default(one)}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    return value


def from_json(kind: type[T], value: object, place: str) -> T:
    """Return the dataclass `kind` that a JSON object contains.

    Raises:
        InputError: a field is unknown, missing or of another type; `place` locates the object.
    """
    if not isinstance(value, dict):
        raise InputError("{place}: an object is required, not {value!r}", place=place, value=value)
    hints = typing.get_type_hints(kind)
    for name in value:
        if name not in hints:
            raise InputError("{place}: there is no field {name!r}; remove it", place=place, name=name)
    for one in dataclasses.fields(kind):  # type: ignore[arg-type]  # every caller passes a dataclass
        if one.name not in value and _is_required(one):
            raise InputError("{place}: the field {name!r} is missing; add it", place=place, name=one.name)
    return kind(**{name: _field(hints[name], content, f"{place}.{name}") for name, content in value.items()})


def schema(kind: type, title: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a dataclass."""
    definitions: dict[str, Any] = {}
    root = _schema_of(kind, definitions)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **root, "$defs": dict(sorted(definitions.items()))}


def _default(one: dataclasses.Field[Any]) -> object:
    factory = one.default_factory
    return one.default if factory is dataclasses.MISSING else factory()


def _is_required(one: dataclasses.Field[Any]) -> bool:
    return one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING


def _field(hint: Any, value: object, place: str) -> Any:  # noqa: ANN401 - typing has no type for annotations
    """Return the value of one field in its type."""
    options = [one for one in typing.get_args(hint) if one is not types.NoneType]
    if isinstance(hint, types.UnionType):
        return None if value is None else _field(options[0], value, place)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise InputError("{place}: a list is required, not {value!r}", place=place, value=value)
        return tuple(_field(options[0], one, f"{place}[{number}]") for number, one in enumerate(value))
    if dataclasses.is_dataclass(hint):
        return from_json(hint, value, place)  # type: ignore[arg-type]  # a class, as the annotation names it
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        kind = _PRIMITIVES[hint]
        raise InputError("{place}: the type {kind} is required, not {value!r}", place=place, kind=kind, value=value)
    return value


def _schema_of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - an annotation
    options = [one for one in typing.get_args(hint) if one is not types.NoneType]
    if isinstance(hint, types.UnionType):
        return {"anyOf": [_schema_of(options[0], definitions), {"type": "null"}]}
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _schema_of(options[0], definitions)}
    if not dataclasses.is_dataclass(hint):
        return {"type": _PRIMITIVES[hint]}
    name = typing.cast("type", hint).__name__
    if name not in definitions:
        definitions[name] = {}
        hints = typing.get_type_hints(hint)
        definitions[name] = {
            "type": "object",
            "additionalProperties": False,
            "required": [one.name for one in dataclasses.fields(hint) if _is_required(one)],
            "properties": {one.name: _schema_of(hints[one.name], definitions) for one in dataclasses.fields(hint)},
        }
    return {"$ref": f"#/$defs/{name}"}
