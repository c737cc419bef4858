"""Values that have an English and a Chinese text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text in English and Chinese, such as a name in the data; either may be missing.

    A text becomes a `str` only by `localise`. ``str(text)`` and ``f"{text}"`` raise: they would drop a language.
    """

    en: str | None = None
    zh: str | None = None

    @property
    def pair(self) -> tuple[str | None, str | None]:
        """The English and the Chinese text."""
        return self.en, self.zh

    def localise(self, lang: str) -> str | None:
        """Return the text in `lang` ("en" or "zh"), else in the other language, else ``None``."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def format(self, **values: object) -> Text:
        """Return both texts with ``{name}`` replaced by `values`."""
        return Text(*(text and text.format(**values) for text in self.pair))

    def __str__(self) -> str:
        """Raise a `TypeError`; use `localise`."""
        raise TypeError("a Text has two languages; choose one with Text.localise")


class Detail(Text):
    """A note that the command line prints on request only, because a summary precedes it."""

    __slots__ = ("_note",)
    _note: Text

    def __init__(self, note: Text) -> None:
        """Mark `note`, which stays unchanged."""
        object.__setattr__(self, "_note", note)

    @property
    def en(self) -> str | None:
        """The English text of the note."""
        return self._note.en

    @property
    def zh(self) -> str | None:
        """The Chinese text of the note."""
        return self._note.zh

    def __reduce__(self) -> tuple[object, ...]:
        """Return the parts of which `pickle` makes the note again."""
        return Detail, (self._note,)


def localise(text: str | Text, lang: str) -> str:
    """Return `text` in `lang` ("en" or "zh"); a plain `str` is returned as it is."""
    return (text.localise(lang) or "") if isinstance(text, Text) else text
