"""Terms have the spelling of Oxigraph, and invalid terms are refused."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.nquads import InvalidTermError, literal, node, number, term
from kg.ingest.readers.records import key
from kg.terms import ID

PARTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda part: part.strip("."))


def reparsed(line: str) -> str:
    (triple,) = ox.parse(f"<urn:a> <urn:b> {line} .", format=ox.RdfFormat.N_QUADS)
    return str(triple.object)


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip), st.sampled_from(["", "en", "zh-Latn-pinyin"])
)
def test_a_text_round_trips(text: str, lang: str) -> None:
    assert reparsed(literal(text, lang)) == literal(text, lang)


@given(st.lists(PARTS, min_size=1))
def test_any_parts_make_a_valid_key_and_iri(parts: list[str]) -> None:
    iri = node(ID, key(*parts))
    assert reparsed(iri) == iri


@given(PARTS, PARTS)
def test_different_parts_make_different_keys(one: str, other: str) -> None:
    assert (key(one) == key(other)) == (one == other)
    assert key(one, other) != key(one + "/" + other)


@pytest.mark.parametrize("key_text", ["a b", "javascript:x", "a/../b c", "", "/a", "a<b", "\ud800", "a%zz"])
def test_an_invalid_key_is_refused(key_text: str) -> None:
    with pytest.raises(InvalidTermError, match="is not a valid key"):
        node(ID, key_text)


@pytest.mark.parametrize(("text", "lang"), [("", ""), (" ", "en"), ("\ud800", ""), ("x", "no tag")])
def test_an_invalid_text_is_refused(text: str, lang: str) -> None:
    with pytest.raises(InvalidTermError):
        literal(text, lang)


def test_an_unknown_term_is_refused() -> None:
    with pytest.raises(InvalidTermError, match="'Univeristy' is not a term of the ontology"):
        term("Univeristy")


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("115000.00", "115000"), ("1E+3", "1000"), ("-4.3880", "-4.388"), ("1E-7", "0.0000001")],
)
def test_a_number_has_one_spelling(value: str, text: str) -> None:
    assert number(Decimal(value)).startswith(f'"{text}"^^')


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_an_infinite_number_is_refused(value: str) -> None:
    with pytest.raises(InvalidTermError, match="is not a finite number"):
        number(Decimal(value))
