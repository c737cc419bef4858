"""The whole graph as a file: complete, exact, and equal when it is read again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.stores import SMALL, make
from helpers.terms import value_of

from kg.errors import InputError, UsageError
from kg.export.graph import derived, serialise
from kg.ingest import collections
from kg.ingest.derive import derive
from kg.network.incidence.load import save_incidence
from kg.rdf import files as graph_files
from kg.rdf.trig import trig
from kg.store.local import LocalStore
from kg.terms import HX, ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from pathlib import Path

WITH_EVIDENCE, MERGED = (".trig", ".nq", ".jsonld"), (".ttl", ".nt")


@cache
def exported(store: Path, suffix: str) -> bytes:
    """Return the export of a store that no test changes; it is written once for all tests."""
    with LocalStore(store).view() as view:
        return serialise(view, suffix)


def read(content: bytes, suffix: str, folder: Path) -> set[ox.Quad]:
    (folder / f"graph{suffix}").write_bytes(content)
    return set(graph_files.parse(folder / f"graph{suffix}"))


@pytest.mark.parametrize("suffix", WITH_EVIDENCE)
def test_an_export_with_evidence_equals_the_graph_files(small: Path, tmp_path: Path, suffix: str) -> None:
    assert read(exported(small, suffix), suffix, tmp_path) == set(graph_files.parse(SMALL))


@pytest.fixture(scope="module")
def shipped() -> set[ox.Quad]:
    """The statements of the curated files with the description of their collection."""
    (curated,) = collections.shipped(["curated"])
    quads = {quad for file in curated.graph_files for quad in graph_files.parse(file)}
    sources = {value_of(quad.subject) for quad in quads if quad.object == ox.NamedNode(str(HX.Source))}
    return quads | set(collections.description(curated, sources))


def test_the_shipped_graphs_survive_a_round_trip(built: Path, shipped: set[ox.Quad], tmp_path: Path) -> None:
    """The test of a snapshot reads their N-Quads, and that of two readers their JSON-LD."""
    assert read(exported(built, ".trig"), ".trig", tmp_path) == shipped


@pytest.mark.parametrize("suffix", MERGED)
def test_a_merged_export_contains_each_statement_once(small: Path, tmp_path: Path, suffix: str) -> None:
    content = exported(small, suffix)
    triples = {quad.triple for quad in graph_files.parse(SMALL)}
    assert {quad.triple for quad in read(content, suffix, tmp_path)} == triples
    if suffix == ".nt":
        lines = content.decode().splitlines()
        assert lines == sorted(set(lines))
        assert len(lines) == len(triples)


def test_a_merged_export_is_readable_turtle(small: Path, tmp_path: Path) -> None:
    content = exported(small, ".ttl").decode()
    assert content == trig(read(content.encode(), ".ttl", tmp_path))
    assert content.startswith("@base <https://w3id.org/helix-kg/> .\n@prefix hx: ")
    assert '\nid:anvil a hx:Actor, hx:Firm, hx:Organisation ;\n    skos:prefLabel "Anvil Works"@en' in content


@pytest.mark.parametrize("suffix", WITH_EVIDENCE)
def test_an_export_survives_a_round_trip_to_the_byte(small: Path, tmp_path: Path, suffix: str) -> None:
    first = exported(small, suffix)
    (tmp_path / f"graph{suffix}").write_bytes(first)
    make(tmp_path / "store", tmp_path / f"graph{suffix}")
    assert exported(tmp_path / "store", suffix) == first
    assert all(exported(tmp_path / "store", other) == exported(small, other) for other in MERGED)


@pytest.mark.parametrize("suffix", [*WITH_EVIDENCE, *MERGED])
def test_an_export_excludes_the_ontology(small: Path, suffix: str) -> None:
    content = exported(small, suffix).decode()
    assert ONTOLOGY_GRAPH + ">" not in content
    assert "螺旋部门" not in content  # the name of a scheme


@pytest.mark.parametrize(
    ("suffix", "message"), [(".docx", ".docx tells no format"), ("", "a name without a suffix tells")]
)
def test_an_unknown_suffix_is_reported(small: Path, suffix: str, message: str) -> None:
    with pytest.raises(UsageError, match=rf"{message}.*: .trig, .nq, .jsonld, .ttl, .nt"):
        exported(small, suffix)


@pytest.fixture(scope="module")
def enriched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small store with inferred statements."""
    store = tmp_path_factory.mktemp("enriched") / "store"
    with LocalStore(store).writer() as writer:
        writer.load([SMALL], graph_files.ontology_files())
        writer.finish(derive, save_incidence)
        LocalStore(store).commit(writer)
    return store


