"""The canonical TriG writer loses nothing and ignores the order of statements."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import InputError
from kg.rdf import resources
from kg.rdf.trig import PREFIXES, WIDTH, trig
from kg.terms import BASE

HX = BASE + "ontology#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")

paths = st.text("abyzAZ019_-.~%/:#?=&()é华", max_size=12)
iris = st.builds(
    lambda namespace, path: namespace + path,
    st.sampled_from([namespace for _, namespace in PREFIXES] + [BASE, "https://example.org/", "urn:x:"]),
    paths,
)


def _valid(iri: str) -> bool:
    try:
        list(parse(input=f"<{iri}> <{iri}> <{iri}> .".encode(), format=RdfFormat.TURTLE))
    except SyntaxError:
        return False
    return True


named = iris.filter(_valid).map(NamedNode)
literals = st.one_of(
    st.text().map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        st.text(max_size=9),
        st.sampled_from(
            ["en", "zh", "zh-Latn-pinyin", "de-CH-1996", "x-Pri-AB", "en-US-u-islamcal", "sl-Latn-IT-nedis"]
        ),
    ),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#" + kind)),
        st.sampled_from(["0", "13", "-7", "007", "+1", "true", "1", "2025-11-08", "x", ""]),
        st.sampled_from(["integer", "boolean", "date", "anyURI", "decimal", "odd.name."]),
    ),
)
quads = st.builds(Quad, named, named, st.one_of(named, literals), st.one_of(st.just(DefaultGraph()), named))


def _read(text: str) -> set[Quad]:
    return set(parse(input=text.encode(), format=RdfFormat.TRIG))


@given(st.lists(quads, max_size=12))
def test_written_text_is_stable_under_a_round_trip(given_quads: list[Quad]) -> None:
    text = trig(given_quads)
    assert _read(text) == set(given_quads)
    assert trig(_read(text)) == text


@given(st.lists(quads, max_size=12), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(given_quads: list[Quad], chance: random.Random) -> None:
    shuffled = given_quads * 2
    chance.shuffle(shuffled)
    assert trig(shuffled) == trig(given_quads)


def test_the_layout_of_a_file() -> None:
    evidence = NamedNode(BASE + "evidence/stdaily.com-431169/xaut-36")
    link = NamedNode(BASE + "id/link/xaut-36")
    statements = [
        Quad(evidence, TYPE, NamedNode(HX + "Evidence")),
        Quad(link, NamedNode(HX + "participation"), NamedNode(BASE + "id/link/xaut-36/party/xaut-party"), evidence),
        Quad(link, LABEL, Literal("共建协议", language="zh"), evidence),
        Quad(link, LABEL, Literal('Joint "construction" agreement', language="en"), evidence),
        Quad(link, NamedNode(HX + "stage"), NamedNode(BASE + "scheme/stage/signed"), evidence),
        Quad(link, TYPE, NamedNode(HX + "Link"), evidence),
        Quad(link, TYPE, NamedNode(HX + "Agreement"), evidence),
        Quad(link, NamedNode(HX + "count"), Literal(36), evidence),
    ]
    assert trig(statements) == (
        "@base <https://w3id.org/helix-kg/> .\n"
        "@prefix hx: <https://w3id.org/helix-kg/ontology#> .\n"
        "@prefix link: <https://w3id.org/helix-kg/id/link/> .\n"
        "@prefix stage: <https://w3id.org/helix-kg/scheme/stage/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "<evidence/stdaily.com-431169/xaut-36> a hx:Evidence .\n"
        "\n"
        "<evidence/stdaily.com-431169/xaut-36> {\n"
        "    link:xaut-36 a hx:Agreement, hx:Link ;\n"
        '        skos:prefLabel "Joint \\"construction\\" agreement"@en, "共建协议"@zh ;\n'
        "        hx:count 36 ;\n"
        "        hx:participation <id/link/xaut-36/party/xaut-party> ;\n"
        "        hx:stage stage:signed .\n"
        "}\n"
    )


def test_long_lists_of_objects_use_one_line_each() -> None:
    link = NamedNode(BASE + "id/link/x")
    names = [Literal(f"a name of some length, number {number}", language="en") for number in range(5)]
    text = trig(Quad(link, LABEL, name) for name in names)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert sum("a name of some length" in line for line in text.splitlines()) == len(names)


def test_each_scheme_of_the_ontology_has_a_prefix() -> None:
    concepts = resources.ontology() / "concepts.ttl"
    scheme = NamedNode("http://www.w3.org/2004/02/skos/core#ConceptScheme")
    actual = {str(quad.subject)[1:-1] + "/" for quad in parse(path=str(concepts)) if quad.object == scheme}
    assert actual
    assert actual <= {namespace for _, namespace in PREFIXES}


def test_language_tags_have_the_case_of_bcp_47() -> None:
    text = trig([Quad(LABEL, LABEL, Literal("Xi'an", language="ZH-latn-PINYIN"))])
    assert '"Xi\'an"@zh-Latn-pinyin' in text


@pytest.mark.parametrize("hidden", ["\u202e", "\u2028", "\x00", "\ufeff", "\U000e0001"])
def test_invisible_characters_are_escaped(hidden: str) -> None:
    statement = Quad(LABEL, LABEL, Literal(f"a{hidden}b"))
    text = trig([statement])
    assert hidden not in text
    assert _read(text) == {statement}


@pytest.mark.parametrize(
    "statement",
    [
        Quad(BlankNode("b"), LABEL, Literal("x")),
        Quad(LABEL, LABEL, BlankNode("b")),
        Quad(LABEL, LABEL, Literal("x"), BlankNode("b")),
        Quad(LABEL, LABEL, Triple(LABEL, LABEL, LABEL)),
    ],
)
def test_terms_without_a_canonical_form_are_refused(statement: Quad) -> None:
    with pytest.raises(InputError, match=r"an IRI of its own"):
        trig([statement])
