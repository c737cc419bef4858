"""Lookup by name among a few values, with suggestions for a mistyped name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.errors import UsageError
from kg.texts import Message, Text, alternatives, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MAX_SUGGESTIONS = 3


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def find(kind: Text, name: str, values: Iterable[_N], hint: Text | None = None) -> _N:
    """Return the one of `values` that is called `name`.

    Args:
        kind: the kind of the values, for the message, such as ``Message("measure")``.
        name: the name of one.
        values: all of them.
        hint: a remedy if no name is near; without it the message lists all names.

    Raises:
        UsageError: no value has this name.
    """
    known = {value.name: value for value in values}
    if name not in known:
        raise unknown(kind, name, known, hint)
    return known[name]


def unknown(kind: Text, name: str, known: Collection[str], hint: Text | None = None) -> UsageError:
    """Return the error for an unknown `name`: it suggests the nearest `known` names, else `hint`, else lists all."""
    near = nearest(name, known)
    remedy: Text = hint or Message("there are: {known}", known=listed(known))
    if near:
        remedy = Message("did you mean {near}?", near=alternatives(near))
    return UsageError("there is no {kind} {name!r}; {remedy}", kind=kind, name=name, remedy=remedy)


def check_known(kind: Text, given: Iterable[str], known: Collection[str]) -> None:
    """Raise the error of `unknown` for the first of the `given` names that is not among the `known` ones.

    Raises:
        UsageError: a name is unknown.
    """
    for name in given:
        if name not in known:
            raise unknown(kind, name, known)


def nearest(name: str, known: Collection[str]) -> list[str]:
    """Return at most three of the `known` names that resemble `name`, the nearest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - takes 2 ms, and only errors need it

    return get_close_matches(name, known, n=_MAX_SUGGESTIONS)