@pytest.mark.parametrize("suffix", [*WITH_EVIDENCE, *MERGED])
def test_an_export_excludes_inferred_statements(small: Path, enriched: Path, suffix: str) -> None:
    """A build derives them again, and they must differ from stated ones."""
    assert exported(enriched, suffix) == exported(small, suffix)


def test_inferred_statements_are_exported_apart_with_their_evidence(enriched: Path) -> None:
    with LocalStore(enriched).view() as view:
        actual = list(derived(view))
        everything = {quad for quad in view.graph if quad.graph_name != ox.NamedNode(ONTOLOGY_GRAPH)}
    created = {quad.subject for quad in actual if quad.object == ox.NamedNode(HX.Derivation)}
    assert created
    assert {quad.graph_name for quad in actual} == {ox.DefaultGraph(), *created}
    assert len(actual) == len(set(actual))
    assert set(actual) <= everything
    message = set(graph_files.parse(SMALL))
    merged = {ox.Quad(*quad.triple) for quad in {*message, *actual}}
    assert everything - message - set(actual) - merged <= ontology_merged()


def ontology_merged() -> set[ox.Quad]:
    return {quad for file in graph_files.ontology_files() for quad in graph_files.parse(file)}


CATALOGUE = """
<https://w3id.org/helix-kg/graphs/x> a dcat:Dataset ; dct:title "X"@en ; dcat:distribution <urn:x:trig> .
<urn:x:trig> a dcat:Distribution ; dcat:downloadURL <https://example.org/x.trig> .
<https://w3id.org/helix-kg/scheme/field/x> skos:exactMatch <urn:x:y> .
"""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with descriptions of unforeseen kinds, and of its graph file."""
    folder = tmp_path_factory.mktemp("described")
    text = f"@prefix dcat: <http://www.w3.org/ns/dcat#> .\n{SMALL.read_text(encoding='utf-8')}{CATALOGUE}"
    (folder / "a.trig").write_text(text, encoding="utf-8")
    make(folder / "store", folder / "a.trig")
    return folder


@pytest.mark.parametrize("suffix", WITH_EVIDENCE)
def test_descriptions_outside_evidence_are_kept(described: Path, tmp_path: Path, suffix: str) -> None:
    """Descriptions of unforeseen kinds are kept too."""
    content = exported(described / "store", suffix)
    assert read(content, suffix, tmp_path) == set(graph_files.parse(described / "a.trig"))


@pytest.fixture(scope="module")
def reversed_order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the statements of the small one, read in reversed order."""
    folder = tmp_path_factory.mktemp("reversed")
    quads = [*graph_files.parse(SMALL)][::-1]
    (folder / "b.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    make(folder / "store", folder / "b.nq")
    return folder / "store"


@pytest.mark.parametrize("suffix", [*WITH_EVIDENCE, *MERGED])
def test_two_builds_give_the_same_bytes(small: Path, reversed_order: Path, suffix: str) -> None:
    """The order of the statements does not matter."""
    assert exported(reversed_order, suffix) == exported(small, suffix)


@pytest.fixture(scope="module")
def with_blank_node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a blank node."""
    folder = tmp_path_factory.mktemp("blank")
    (folder / "a.ttl").write_text("[] a <urn:x:thing> .", encoding="utf-8")
    make(folder / "store", SMALL, folder / "a.ttl")
    return folder / "store"


@pytest.mark.parametrize("suffix", [*WITH_EVIDENCE, *MERGED])
def test_a_blank_node_is_refused(with_blank_node: Path, suffix: str) -> None:
    with pytest.raises(InputError, match=r"give (it an IRI|the node an IRI)"):
        exported(with_blank_node, suffix)
