"""The JSON-LD reads like plain JSON, and every JSON-LD reader finds the same quads in it.

``KG_CONTEXT=write pytest tests/rdf/test_jsonld.py`` writes the published context.
"""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import InputError
from kg.export.graph import serialise
from kg.rdf import files as graph_files
from kg.rdf import resources
from kg.rdf.jsonld import WIDTH, document, jsonld
from kg.rdf.jsonld_context import context
from kg.store.local import LocalStore
from kg.terms import BASE, EVIDENCE, HX, ID, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

XSD, SKOS, ORG = PREFIXES["xsd"], PREFIXES["skos"], PREFIXES["org"]
CONTEXT = context(quad for file in graph_files.ontology_files() for quad in graph_files.parse(file))
EV, NODE = ox.NamedNode(EVIDENCE + "a/1"), ox.NamedNode(ID + "huawei")


def iri(text: str) -> ox.NamedNode:
    prefix, _, local = text.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def written(*message: tuple[str, ox.NamedNode | ox.Literal]) -> dict[str, Any]:
    """Return the object of one node with these properties, as JSON."""
    quads = [ox.Quad(NODE, iri(name), value) for name, value in message]
    text = jsonld(quads, CONTEXT)
    assert set(ox.parse(text, format=ox.RdfFormat.JSON_LD)) == set(quads)
    (node,) = json.loads(text)["@graph"]
    assert node.pop("@id") == "id:huawei"
    return dict(node)


def of_rdflib(text: str) -> set[tuple[str, str, str, str]]:
    """Return the quads that rdflib reads from `text`, as N-Quads; language tags without case."""
    actual = Dataset()
    actual.parse(data=text, format="json-ld")
    return {
        (s.n3(), p.n3(), _lower(o), "" if g in {None, DATASET_DEFAULT_GRAPH_ID} else URIRef(str(g)).n3())
        for s, p, o, g in actual.quads()
    }


def _lower(node: Any) -> str:
    if isinstance(node, RdflibLiteral) and node.language:
        return RdflibLiteral(str(node), lang=node.language.lower()).n3()
    return str(node.n3())


def as_rdflib(quads: set[ox.Quad]) -> set[tuple[str, str, str, str]]:
    return {
        (
            str(quad.subject),
            str(quad.predicate),
            _lower(_of(quad.object)),
            "" if quad.graph_name == ox.DefaultGraph() else str(quad.graph_name),
        )
        for quad in quads
    }


def _of(node: Any) -> URIRef | RdflibLiteral:
    if isinstance(node, ox.NamedNode):
        return URIRef(node.value)
    if node.language:
        return RdflibLiteral(node.value, lang=node.language)
    kind = None if node.datatype.value == XSD + "string" else URIRef(node.datatype.value)
    return RdflibLiteral(node.value, datatype=kind)


def test_the_published_context_is_the_one_of_the_ontology() -> None:
    file = resources.ontology() / "context.jsonld"
    text = document({"@context": CONTEXT})
    if os.environ.get("KG_CONTEXT") == "write":
        file.write_text(text, encoding="utf-8", newline="")
    assert file.read_bytes().decode() == text, "run KG_CONTEXT=write pytest tests/export/test_jsonld.py"


def test_every_term_of_the_ontology_has_its_name_in_the_context() -> None:
    for term in HX.__annotations__:
        definition: Any = CONTEXT[term]
        full = definition if isinstance(definition, str) else definition["@id"]
        assert full == f"hx:{term}" or definition == {"@id": "org:identifier", "@type": f"hx:{term}"}, term


def test_the_context_follows_the_ontology() -> None:
    assert CONTEXT["@version"] == 1.1
    assert CONTEXT["Link"] == "hx:Link"
    assert CONTEXT["participant"] == {"@id": "hx:participant", "@type": "@id"}
    assert CONTEXT["startEarliest"] == {"@id": "hx:startEarliest", "@type": "xsd:date"}
    assert CONTEXT["count"] == {"@id": "hx:count", "@type": "xsd:integer"}
    assert CONTEXT["statedAs"] == "hx:statedAs"
    assert CONTEXT["city"] == {"@id": "hx:city", "@container": "@language"}
    assert CONTEXT["prefLabel"] == {"@id": "skos:prefLabel", "@container": "@language"}
    assert CONTEXT["rorId"] == {"@id": "org:identifier", "@type": "hx:rorId"}
    assert CONTEXT["source"] == {"@id": "hx:source", "@type": "@id"}  # unlike the term of Dublin Core
    assert {name: CONTEXT[name] for name in PREFIXES} == dict(PREFIXES)


