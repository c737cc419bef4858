"""The whole graph as a file: nothing lost, nothing added, and read again it is the same graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stores import SMALL, make

from kg import graphs
from kg.errors import UsageError
from kg.export.rdf import serialise
from kg.store import Store
from kg.terms import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

WITH_EVIDENCE, MERGED = (".trig", ".nq", ".jsonld"), (".ttl", ".nt")


def exported(store: Path, suffix: str) -> bytes:
    with Store(store).view() as view:
        return serialise(view, suffix)


def read(content: bytes, suffix: str, folder: Path) -> set[ox.Quad]:
    (folder / f"graph{suffix}").write_bytes(content)
    return set(graphs.parse(folder / f"graph{suffix}"))


@pytest.mark.parametrize("suffix", WITH_EVIDENCE)
def test_with_evidence_it_holds_what_the_graph_files_held(small: Path, tmp_path: Path, suffix: str) -> None:
    assert read(exported(small, suffix), suffix, tmp_path) == set(graphs.parse(SMALL))


@pytest.mark.parametrize("suffix", WITH_EVIDENCE)
def test_the_shipped_graphs_come_out_as_they_went_in(built: Path, tmp_path: Path, suffix: str) -> None:
    shipped = {quad for file in graphs.discover(()) for quad in graphs.parse(file)}
    assert read(exported(built, suffix), suffix, tmp_path) == shipped


@pytest.mark.parametrize("suffix", MERGED)
def test_merged_it_holds_each_statement_once(small: Path, tmp_path: Path, suffix: str) -> None:
    content = exported(small, suffix)
    triples = {quad.triple for quad in graphs.parse(SMALL)}
    assert {quad.triple for quad in read(content, suffix, tmp_path)} == triples
    if suffix == ".nt":
        lines = content.decode().splitlines()
        assert lines == sorted(set(lines))
        assert len(lines) == len(triples)


@pytest.mark.parametrize("suffix", WITH_EVIDENCE)
def test_read_again_it_is_the_same_graph_to_the_byte(small: Path, tmp_path: Path, suffix: str) -> None:
    first = exported(small, suffix)
    (tmp_path / f"graph{suffix}").write_bytes(first)
    make(tmp_path / "store", tmp_path / f"graph{suffix}")
    assert exported(tmp_path / "store", suffix) == first
    assert all(exported(tmp_path / "store", other) == exported(small, other) for other in MERGED)


@pytest.mark.parametrize("suffix", [*WITH_EVIDENCE, *MERGED])
def test_the_ontology_is_not_in_it(small: Path, suffix: str) -> None:
    content = exported(small, suffix).decode()
    assert ONTOLOGY_GRAPH + ">" not in content
    assert "sectorOfClass" not in content


@pytest.mark.parametrize(
    ("suffix", "said"), [(".docx", ".docx tells no format"), ("", "a name without a suffix tells")]
)
def test_a_suffix_that_tells_no_format_is_told(small: Path, suffix: str, said: str) -> None:
    with pytest.raises(UsageError, match=rf"{said}.*: .trig, .nq, .jsonld, .ttl, .nt"):
        exported(small, suffix)
