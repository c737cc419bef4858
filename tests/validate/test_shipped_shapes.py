"""Each shape has a good example and, for each of its messages, a bad one with one finding.

The examples refer to ``shapes/background.trig``. A bad example contains in its first two lines the rule and the message
that it violates.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, Node, URIRef

from kg.ingest import build
from kg.rdf import files as graph_files
from kg.terms import ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.validate.report import Report

HX = Namespace(PREFIXES["hx"])

FOLDER = Path(__file__).parents[1] / "shapes"
BACKGROUND = FOLDER / "background.trig"
GOOD = sorted(FOLDER.glob("*/good.trig"))
BAD = sorted(FOLDER.glob("*/bad-*.trig"))
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
def checked() -> Callable[[Path], Report]:
    """A function that adds an example to the ontology and the background, and returns the findings in all of them.

    `build.check` reads all of these each time, and the shipped graphs too when it finds something.
    """
    data = ox.Store()
    graph_files.load_all(data, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    graph_files.load(data, BACKGROUND)

    def check(file: Path) -> Report:
        added = [quad for quad in graph_files.parse(file) if quad not in data]
        data.extend(added)
        report = build.report_of(data, [BACKGROUND, file], "en")
        for quad in added:
            data.remove(quad)
        return report

    return check


def test_the_background_of_the_examples_conforms() -> None:
    assert build.check([BACKGROUND]).findings == ()


@pytest.mark.parametrize("file", GOOD, ids=name)
def test_a_good_example_conforms_and_is_targeted(file: Path, checked: Callable[[Path], Report]) -> None:
    assert checked(file).findings == ()
    shape = next(shape for shape in node_shapes() if local(shape) == file.parent.name)
    classes = {str(term) for term in shapes().objects(shape, SH.targetClass)}
    paths = {str(term) for term in shapes().objects(shape, SH.targetSubjectsOf)}
    stated = {
        str(quad.object).strip("<>") if quad.predicate.value == str(RDF.type) else quad.predicate.value
        for quad in graph_files.parse(file)
    }
    assert stated & (classes | paths)


@pytest.mark.parametrize("file", BAD, ids=name)
def test_a_bad_example_is_found_once_and_explained(file: Path, checked: Callable[[Path], Report]) -> None:
    findings = checked(file).findings
    assert [(finding.rule, finding.message) for finding in findings] == [expected(file)]
    assert findings[0].rule.partition("/")[0] == file.parent.name
    assert str(file) in str(findings[0].file)


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
