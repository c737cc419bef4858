"""Terms in the spelling of N-Quads, which is that of Oxigraph: what is read back equals what is written.

Language tags are in lower case, and the escapes are the same. Repeated terms come from a cache.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NewType

from kg.ingest.readers.cells import ParseError
from kg.terms import HX, PREFIXES, SCHEME

if TYPE_CHECKING:
    from decimal import Decimal

Iri = NewType("Iri", str)
"""An IRI without angle brackets, as the store and pyoxigraph take it."""

IriRef = NewType("IriRef", str)
"""An IRI in angle brackets: the production IRIREF of N-Quads."""

Statement = tuple[IriRef, IriRef, str]
"""Subject, predicate and object in the spelling of N-Quads."""

_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_KEY = re.compile(r"(?:[\w.~-]++|%[0-9A-F]{2})++(?:/(?:[\w.~-]++|%[0-9A-F]{2})++)*+")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r'"([0-9]{4}-[0-9]{2}-[0-9]{2})')
_CACHED = 1 << 16


class InvalidTermError(ParseError):
    """A value from which no valid term can be made: a malformed key, an unknown class or an empty text."""


def iri_ref(iri: str) -> IriRef:
    """Return `iri` in angle brackets."""
    return IriRef(f"<{iri}>")


def bare(ref: IriRef) -> Iri:
    """Return the IRI in `ref` without its angle brackets."""
    return Iri(ref[1:-1])


def as_iri(term: str) -> Iri | None:
    """Return the IRI of a term without its angle brackets, or ``None`` for a literal or a blank node."""
    return bare(IriRef(term)) if term.startswith("<") else None


def triple(statement: Statement) -> str:
    """Return a statement as a line of N-Triples, without the full stop."""
    return " ".join(statement)


@cache
def hx(name: str) -> IriRef:
    """Return the term `name` of the Helix ontology."""
    return iri_ref(getattr(HX, name))


@cache
def outer(prefix: str, name: str) -> IriRef:
    """Return the term `name` of another vocabulary, given by its known prefix."""
    return iri_ref(PREFIXES[prefix] + name)


@lru_cache(_CACHED)
def term(name: str) -> IriRef:
    """Return the IRI of a class or of an identifier type.

    Raises:
        InvalidTermError: the ontology does not define `name`.
    """
    if name not in HX.__annotations__:
        raise InvalidTermError("{name!r} is not a term of the ontology", name=name)
    return iri_ref(getattr(HX, name))


@lru_cache(_CACHED)
def node(space: str, key: str) -> IriRef:
    """Return the IRI of `key` in the namespace `space`.

    Raises:
        InvalidTermError: `key` is malformed.
    """
    if not _KEY.fullmatch(key) or not _encodable(key):
        raise InvalidTermError("{key!r} is not a valid key; make it with kg.ingest.readers.records.key", key=key)
    return iri_ref(space + key)


@lru_cache(_CACHED)
def concept(scheme: str, notation: str) -> IriRef:
    """Return the concept with that notation; `kg validate` reports notations that the ontology does not define."""
    return node(SCHEME, f"{scheme}/{notation}")


@lru_cache(_CACHED)
def literal(text: str, lang: str = "") -> str:
    """Return a text as a literal, with a language tag if `lang` is not empty.

    Raises:
        InvalidTermError: the text is blank or contains a lone surrogate, or `lang` is not a language tag.
    """
    if not text.strip():
        raise InvalidTermError("the text is empty")
    if not _encodable(text):
        raise InvalidTermError("the text contains a lone surrogate")
    if lang and not _TAG.fullmatch(lang):
        raise InvalidTermError("{lang!r} is not a language tag", lang=lang)
    quoted = '"' + _ESCAPED.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text) + '"'
    return f"{quoted}@{lang.lower()}" if lang else quoted


def day(value: date) -> str:
    """Return a date as an xsd:date literal."""
    return f'"{value.isoformat()}"^^{outer("xsd", "date")}'


def parse_day(text: str) -> date:
    """Return the date of an xsd:date literal; a time zone is ignored.

    Raises:
        ValueError: it is not a date.
    """
    match = _DATE.match(text)
    return date.fromisoformat(match[1] if match else text)


def number(value: Decimal) -> str:
    """Return a decimal as an xsd:decimal literal, without an exponent or trailing zeros.

    Raises:
        InvalidTermError: the value is not finite.
    """
    if not value.is_finite():
        raise InvalidTermError("{value} is not a finite number", value=value)
    plain = f"{value:f}"
    text = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f'"{text}"^^{outer("xsd", "decimal")}'


def _encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)
