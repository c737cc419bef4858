"""Settings files in TOML: names of settings, and tables for commands with many options."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

FILE = "kg.toml"
"""The name of a settings file."""

SECTIONS = ("serve",)
"""Tables that files can contain; `section` returns one."""


def user_file(env: Mapping[str, str]) -> Path:
    """Return the path of the user's settings file (``$XDG_CONFIG_HOME/kg/kg.toml``)."""
    home = env.get("XDG_CONFIG_HOME") or str(Path(env.get("HOME", "~")) / ".config")
    return Path(home) / "kg" / FILE


def read(path: Path, known: Collection[str]) -> dict[str, object]:
    """Return the values of a settings file, whose names are `known` or tables; none if it does not exist.

    Raises:
        UsageError: the file is malformed.
    """
    values = _parsed(path)
    _check(values, (*known, *SECTIONS), path)
    return values


def section(name: str, known: Collection[str], env: Mapping[str, str] = os.environ) -> dict[str, tuple[object, str]]:
    """Return the values of the table `name` of the settings files, each with the path of its file.

    Raises:
        UsageError: a file is malformed, or the table contains a name that is not `known`.
    """
    found: dict[str, tuple[object, str]] = {}
    for path in (user_file(env), Path(FILE)):  # the file of the project overrides that of the user
        values = _parsed(path).get(name, {})
        if not isinstance(values, dict):
            raise UsageError("{path}: write {name} as a table, [{name}]", path=path, name=name)
        _check(values, known, path)
        found |= {key: (value, str(path)) for key, value in values.items()}
    return found


def _check(values: Iterable[str], known: Collection[str], path: Path) -> None:
    """Refuse a name that is not `known`.

    Raises:
        UsageError: there is one; the message contains the nearest name.
    """
    for name in values:
        if name not in known:
            from difflib import get_close_matches  # noqa: PLC0415 - only for an error

            near = get_close_matches(name, known, n=1)
            hint = Message("use one of: {known}", known=listed(known))
            if near:
                hint = Message("did you mean {near}?", near=near[0])
            raise UsageError("{path}: there is no setting {name!r}; {hint}", path=path, name=name, hint=hint)


def _parsed(path: Path) -> dict[str, object]:
    """Return the content of a file; nothing if it does not exist."""
    if path.exists() and not path.is_file():  # on a pipe or a device, a reader may wait for ever
        raise UsageError("{path} is not a plain file; move it, or write settings to a file", path=path)
    if not path.exists():
        return {}
    import tomllib  # noqa: PLC0415 - takes 2 ms, and most folders have no such file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:  # it was deleted in between
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("{path} cannot be read as TOML: {error}", path=path, error=error) from error