@pytest.mark.parametrize(
    ("message", "node"),
    [
        ([("rdf:type", iri("hx:Actor"))], {"@type": "Actor"}),
        ([("rdf:type", iri("hx:Actor")), ("rdf:type", iri("hx:Firm"))], {"@type": ["Actor", "Firm"]}),
        ([("rdf:type", iri("prov:Agent"))], {"@type": "prov:Agent"}),
        ([("hx:seat", iri("id:place/xi-an"))], {"seat": "id:place/xi-an"}),
        ([("hx:seat", ox.NamedNode("https://example.org/x"))], {"seat": "https://example.org/x"}),
        ([("hx:seat", ox.Literal("Xi'an"))], {"hx:seat": "Xi'an"}),
        ([("hx:count", ox.Literal(36))], {"count": 36}),
        ([("hx:count", ox.Literal("036", datatype=iri("xsd:integer")))], {"count": "036"}),
        ([("hx:count", ox.Literal(10**15))], {"count": "1000000000000000"}),
        ([("hx:includesNamed", ox.Literal(value=True))], {"includesNamed": True}),
        ([("hx:includesNamed", ox.Literal("1", datatype=iri("xsd:boolean")))], {"includesNamed": "1"}),
        ([("hx:latitude", ox.Literal("34.10", datatype=iri("xsd:decimal")))], {"latitude": "34.10"}),
        ([("hx:statedAs", ox.Literal("--11-08"))], {"statedAs": "--11-08"}),
        ([("hx:statedAs", ox.Literal(2025))], {"statedAs": {"@type": "xsd:integer", "@value": "2025"}}),
        ([("hx:statedAs", ox.Literal("x", language="en"))], {"statedAs": {"@language": "en", "@value": "x"}}),
        ([("dct:publisher", iri("id:moe"))], {"publisher": {"@id": "id:moe"}}),
        ([("dct:creator", ox.Literal("id:moe"))], {"creator": "id:moe"}),
        ([("org:identifier", ox.Literal("x1", datatype=iri("hx:rorId")))], {"rorId": "x1"}),
        ([("org:identifier", ox.Literal("x1"))], {"org:identifier": "x1"}),
        ([("dcat:theme", iri("sch:field/steel"))], {"dcat:theme": {"@id": "sch:field/steel"}}),
        ([("skos:prefLabel", ox.Literal("plain"))], {"skos:prefLabel": "plain"}),
        (
            [("skos:prefLabel", ox.Literal(text, language=tag)) for text, tag in (("华为", "zh"), ("H", "en"))],
            {"prefLabel": {"en": "H", "zh": "华为"}},
        ),
        (
            [("skos:altLabel", ox.Literal(text, language="zh-latn-pinyin")) for text in ("b", "a")],
            {"altLabel": {"zh-Latn-pinyin": ["a", "b"]}},
        ),
    ],
)
def test_a_value_is_as_plain_as_it_can_be(message: list[tuple[str, ox.NamedNode | ox.Literal]], node: Any) -> None:
    assert written(*message) == node


def test_a_piece_of_evidence_is_one_object_with_its_statements() -> None:
    quads = [
        ox.Quad(EV, iri("rdf:type"), iri("hx:Evidence")),
        ox.Quad(EV, iri("hx:start"), ox.Literal(599)),
        ox.Quad(NODE, iri("rdf:type"), iri("hx:Firm"), EV),
    ]
    assert json.loads(jsonld(quads, CONTEXT)) == {
        "@context": CONTEXT,
        "@graph": [
            {"@id": "ev:a/1", "@type": "Evidence", "start": 599, "@graph": [{"@id": "id:huawei", "@type": "Firm"}]}
        ],
    }


def test_numbers_in_iris_count_by_value() -> None:
    quads = [ox.Quad(ox.NamedNode(EVIDENCE + key), iri("rdf:type"), iri("hx:Evidence")) for key in ("s1258", "s169")]
    assert [node["@id"] for node in json.loads(jsonld(quads, CONTEXT))["@graph"]] == ["ev:s169", "ev:s1258"]


@pytest.mark.parametrize("local", ["", "//x", "a//b", "a:b", "@id", "a b".replace(" ", "%20"), "华为"])
def test_an_iri_survives_a_round_trip(local: str) -> None:
    quads = {ox.Quad(ox.NamedNode(ID + local), iri("hx:about"), ox.NamedNode(ID + local), ox.NamedNode(ID + local))}
    text = jsonld(quads, CONTEXT)
    assert set(ox.parse(text, format=ox.RdfFormat.JSON_LD)) == quads


