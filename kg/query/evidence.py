"""The content and place of a piece of evidence, and its verification against a document."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import fields
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import DataError, InputError
from kg.model import Table
from kg.query import cards
from kg.rdf.ontology import Concept
from kg.rdf.publishers import publisher
from kg.terms import EVIDENCE, readable
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.model import Cell
    from kg.query.cards import EvidenceCard
    from kg.store.view import View

COLUMNS = ("evidence", "field", "value")
_CONCEPTS = ("quality", "reading")
_OTHER = ("iri", "derived_from")

_SAYS = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o"


def normalise(sentence: str) -> str:
    """Return `sentence` in the form of its digest: Unicode NFC, white space collapsed, both ends trimmed."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", sentence)).strip()


def digest(sentence: str) -> str:
    """Return ``sha256:`` and the hexadecimal SHA-256 of the normalised sentence in UTF-8."""
    return "sha256:" + hashlib.sha256(normalise(sentence).encode()).hexdigest()


def find(view: View, iri: str) -> EvidenceCard:
    """Return the card of the evidence `iri`: a full IRI, ``ev:…``, or the part after ``evidence/``.

    Raises:
        InputError: the store does not contain this evidence.
    """
    whole = iri if "://" in iri else EVIDENCE + iri.removeprefix("ev:")
    try:
        ox.NamedNode(whole)
    except ValueError as error:
        raise InputError("{iri!r} is not an IRI; copy one from the evidence column of an answer", iri=iri) from error
    known = cards.evidence(view, [whole])
    if whole not in known:
        raise InputError(
            "there is no evidence {iri!r} in this store; copy an IRI from the evidence column of an answer", iri=iri
        )
    return known[whole]


def describe(view: View, card: EvidenceCard, lang: str = "en") -> Table:
    """Return the fields of `card`, then one row ``statement`` for each statement that it supports."""
    values = [(one.name, getattr(card, one.name)) for one in fields(card) if one.name not in _OTHER]
    rows: list[tuple[Cell, ...]] = [
        (card.iri, name, _shown(name, value)) for name, value in values if value not in (None, Text())
    ]
    rows += [(card.iri, "derived from", iri) for iri in card.derived_from]
    rows += [(card.iri, "statement", statement) for statement in _statements(view, card.iri, lang)]
    return Table(COLUMNS, tuple(rows))


def _shown(name: str, value: Cell) -> Cell:
    """Return the value of a field of a card in both languages."""
    if name == "publisher":
        return publisher(str(value))
    return Concept(name, str(value)) if name in _CONCEPTS else value


def _statements(view: View, iri: str, lang: str) -> Iterator[str]:
    """Yield the statements of an evidence graph; of texts in both languages only that in `lang`."""
    rows = list(view.select(_SAYS, {"g": ox.NamedNode(iri)}))
    languages = {(row["s"], row["p"]): set[str]() for row in rows}
    for row in rows:
        languages[row["s"], row["p"]].add(_language(row["o"]))
    for row in rows:
        known = languages[row["s"], row["p"]]
        if lang in known and _language(row["o"]) in {"en", "zh"} - {lang}:
            continue
        yield " ".join(_short(row[name]) for name in ("s", "p", "o"))


def _language(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return (term.language or "") if isinstance(term, ox.Literal) else ""


def check(card: EvidenceCard, text: str, document: Path) -> str:
    """Return the sentence of a text at the position of `card` after verifying its digest.

    Args:
        card: the evidence.
        text: the text of the document, as `kg.read.documents` keeps it.
        document: path of the document, for messages.

    Raises:
        DataError: the evidence has no position or digest, or the document differs at that position.
    """
    if card.start is None or card.end is None or card.digest is None:
        raise DataError(
            "{iri} has no position or digest, so a document cannot be verified against it", iri=readable(card.iri)
        )
    sentence = text[card.start : card.end]
    if digest(sentence) != card.digest:
        raise DataError(
            "{document}: characters {start} to {end} do not have the digest of {iri}; pass the version and text "
            "extraction that the evidence cites",
            document=document,
            start=card.start,
            end=card.end,
            iri=readable(card.iri),
        )
    return sentence


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return readable(term.value) if isinstance(term, ox.NamedNode) else str(term)
