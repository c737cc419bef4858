"""Each shape has a good example and, for each of its messages, a bad one with one finding.

The examples refer to ``shapes/background.trig``. A bad example contains in its first two lines the rule and the message
that it violates.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, Node, URIRef

from kg.ingest import build
from kg.rdf import files as graph_files
from kg.terms import BASE, ONTOLOGY_GRAPH, PREFIXES

HX = Namespace(PREFIXES["hx"])

FOLDER = Path(__file__).parents[1] / "shapes"
BACKGROUND = FOLDER / "background.trig"
GOOD = sorted(FOLDER.glob("*/good.trig"))
BAD = sorted(FOLDER.glob("*/bad-*.trig"))
EXAMPLES = [*GOOD, *BAD]
LONGEST = 180
"""Longest readable message on a terminal, in characters."""


@cache
def shapes() -> Graph:
    graph = Graph()
    for file in graph_files.shape_files():
        graph.parse(file)
    return graph


def node_shapes() -> list[URIRef]:
    return sorted(shape for shape in shapes().subjects(RDF.type, SH.NodeShape) if isinstance(shape, URIRef))


def local(node: Node | None) -> str:
    return str(node).rpartition("/")[2].rpartition("#")[2]


def messages(lang: str) -> dict[tuple[str, str], list[str]]:
    """Return the messages in `lang`, by node shape and by the path (or constraint) that they explain."""
    texts_of: dict[tuple[str, str], list[str]] = {}
    for shape in node_shapes():
        for link in (SH.property, SH.sparql):
            for rule in shapes().objects(shape, link):
                texts = [text for text in shapes().objects(rule, SH.message) if isinstance(text, Literal)]
                key = local(shape), local(shapes().value(rule, SH.path)) if link == SH.property else ""
                texts_of.setdefault(key, []).extend(str(text) for text in texts if text.language == lang)
    return texts_of


def expected(file: Path) -> tuple[str, str]:
    rule, message, *_ = file.read_text(encoding="utf-8").splitlines()
    return rule.removeprefix("# "), message.removeprefix("# ")


def name(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


@pytest.fixture(scope="module")
def findings() -> dict[Path, list[tuple[str, str]]]:
    """Rule and message of each finding in the examples, each of which is checked with a background of its own.

    One run checks all of them: each example and its background are renamed, except terms of the ontology.
    """
    data = ox.Store()
    graph_files.load_all(data, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    terms, background = {quad.subject for quad in data}, list(graph_files.parse(BACKGROUND))

    def renamed(node: Any, number: int) -> Any:
        if not isinstance(node, ox.NamedNode) or node in terms:
            return node
        return ox.NamedNode(re.sub(f"^({BASE}[a-z]+/)", rf"\1example-{number}/", node.value))

    for number, file in enumerate(EXAMPLES):
        for quad in (*background, *graph_files.parse(file)):
            data.add(ox.Quad(*(renamed(node, number) for node in quad)))
    found: dict[Path, list[tuple[str, str]]] = {file: [] for file in EXAMPLES}
    for finding in build.report_of(data, [], "en").findings:
        (number,) = set(re.findall(r"example-(\d+)/", f"{finding.node} {finding.evidence}"))
        found[EXAMPLES[int(number)]].append((finding.rule, re.sub(r"example-\d+/", "", str(finding.message))))
    return found


def test_the_background_of_the_examples_conforms() -> None:
    assert build.check([BACKGROUND]).findings == ()


@pytest.mark.parametrize("file", GOOD, ids=name)
def test_a_good_example_conforms_and_is_targeted(file: Path, findings: dict[Path, list[tuple[str, str]]]) -> None:
    assert findings[file] == []
    shape = next(shape for shape in node_shapes() if local(shape) == file.parent.name)
    classes = {str(term) for term in shapes().objects(shape, SH.targetClass)}
    paths = {str(term) for term in shapes().objects(shape, SH.targetSubjectsOf)}
    stated = {
        str(quad.object).strip("<>") if quad.predicate.value == str(RDF.type) else quad.predicate.value
        for quad in graph_files.parse(file)
    }
    assert stated & (classes | paths)


@pytest.mark.parametrize("file", BAD, ids=name)
def test_a_bad_example_is_found_once_and_explained(file: Path, findings: dict[Path, list[tuple[str, str]]]) -> None:
    assert findings[file] == [expected(file)]
    assert expected(file)[0].partition("/")[0] == file.parent.name


def test_each_shape_has_a_good_example_and_nothing_else_has_one() -> None:
    assert [file.parent.name for file in GOOD] == sorted(map(local, node_shapes()))
    assert {file.parent.name for file in BAD} == {file.parent.name for file in GOOD}


def test_each_message_of_each_shape_has_a_bad_example() -> None:
    violated = {(rule, message.partition(" (found: ")[0]) for rule, message in map(expected, BAD)}
    written = {("/".join(filter(None, key)), message) for key, listed in messages("en").items() for message in listed}
    assert written - violated == set()


def test_each_rule_has_one_message_in_each_language_that_fits_a_line() -> None:
    for lang in ("en", "zh"):
        for key, texts in messages(lang).items():
            rules = [
                rule
                for shape in node_shapes()
                for rule in (*shapes().objects(shape, SH.property), *shapes().objects(shape, SH.sparql))
                if (
                    local(shape),
                    local(shapes().value(rule, SH.path)) if (shape, SH.property, rule) in shapes() else "",
                )
                == key
            ]
            assert len(texts) == len(rules), key
            assert all(text and len(text) <= LONGEST for text in texts), key


def test_every_class_that_the_shipped_graphs_use_has_a_shape() -> None:
    ontology = Graph()
    for file in graph_files.ontology_files():
        ontology.parse(file)
    targets = set(shapes().objects(None, SH.targetClass))
    covered = {below for target in targets for below in ontology.transitive_subjects(RDFS.subClassOf, target)}
    used = {
        URIRef(str(quad.object).strip("<>"))
        for file in graph_files.discover([])
        if file.suffix == ".trig"
        for quad in graph_files.parse(file)
        if quad.predicate.value == str(RDF.type)
    }
    general = {HX.Actor, SKOS.Concept, SKOS.ConceptScheme}  # each node also has, or belongs to, a class with a shape
    assert used - covered - general == set()
