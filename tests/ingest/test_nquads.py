"""Terms are spelt as Oxigraph spells them, and what cannot be said is not."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.nquads import InvalidTermError, literal, node, number, term
from kg.ingest.readers.records import key
from kg.terms import ID

PARTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda part: part.strip("."))


def back(line: str) -> str:
    (triple,) = ox.parse(f"<urn:a> <urn:b> {line} .", format=ox.RdfFormat.N_QUADS)
    return str(triple.object)


@given(
    st.text(st.characters(exclude_categories=("Cs",))).filter(str.strip), st.sampled_from(["", "en", "zh-Latn-pinyin"])
)
def test_a_text_is_spelt_as_it_is_read_back(text: str, lang: str) -> None:
    assert back(literal(text, lang)) == literal(text, lang)


@given(st.lists(PARTS, min_size=1))
def test_any_parts_make_a_key_and_a_key_an_iri(parts: list[str]) -> None:
    iri = node(ID, key(*parts))
    assert back(iri) == iri


@given(PARTS, PARTS)
def test_different_parts_make_different_keys(one: str, other: str) -> None:
    assert (key(one) == key(other)) == (one == other)
    assert key(one, other) != key(one + "/" + other)


@pytest.mark.parametrize("made", ["a b", "javascript:x", "a/../b c", "", "/a", "a<b", "\ud800", "a%zz"])
def test_what_is_no_key_is_not_said(made: str) -> None:
    with pytest.raises(InvalidTermError, match="is not a valid key"):
        node(ID, made)


@pytest.mark.parametrize(("text", "lang"), [("", ""), (" ", "en"), ("\ud800", ""), ("x", "no tag")])
def test_what_is_no_text_is_not_said(text: str, lang: str) -> None:
    with pytest.raises(InvalidTermError):
        literal(text, lang)


def test_a_misspelt_term_is_not_said() -> None:
    with pytest.raises(InvalidTermError, match="'Univeristy' is not a term of the ontology"):
        term("Univeristy")


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("115000.00", "115000"), ("1E+3", "1000"), ("-4.3880", "-4.388"), ("1E-7", "0.0000001")],
)
def test_a_number_has_one_spelling(value: str, text: str) -> None:
    assert number(Decimal(value)).startswith(f'"{text}"^^')


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_not_said(value: str) -> None:
    with pytest.raises(InvalidTermError, match="is not a finite number"):
        number(Decimal(value))
