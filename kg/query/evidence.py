"""What a piece of evidence says, and where; and whether a document really says it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import DataError, InputError, reason
from kg.model import Table
from kg.query import cards
from kg.terms import EVIDENCE, shorten

if TYPE_CHECKING:
    from pathlib import Path

    from kg.query.cards import EvidenceCard
    from kg.store.view import View

COLUMNS = ("evidence", "field", "value")

_FIELDS = (
    "source",
    "publisher",
    "title",
    "published",
    "address",
    "quality",
    "reading",
    "start",
    "end",
    "digest",
    "note",
)
_SAYS = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o"


def normalise(sentence: str) -> str:
    """`sentence` as its digest is taken: Unicode NFC, each run of white space one space, both ends trimmed."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", sentence)).strip()


def digest(sentence: str) -> str:
    """``sha256:`` and the SHA-256 of the normalised sentence in UTF-8, in hexadecimal."""
    return "sha256:" + hashlib.sha256(normalise(sentence).encode()).hexdigest()


def find(view: View, iri: str) -> EvidenceCard:
    """The card of the evidence `iri`: a whole IRI, ``ev:…``, or what follows ``evidence/``.

    Raises:
        InputError: there is no such evidence.
    """
    whole = iri if "://" in iri else EVIDENCE + iri.removeprefix("ev:")
    try:
        ox.NamedNode(whole)
    except ValueError as error:
        raise InputError(f"{iri!r} is not an IRI; evidence is named as in the last column of an answer") from error
    found = cards.evidence(view, [whole])
    if whole not in found:
        raise InputError(f"there is no evidence {iri!r} in this store; an answer names it in its last column")
    return found[whole]


def describe(view: View, card: EvidenceCard) -> Table:
    """What `card` is and says: its fields, then one row ``says`` for each statement that it supports."""
    rows = [(card.iri, name, getattr(card, name)) for name in _FIELDS if getattr(card, name) is not None]
    rows += [(card.iri, "derived from", iri) for iri in card.derived_from]
    for row in view.select(_SAYS, {"g": ox.NamedNode(card.iri)}):
        statement = " ".join(_short(row[name]) for name in ("s", "p", "o"))
        rows.append((card.iri, "says", statement))
    return Table(COLUMNS, tuple(rows))


def check(card: EvidenceCard, document: Path) -> str:
    """The sentence of `document` at the place of `card`, once its digest agrees.

    Raises:
        InputError: the document cannot be read as UTF-8 text.
        DataError: the evidence has no place or no digest, or the document says something else there.
    """
    try:
        text = document.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{document}: cannot be read as UTF-8 text ({reason(error)})") from error
    if card.start is None or card.end is None or card.digest is None:
        raise DataError(f"{shorten(card.iri)} records no position and digest, so no document can be held against it")
    sentence = text[card.start : card.end]
    if digest(sentence) != card.digest:
        raise DataError(
            f"{document}: characters {card.start} to {card.end} do not have the digest of {shorten(card.iri)}; it is "
            "another document, or another version or text extraction of it"
        )
    return sentence


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return shorten(term.value) if isinstance(term, ox.NamedNode) else str(term)
