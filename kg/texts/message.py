"""Messages: an English text that is the key of the catalogue, with named values."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from kg.texts.catalogue import translate
from kg.texts.text import Text, localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Message(Text):
    """A text of the catalogue, rendered in English or Chinese when it is read.

    Args:
        english: the English text, which is the key of the catalogue; ``{name}`` is the place of a value.
        context: the context of the key, for words whose translation depends on their use.
        values: the values by name; a `Text` among them is inserted in each language.
    """

    __slots__ = ("context", "english", "values")
    context: str | None
    english: str
    values: Mapping[str, object]

    def __init__(self, english: str, context: str | None = None, /, **values: object) -> None:
        """Keep the key and the values; nothing is looked up."""
        object.__setattr__(self, "english", english)
        object.__setattr__(self, "context", context)
        object.__setattr__(self, "values", values)

    @property
    def en(self) -> str:
        """The English text."""
        return _filled(self.english, "en", self.values)

    @property
    def zh(self) -> str:
        """The Chinese text."""
        return _filled(translate(self.english, self.context), "zh", self.values)

    def localise(self, lang: str) -> str:
        """Return the text in `lang` ("en" or "zh")."""
        return self.zh if lang == "zh" else self.en

    def format(self, **values: object) -> Message:
        """Return the message with further values."""
        return Message(self.english, self.context, **{**self.values, **values})

    def join(self, parts: Iterable[Text | str]) -> Text:
        """Return `parts` joined in each language, with this message as the separator."""
        return _Joined(self, tuple(parts))

    def __reduce__(self) -> tuple[object, ...]:
        """Return the parts of which `pickle` makes the message again."""
        return _message, (self.english, self.context, dict(self.values))


class _Joined(Text):
    """Texts with a separator, joined when they are read."""

    __slots__ = ("_parts", "_separator")
    _separator: Text
    _parts: tuple[Text | str, ...]

    def __init__(self, separator: Text, parts: tuple[Text | str, ...]) -> None:
        """Keep the texts."""
        object.__setattr__(self, "_separator", separator)
        object.__setattr__(self, "_parts", parts)

    @property
    def en(self) -> str:
        """The English text."""
        return localise(self._separator, "en").join(localise(part, "en") for part in self._parts)

    @property
    def zh(self) -> str:
        """The Chinese text."""
        return localise(self._separator, "zh").join(localise(part, "zh") for part in self._parts)

    def __reduce__(self) -> tuple[object, ...]:
        """Return the parts of which `pickle` makes the text again."""
        return _Joined, (self._separator, self._parts)


_COMMA, _OR = Message(", ", "list"), Message(" or ")


def listed(parts: Iterable[Text | str]) -> Text:
    """Return "a, b, c"."""
    return _COMMA.join(parts)


def alternatives(parts: Iterable[Text | str]) -> Text:
    """Return "a or b or c"."""
    return _OR.join(parts)


def keys(context: str, names: str) -> tuple[Message, ...]:
    """Return the messages in `context` of names that are separated by blanks, such as names of columns."""
    return tuple(Message(name, context) for name in names.split())


def message(text: str | Text) -> Text:
    """Return the message of an English key of the catalogue; a `Text` is returned as it is."""
    return Message(text) if isinstance(text, str) else text


def translated(english: str, lang: str, context: str | None = None) -> str:
    """Return the text of the catalogue for `english` in `lang`, or `english` if it is not in the catalogue."""
    return translate(english, context) if lang == "zh" else english


def _message(english: str, context: str | None, values: Mapping[str, object]) -> Message:
    return Message(english, context, **values)


def _filled(template: str, lang: str, values: Mapping[str, object]) -> str:
    """Return `template` with `values` inserted in `lang`; without values it may contain braces."""
    if not values:
        return template
    named = {name: localise(value, lang) if isinstance(value, Text) else value for name, value in values.items()}
    return filled(template, (), named) if lang == "zh" and "!r" in template else template.format(**named)


def filled(template: str, values: Sequence[object], named: Mapping[str, object]) -> str:
    """Return a Chinese `template` with its values; a text with the conversion ``!r`` is in Chinese quotation marks."""
    return _Chinese().vformat(template, values, named)


class _Chinese(string.Formatter):
    def convert_field(self, value: object, conversion: str | None) -> object:
        if conversion == "r" and isinstance(value, str):
            return f"“{repr(value)[1:-1]}”"
        return super().convert_field(value, conversion)
