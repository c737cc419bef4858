"""Language tags compared as ranges: ``zh`` includes ``zh-Hans`` and ``zh-CN`` (RFC 4647, basic filtering)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

_T = TypeVar("_T")
_TRANSCRIBED = "latn"
"""Script of transcriptions such as pinyin, which are not in the language of their readers."""


def matches(tag: str, lang: str) -> bool:
    """Return whether a tag is in the range `lang`; a transcription into Latin letters is not.

    >>> [matches(tag, "zh") for tag in ("zh", "zh-Hans", "zh-Latn-pinyin", "zha")]
    [True, True, False, False]
    """
    first, *rest = tag.lower().split("-")
    return first == lang and (lang == "en" or _TRANSCRIBED not in rest)


def best(texts: Mapping[str, _T], lang: str) -> _T | None:
    """Return the value of the tag `lang`, otherwise of the first tag in its range."""
    return texts[lang] if lang in texts else next((texts[tag] for tag in sorted(texts) if matches(tag, lang)), None)
