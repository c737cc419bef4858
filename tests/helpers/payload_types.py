"""TypeScript declarations of the payload types: ``PYTHONPATH=tests python -m helpers.payload_types`` writes them."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from kg.map.html import payload_types
from kg.map.html.encoding import Reference

FILE = Path(__file__).resolve().parents[2] / "kg" / "map" / "script" / "types" / "payload.d.ts"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", object: "unknown"}
_HEAD = """// Types of the payload, written from kg/map/html/payload_types.py by tests/helpers/payload_types.py.

type Cells<T> = T[] | { each: T[]; at: number[] | null };
type Columns<Row> = { [Name in keyof Row]: Cells<Row[Name]> };
"""


def declarations() -> str:
    """Return the declarations of all TypedDicts of `kg.map.html.payload_types`."""
    dicts = [one for one in vars(payload_types).values() if isinstance(one, type) and is_typeddict(one)]
    return _HEAD + "".join(f"\n{_interface(one)}" for one in dicts)


def _interface(typed: type) -> str:
    hints = get_type_hints(typed, include_extras=True)
    fields = "".join(f"  {_field(name, hint)};\n" for name, hint in hints.items())
    return f"/** {(typed.__doc__ or '').strip()} */\ninterface {typed.__name__} {{\n{fields}}}\n"


def _field(name: str, hint: Any) -> str:
    if get_origin(hint) is NotRequired:
        return f"{name}?: {_type(get_args(hint)[0])}"
    return f"{name}: {_type(hint)}"


def _type(hint: Any) -> str:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and is_typeddict(hint):
        return hint.__name__
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(*arguments)
    if origin in {Union, types.UnionType}:
        return " | ".join(dict.fromkeys(_type(one) for one in arguments if one is not Reference))
    if origin is list:
        inner = _type(arguments[0])
        return f"({inner})[]" if " | " in inner and not inner.endswith("[]") else f"{inner}[]"
    if origin is dict:
        return f"Record<string, {_type(arguments[1])}>"
    raise TypeError(f"no TypeScript type for {hint!r}")


def _annotated(plain: Any, cells: Any) -> str:
    if not isinstance(cells, str):
        return f"Columns<{cells.__name__}>"
    return f"Cells<{cells}>" if plain == payload_types.ShortColumn else cells


if __name__ == "__main__":
    FILE.write_text(declarations(), encoding="utf-8")
