"""Equal values as one object, for collections of many values with few different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T", bound="Hashable")


class Shared:
    """The first object of each value."""

    def __init__(self) -> None:
        """Start without values."""
        self._known: dict[Hashable, Hashable] = {}

    def __call__(self, value: T) -> T:
        """Return the first object that was equal to `value`, which may be `value` itself."""
        return cast("T", self._known.setdefault(value, value))
