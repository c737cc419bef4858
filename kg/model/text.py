"""Texts in English and Chinese, and the values of table cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """A text in English and Chinese; either may be missing.

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
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second

    def format(self, **values: object) -> Text:
        """Return both texts with ``{name}`` replaced by `values`; a `Text` among them is inserted in each language."""
        return Text(*(_filled(self, lang, values) for lang in ("en", "zh")))

    def join(self, parts: Iterable[Text]) -> Text:
        """Return `parts` joined in each language, with this text as the separator."""
        texts = tuple(parts)
        return Text(
            *((self.localise(lang) or "").join(localise(text, lang) for text in texts) for lang in ("en", "zh"))
        )

    def __str__(self) -> str:
        """Raise a `TypeError`; use `localise`."""
        raise TypeError("a Text has two languages; choose one with Text.localise")


@dataclass(frozen=True, slots=True)
class Detail(Text):
    """A note that the command line prints on request only, because a summary precedes it."""


def localise(text: str | Text, lang: str) -> str:
    """Return `text` in `lang` ("en" or "zh"); a plain `str` is returned as it is."""
    return (text.localise(lang) or "") if isinstance(text, Text) else text


def _filled(text: Text, lang: str, values: Mapping[str, object]) -> str | None:
    """Return `text` in `lang` with `values` inserted, or ``None`` if it has no text in `lang`."""
    template = text.zh if lang == "zh" else text.en
    if template is None:
        return None
    return template.format(**{key: localise(v, lang) if isinstance(v, Text) else v for key, v in values.items()})


Cell = str | int | float | bool | date | Text | None
"""The value of a `Table` cell; ``None`` means unknown or undefined and is printed as an empty cell."""
