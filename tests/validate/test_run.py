"""The compiled shapes and pySHACL find the same in the shipped graphs, in mutations of them and in random graphs."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import hypothesis.strategies as st
import oxrdflib  # noqa: F401 - registers the ox-* parsers
import pyoxigraph as ox
import pytest
from helpers import shacl_oracle
from helpers.ontology_lint import small, style
from hypothesis import given, settings
from ontology.test_style import CASES
from rdflib import Graph
from validate.test_shipped_shapes import BACKGROUND, BAD, GOOD

from kg.rdf import files as graph_files
from kg.terms import ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EVERYTHING = Graph().parse(Path(__file__).with_name("everything.ttl"), format="ox-turtle")
SEEDS = int(os.environ.get("KG_SHACL_SEEDS", "1"))
"""Number of graphs of mutated examples; `make soak` has 30."""

_ORDER = re.compile("#(Min|Max)(In|Ex)clusive|#LessThan")
_NUMBER = re.compile(r'"[+-]?[0-9.]{1,18}"\^\^<.*(integer|decimal)>')


def quads(files: Iterable[Path]) -> list[ox.Quad]:
    """Return the quads of `files` and the ontology in a reproducible order."""
    store = ox.Store()
    graph_files.load_all(store, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    for file in files:
        store.extend(graph_files.parse(file))  # blank nodes keep their names, so mutations are reproducible
    return sorted(store, key=str)


@pytest.fixture(scope="module")
def shipped() -> list[ox.Quad]:
    return quads(graph_files.discover([]))


@pytest.fixture(scope="module")
def examples() -> list[ox.Quad]:
    return quads([BACKGROUND, *GOOD, *BAD])


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for file in graph_files.shape_files():
        graph.parse(file, format="ox-turtle")
    return graph


def agree(data: ox.Store, shapes: Graph, pyshacl_shapes: Graph | None = None) -> set[shacl_oracle.Violation]:
    """Return the common findings; the order of incomparable values may differ, because pySHACL accepts them."""
    ours, expected = (
        shacl_oracle.run_compiled(data, shapes),
        shacl_oracle.run_pyshacl(shacl_oracle.merge(data), pyshacl_shapes or shapes),
    )
    assert {one for one in ours - expected if not _ORDER.search(one.component) or not _is_odd(data, one)} == set()
    assert expected - ours == set()
    return ours


def _is_odd(data: ox.Store, violation: shacl_oracle.Violation) -> bool:
    """Return whether the value, or one it is compared with, is incomparable."""
    node = ox.NamedNode(violation.focus.strip("<>"))
    others = {str(quad.object) for quad in data.quads_for_pattern(node, None, None)}
    return not _NUMBER.match(violation.value) or bool(others & set(map(str, _ODD)))


@pytest.mark.scale
def test_both_find_nothing_in_the_shipped_graphs(shipped: list[ox.Quad], shapes: Graph) -> None:
    """pySHACL takes more than a minute for all quads."""
    data = ox.Store()
    data.extend(shipped)
    assert agree(data, shapes, shacl_oracle.flatten(shapes)) == set()


@pytest.mark.scale
def test_both_find_the_same_in_a_node_of_each_class(shipped: list[ox.Quad], shapes: Graph) -> None:
    """The nodes that it refers to are without their own neighbours, so some shapes find violations."""
    data = ox.Store()
    data.extend(_of_each_class(shipped, seed=1))
    assert len({violation.shape for violation in agree(data, shapes, shacl_oracle.flatten(shapes))}) > 10


def _of_each_class(shipped: list[ox.Quad], seed: int) -> list[ox.Quad]:
    """Return the ontology, and a random node of each class with its evidence and the nodes that it refers to."""
    described, members = defaultdict(list), defaultdict(list)
    for quad in shipped:
        if quad.graph_name != ox.NamedNode(ONTOLOGY_GRAPH):
            described[quad.subject].append(quad)
            if quad.predicate == _A:
                members[quad.object].append(quad.subject)
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    nodes = {rng.choice(members[kind]) for kind in sorted(members, key=str)}
    near = {term for node in nodes for quad in described[node] for term in (node, quad.object, quad.graph_name)}
    return [quad for quad in shipped if quad.subject in near or quad.graph_name == ox.NamedNode(ONTOLOGY_GRAPH)]


def test_both_find_the_same_in_all_examples_at_once(examples: list[ox.Quad], shapes: Graph) -> None:
    data = ox.Store()
    data.extend(examples)
    assert len({violation.shape for violation in agree(data, shapes)}) > 60


@pytest.mark.parametrize(("demand", "broken"), [("or ()", True), ("and ()", False), ("xone ()", True), ("in ()", True)])
def test_an_empty_rdf_list_is_a_list(demand: str, broken: bool) -> None:
    shapes = f"PREFIX sh: <http://www.w3.org/ns/shacl#> [] sh:targetNode <http://x/a> ; sh:{demand} ."
    assert bool(shacl_oracle.run_compiled(ox.Store(), Graph().parse(data=shapes))) == broken


@pytest.mark.parametrize("case", list(CASES)[::7])
def test_both_find_the_same_in_an_ontology_against_the_style(case: str) -> None:
    assert agree(shacl_oracle.to_store(small(CASES[case].update)), style())


def _typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + kind))


_ODD: tuple[ox.NamedNode | ox.BlankNode | ox.Literal, ...] = (
    *(_typed(text, "date") for text in ("2025-02-30", "2025-02-28Z", "25", "")),
    *(_typed(text, "integer") for text in ("-3", "x", "1.5", "99999999999999999999", "+13")),
    *(_typed(text, "decimal") for text in ("1.50", ".5", "95.5", "1e3", "-181")),
    *(_typed(text, "boolean") for text in ("1", "yes")),
    *(_typed("2025", kind) for kind in ("gYear", "double", "anyURI")),
    _typed("2025-11-08T10:00:00", "dateTime"),
    ox.Literal(""),
    ox.Literal("Something", language="en"),
    ox.Literal("某", language="zh"),
    ox.NamedNode("http://example.org/unknown"),
    ox.BlankNode("blank"),
)


def mutated(base: Sequence[ox.Quad], seed: int, times: int) -> ox.Store:
    """Return the quads of `base` with some deleted, moved, redirected, reassigned or repeated."""
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    data = ox.Store()
    data.extend(base)
    ours = [quad for quad in base if quad.graph_name != ox.NamedNode(ONTOLOGY_GRAPH)]
    for _ in range(times):
        one, other = rng.choice(ours), rng.choice(ours)
        s, p, o, g = one.subject, one.predicate, one.object, one.graph_name
        if rng.random() < 0.5:
            data.remove(one)
        changed = rng.choice(
            (
                ox.Quad(s, p, other.object, g),
                ox.Quad(s, p, rng.choice(_ODD), g),
                ox.Quad(other.subject, p, o, g),
                ox.Quad(s, p, o, other.graph_name),
            )
        )
        if rng.random() < 0.8:
            data.add(changed)
    return data


@pytest.mark.parametrize("seed", range(3, 3 + SEEDS))
def test_both_find_the_same_in_mutations_of_a_sample_and_the_examples(
    shipped: list[ox.Quad], examples: list[ox.Quad], shapes: Graph, seed: int
) -> None:
    """The sample is of the shipped graphs."""
    data = mutated([*shipped[::48], *examples], seed, 260)
    found = agree(data, shapes, shacl_oracle.flatten(shapes))
    assert len(found) > 250
    assert len({violation.shape for violation in found}) > 60


@pytest.mark.parametrize(("value", "broken"), [("'x'", True), ("<http://x/>", True), ("8", True), ("7.0", False)])
def test_incomparable_values_violate_an_order(value: str, broken: bool) -> None:
    data = ox.Store()
    data.load(f"<http://x/a> <http://x/p> {value} .".encode(), format=ox.RdfFormat.TURTLE)
    for kind in ("maxInclusive 7", "maxExclusive 8", "lessThan ex:q"):
        text = f"""PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://x/>
            [] sh:targetNode ex:a ; sh:path ex:p ; sh:{kind} ."""
        expected = broken and kind != "lessThan ex:q"
        assert bool(shacl_oracle.run_compiled(data, Graph().parse(data=text))) == expected, kind


def _ex(name: str) -> ox.NamedNode:
    return ox.NamedNode("http://example.org/" + name)


_NODES = [_ex(name) for name in "abcd"]
_NUMBERS = [
    _typed(text, kind) for text, kind in (("1", "integer"), ("3", "integer"), ("8", "integer"), ("7.2", "decimal"))
]
_TEXTS = [ox.Literal(text) for text in ("text", "", "Some text that is longer than twenty")]
_NAMES = [ox.Literal(text, language=tag) for text, tag in (("text", "en"), ("two", "en"), ("t", "en-GB"), ("文", "zh"))]
_WHERE = st.sampled_from([ox.DefaultGraph(), _ex("g1"), _ex("g2")])
_WHO = st.sampled_from(_NODES)
_WHAT = st.sampled_from(
    [*_NODES, *_NUMBERS, *_TEXTS, *_NAMES, *(_typed(text, "date") for text in ("2025-02-28", "25"))]
)
_CLASSES = st.sampled_from([_ex(name) for name in ("Thing", "Other", "Below", "Lowest", "Class")])
_A, _UNDER = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_STATEMENT = st.one_of(
    st.builds(ox.Quad, _WHO, st.sampled_from([_ex("p"), _ex("q"), _ex("r")]), _WHAT, _WHERE),
    st.builds(ox.Quad, _WHO, st.sampled_from([_ex("q")]), _WHO, _WHERE),
    st.builds(ox.Quad, _WHO, st.just(_A), _CLASSES, _WHERE),
    st.builds(ox.Quad, _WHO, st.sampled_from([_ex("m"), _ex("n")]), st.sampled_from(_NUMBERS), _WHERE),
)


@given(st.lists(_STATEMENT, min_size=3, max_size=40))
@settings(max_examples=25)
def test_both_find_the_same_in_random_graphs(statements: list[ox.Quad]) -> None:
    data = ox.Store()
    data.extend([ox.Quad(_ex("Below"), _UNDER, _ex("Thing"), _ex("g1")), *statements])
    data.add(ox.Quad(_ex("Lowest"), _UNDER, _ex("Below"), _ex("g2")))
    agree(data, EVERYTHING)
