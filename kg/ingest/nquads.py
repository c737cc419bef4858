"""How a term is spelt in N-Quads: as Oxigraph spells it, so that what was read back equals what is made anew.

Language tags are in lower case, and the escapes are the same. Terms that come again are taken from a cache.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.terms import HX, PREFIXES, SCHEME

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

_UNSAID = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_KEY = re.compile(r"(?:[\w.~-]|%[0-9A-F]{2})+(?:/(?:[\w.~-]|%[0-9A-F]{2})+)*")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_MANY = 1 << 16


class InvalidTermError(ValueError):
    """A value that cannot be made a statement of: a key that is none, a class or a notation that nobody knows."""


@cache
def hx(name: str) -> str:
    """A term of our own that the code names."""
    return f"<{HX[name]}>"


@cache
def outer(prefix: str, name: str) -> str:
    """A term of another vocabulary, by its known prefix."""
    return f"<{PREFIXES[prefix]}{name}>"


@lru_cache(_MANY)
def term(name: str) -> str:
    """The IRI of a class, or of the type of an identifier; a closed list, so that a misspelt one is refused."""
    if name not in HX.__annotations__:
        raise InvalidTermError(f"{name!r} is no term of the ontology")
    return f"<{HX[name]}>"


@lru_cache(_MANY)
def node(space: str, key: str) -> str:
    """The IRI of `key` under `space`.

    Raises:
        InvalidTermError: it is no key.
    """
    if not _KEY.fullmatch(key) or not _encodable(key):
        raise InvalidTermError(f"{key!r} is no key; make it with kg.ingest.readers.records.key")
    return f"<{space}{key}>"


@lru_cache(_MANY)
def concept(scheme: str, notation: str) -> str:
    """The concept of that notation; whether the ontology has it, `kg validate` says."""
    return node(SCHEME, f"{scheme}/{notation}")


@lru_cache(_MANY)
def literal(text: str, lang: str = "") -> str:
    """A text in a language, or in none that is known.

    Raises:
        InvalidTermError: nothing is in it, half a character is, or the language is none.
    """
    if not text.strip():
        raise InvalidTermError("the text is empty")
    if not _encodable(text):
        raise InvalidTermError("the text has half a character (a lone surrogate)")
    if lang and not _TAG.fullmatch(lang):
        raise InvalidTermError(f"{lang!r} is no language tag")
    quoted = '"' + _UNSAID.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text) + '"'
    return f"{quoted}@{lang.lower()}" if lang else quoted


def day(value: date) -> str:
    """A day as a literal."""
    return f'"{value.isoformat()}"^^{outer("xsd", "date")}'


def number(value: Decimal) -> str:
    """A decimal without an exponent, in the one spelling of XSD that has no needless zeros."""
    if not value.is_finite():
        raise InvalidTermError(f"{value} is no number")
    whole = f"{value:f}"
    text = whole.rstrip("0").rstrip(".") if "." in whole else whole
    return f'"{text}"^^{outer("xsd", "decimal")}'


def _encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)
