"""The closed namespace, and short forms of IRIs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.terms import BASE, HX, ID, PREFIXES, expand, shorten


def test_a_term_is_its_iri() -> None:
    assert HX.Link == "https://w3id.org/helix-kg/ontology#Link"
    assert HX.count == "https://w3id.org/helix-kg/ontology#count"  # also a method of str


@pytest.mark.parametrize("misspelt", ["Lnik", "link", "Participant", "coBuilder"])
def test_a_misspelt_term_raises(misspelt: str) -> None:
    with pytest.raises(AttributeError, match=misspelt):
        getattr(HX, misspelt)


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (BASE + "id/huawei", "id:huawei"),
        (BASE + "id/link/xaut-36", "id:link/xaut-36"),
        (BASE + "evidence/a/b", "ev:a/b"),
        (BASE + "scheme/role/party", "sch:role/party"),
        ("http://www.w3.org/ns/org#unitOf", "org:unitOf"),
        ("https://example.org/x", "https://example.org/x"),
        ("36 enterprises", "36 enterprises"),
        ("", ""),
    ],
)
def test_shorten_takes_the_longest_prefix_that_fits(iri: str, short: str) -> None:
    assert shorten(iri) == short


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("huawei", ID + "huawei"),
        ("link/xaut-36", ID + "link/xaut-36"),
        ("id:huawei", ID + "huawei"),
        ("ev:a/b", BASE + "evidence/a/b"),
        ("https://example.org/x", "https://example.org/x"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("urn:x:y", "urn:x:y"),
    ],
)
def test_expand_reads_keys_short_forms_and_iris(text: str, iri: str) -> None:
    assert expand(text) == iri


@given(st.sampled_from(sorted(PREFIXES.values())), st.text())
def test_expand_inverts_shorten(start: str, rest: str) -> None:
    assert expand(shorten(start + rest)) == start + rest


def test_prefixes_do_not_overlap() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(iri.endswith(("/", "#")) for iri in PREFIXES.values())
