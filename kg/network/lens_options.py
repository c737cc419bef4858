"""A lens from the values that people write: one text, or several, and dates as text."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypedDict, Unpack, get_args, get_origin, get_type_hints

from kg import names
from kg.errors import UsageError
from kg.network.lens import Aggregate, Lens, Weight
from kg.texts import Message

Names = str | Iterable[str] | None
"""One name or several; ``None`` selects no names, so that the default applies."""


class LensOptions(TypedDict, total=False):
    """The fields of a `Lens`; a set of names may be one text or any iterable, a date may be written ``YYYY-MM-DD``."""

    layers: Names
    stages: Names
    kinds: Names
    since: date | str | None
    until: date | str | None
    aggregate: Aggregate
    roles: Names
    link_types: Names
    date_mode: Literal["started", "in-force"]
    certain_dates: bool
    include_undated: bool
    places: Names
    participant_sectors: Names
    between: tuple[str, str] | None
    sources: Names
    qualities: Names
    derived: Literal["with", "without", "only"]
    weight: Weight
    currency: str | None
    collections: Names
    max_parties: int | None


_FIELDS = get_type_hints(Lens)


def make_lens(**options: Unpack[LensOptions]) -> Lens:
    """Return the lens with these fields.

    Raises:
        UsageError: a field does not exist, or its value is not allowed.
    """
    given: Mapping[str, Any] = options
    names.check_known(Message("option of a network"), given, _FIELDS)
    return Lens(**{name: _value(name, value) for name, value in given.items()})


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - the values of many fields
    hint = _FIELDS[name]
    if get_origin(hint) is Literal and value not in get_args(hint):
        raise names.unknown(Message("{name}", "parameter", name=name), value, get_args(hint))
    if hint == tuple[str, str] | None and value is not None:
        return _pair(name, value)
    return _date(name, value) if hint == date | None and isinstance(value, str) else value


def _pair(name: str, value: Iterable[str]) -> tuple[str, ...]:
    pair = () if isinstance(value, str) else tuple(value)
    if len(pair) != 2:  # noqa: PLR2004 - a pair
        raise UsageError(
            "{name}={value!r} is not a pair of sectors; write it as ('university', 'firm')", name=name, value=value
        )
    return pair


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("{name}={text!r} is not a date; write it as YYYY-MM-DD", name=name, text=text) from error
