"""The W3C cases from their manifests: input, query and expected result."""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_AT = "https://w3c.github.io/rdf-tests/"
_JSONLD_AT = "https://w3c.github.io/json-ld-api/tests/"

RDF_SUITES = tuple(f"rdf/rdf11/rdf-{name}" for name in ("n-triples", "n-quads", "turtle", "trig", "xml"))
_SPARQL11 = (
    "aggregates bind bindings cast construct exists functions grouping negation project-expression property-path "
    "subquery syntax-query csv-tsv-res json-res service syntax-fed"
)
QUERY_SUITES = (*(f"sparql/sparql11/{name}" for name in _SPARQL11.split()), "sparql/sparql10")


@dataclass(frozen=True)
class Case:
    """One case of a suite.

    Attributes:
        suite, name: together the unique name of the case.
        kind: the local name of its type.
        base: the base of relative IRIs in its files; the address of a folder.
        action: the file to parse, or the query.
        result: the file with the expected result, if any.
        data, named: files of the default graph, and of named graphs with the graph's IRI.
        options: options of a JSON-LD case.
    """

    suite: str
    name: str
    kind: str
    base: str
    action: Path
    result: Path | None = None
    data: tuple[Path, ...] = ()
    named: tuple[tuple[Path, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()


def unpack(archives: Path, folder: Path) -> None:
    """Unpack the needed parts of the three suites into `folder`.

    File by file, because `extractall` checks each name, which takes longer than the rest.
    """
    for name in ("w3c_rdf11", "w3c_sparql10_11", "w3c_jsonld11"):
        with tarfile.open(archives / f"{name}.tar.gz") as archive:
            for member in archive:
                if (content := archive.extractfile(member)) is not None:
                    file = folder / member.name
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content.read())


def rdf_cases(folder: Path) -> Iterator[Case]:
    """Return the cases of RDF 1.1: syntaxes and their statements."""
    for suite in RDF_SUITES:
        for graph, case, manifest in _entries(folder / suite / "manifest.ttl"):
            yield Case(
                suite.rpartition("/")[2],
                _local(case),
                _local(graph.value(case, RDF.type)),
                f"{_AT}{suite}/",
                _file(graph.value(case, MF.action), manifest),
                _file_or_none(graph.value(case, MF.result), manifest),
            )


def query_cases(folder: Path) -> Iterator[Case]:
    """Return the cases of SPARQL 1.0 and 1.1: query syntax and evaluation."""
    for suite in QUERY_SUITES:
        manifests = sorted((folder / suite).rglob("manifest.ttl"))
        for path in (path for path in manifests if path != folder / "sparql/sparql10/manifest.ttl"):
            for graph, case, manifest in _entries(path):
                yield _query_case(graph, case, manifest, folder)


def _query_case(graph: Graph, case: Node, manifest: Path, folder: Path) -> Case:
    action = graph.value(case, MF.action)
    query = graph.value(action, QT.query) or action
    where = str(manifest.parent.relative_to(folder))
    named = []
    for node in graph.objects(action, QT.graphData):
        file = _file(graph.value(node, QT.graph) or node, manifest)
        named.append((file, f"{_AT}{where}/{file.relative_to(manifest.parent)}"))
    return Case(
        where.removeprefix("sparql/"),
        _local(case),
        _local(graph.value(case, RDF.type)),
        f"{_AT}{where}/",
        _file(query, manifest),
        _file_or_none(graph.value(case, MF.result), manifest),
        tuple(_file(node, manifest) for node in graph.objects(action, QT.data)),
        tuple(sorted(named)),
    )


def jsonld_cases(folder: Path) -> Iterator[Case]:
    """Return the cases of JSON-LD 1.1 that convert a document to RDF."""
    manifest = json.loads((folder / "tests/toRdf-manifest.jsonld").read_text(encoding="utf-8"))
    for case in manifest["sequence"]:
        options = {name: str(value) for name, value in case.get("option", {}).items()}
        expected = case.get("expect")
        yield Case(
            "json-ld-toRdf",
            case["@id"].removeprefix("#"),
            case["@type"][0].removeprefix("jld:"),
            options.pop("base", _JSONLD_AT + case["input"]),
            folder / "tests" / case["input"],
            folder / "tests" / expected if expected else None,
            options=tuple(sorted(options.items())),
        )


def _entries(manifest: Path) -> Iterator[tuple[Graph, Node, Path]]:
    """Yield the cases of a manifest in order, each with the graph that describes it."""
    graph = Graph().parse(manifest, format="ox-turtle", publicID=manifest.as_uri())
    listed = graph.value(URIRef(manifest.as_uri()), MF.entries)
    for case in Collection(graph, listed) if listed is not None else ():
        if (case, RDF.type, None) in graph:
            yield graph, case, manifest


def _file(node: Node | None, manifest: Path) -> Path:
    start = manifest.parent.as_uri()
    assert str(node).startswith(start), node
    return manifest.parent / str(node).removeprefix(start).lstrip("/")


def _file_or_none(node: Node | None, manifest: Path) -> Path | None:
    return _file(node, manifest) if isinstance(node, URIRef) else None


def _local(node: Node | None) -> str:
    return str(node).rpartition("#")[2].rpartition("/")[2]