def test_an_iri_that_json_ld_would_misread_is_refused() -> None:
    quad = ox.Quad(ox.NamedNode("id:huawei"), iri("rdf:type"), iri("hx:Firm"))
    with pytest.raises(
        InputError, match="<id:huawei> cannot be written in JSON-LD: it would be read with the prefix id"
    ):
        jsonld([quad], CONTEXT)


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(InputError, match="only IRIs can be written"):
        jsonld([ox.Quad(ox.BlankNode("b"), iri("rdf:type"), iri("hx:Firm"))], CONTEXT)


def test_short_values_share_a_line_and_invisible_characters_are_escaped() -> None:
    text = jsonld([ox.Quad(NODE, iri("skos:prefLabel"), ox.Literal("a\u202eb\u2028\n𝄢\U000e0001", language="en"))], {})
    assert '"a\\u202eb\\u2028\\n𝄢\\udb40\\udc01"' in text
    assert text.endswith("}\n")
    assert all(len(line) <= WIDTH or '"' in line for line in text.splitlines())
    assert document({"a": [1, {"b": "c"}]}) == '{"a": [1, {"b": "c"}]}\n'


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from(["seat", "count", "latitude", "statedAs", "city", "startEarliest", "misspelt", "includesNamed"])
PREDICATES = NAMES.map(lambda name: iri(f"hx:{name}")) | st.sampled_from(
    [
        iri(name)
        for name in ("skos:prefLabel", "dct:publisher", "org:identifier", "rdf:type", "dcat:theme", "rdfs:label")
    ]
)
IRIS = st.sampled_from(
    [NODE, EV, ox.NamedNode("https://example.org/a"), ox.NamedNode("urn:x:y"), *map(iri, ("hx:Firm", "sch:role/party"))]
)
KINDS = st.sampled_from([*(iri(f"xsd:{name}") for name in ("string", "date", "double", "anyURI")), iri("hx:rorId")])
LITERALS = (
    st.builds(ox.Literal, TEXTS)
    | st.builds(lambda text, kind: ox.Literal(text, datatype=kind), TEXTS, KINDS)
    | st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "zh", "zh-hans-cn"]))
    | st.integers().map(ox.Literal)
    | st.booleans().map(ox.Literal)
    | st.decimals(allow_nan=False, allow_infinity=False).map(
        lambda number: ox.Literal(f"{number:f}", datatype=iri("xsd:decimal"))
    )
)
QUADS = st.builds(ox.Quad, IRIS, PREDICATES, IRIS | LITERALS, st.just(ox.DefaultGraph()) | IRIS)


@given(st.lists(QUADS, max_size=8))
def test_any_quads_survive_a_round_trip_in_any_order(quads: list[ox.Quad]) -> None:
    text = jsonld(quads, CONTEXT)
    assert set(ox.parse(text, format=ox.RdfFormat.JSON_LD)) == set(quads)
    assert jsonld(quads[::-1], CONTEXT) == text


def _place(quad: ox.Quad) -> str:
    """Return the evidence of `quad`, or its subject if it is outside evidence."""
    return str(quad.subject if quad.graph_name == ox.DefaultGraph() else quad.graph_name)


def _form(quad: ox.Quad) -> tuple[str, str | None, str | None]:
    """Return the property of `quad`, and the language and datatype of its value, if it is a literal."""
    if not isinstance(quad.object, ox.Literal):
        return quad.predicate.value, None, None
    return quad.predicate.value, quad.object.language, quad.object.datatype.value


def test_two_readers_find_the_shipped_quads_offline(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rdflib, which is much slower, reads evidence with each form of a statement."""
    with LocalStore(built).view() as view:
        text = serialise(view, ".jsonld").decode()
    quads = {quad for file in graph_files.discover(()) for quad in graph_files.parse(file)}

    def refuse(*_: object) -> None:
        raise AssertionError("a reader wanted the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    read = set(ox.parse(text, format=ox.RdfFormat.JSON_LD))
    of_collection = {quad for quad in read if "helix-kg/collection/" in f"{quad.subject}{quad.object}"}
    assert read - of_collection == quads
    places = set({_form(quad): _place(quad) for quad in sorted(quads, key=str)}.values())
    sample = {quad for quad in quads if _place(quad) in places}
    assert of_rdflib(jsonld(sample, CONTEXT)) == as_rdflib(sample)


def test_the_context_serves_documents_of_others() -> None:
    """An undefined name also gets an IRI in our namespace, where `kg validate` reports it."""
    text = json.dumps({"@context": CONTEXT, "@id": "id:x", "@type": "Frim", "colour": "red", "webDomain": "x.example"})
    actual = {(quad.predicate.value, str(quad.object)) for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}
    assert actual == {
        (PREFIXES["rdf"] + "type", f"<{BASE}ontology#Frim>"),
        (PREFIXES["hx"] + "colour", '"red"'),
        (PREFIXES["hx"] + "webDomain", '"x.example"'),
    }
