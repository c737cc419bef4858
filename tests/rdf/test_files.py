"""Graph files: discovery, counts, and the position of errors."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.http_server import listening
from helpers.stores import SMALL

from kg.errors import InputError
from kg.rdf import files as graph_files
from kg.rdf import resources
from kg.rdf.files import FileCounts
from kg.terms import EVIDENCE

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_graphs_are_the_default() -> None:
    actual = graph_files.discover(())
    assert actual == graph_files.discover([resources.graphs()])
    assert resources.graphs() / "curated/catalog.ttl" in actual
    assert {file.suffix for file in actual} <= {".trig", ".ttl"}


def test_a_folder_yields_its_graph_files_sorted_and_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/z.trig", "a.nq", "c.ttl", "notes.md", "b/notes.txt"):
        (tmp_path / name).touch()
    wanted = [tmp_path / "a.nq", tmp_path / "b/z.trig", tmp_path / "c.ttl"]
    assert graph_files.discover([tmp_path]) == tuple(wanted)
    assert graph_files.discover([tmp_path / "c.ttl", tmp_path, tmp_path / "b"]) == (wanted[2], *wanted[:2])


def test_a_file_that_is_named_may_have_any_suffix(tmp_path: Path) -> None:
    (tmp_path / "x.jsonld").touch()
    assert graph_files.discover([tmp_path / "x.jsonld"]) == (tmp_path / "x.jsonld",)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "missing: there is no such file or folder"),
        ("missing/x.trig", "there is no such file or folder"),
        ("empty", r"empty: there is no graph file here \(.trig, .nq, .ttl\); name another folder"),
        ("onlycatalog", "onlycatalog: there is no graph file here"),
        ("x" * 300, "cannot be read .the name is too long"),
    ],
)
def test_a_path_without_graph_files_is_reported(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/notes.md").touch()
    (tmp_path / "onlycatalog").mkdir()
    (tmp_path / "onlycatalog/catalog.ttl").touch()
    with pytest.raises(InputError, match=message):
        graph_files.discover([tmp_path / name])


def test_a_broken_link_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.trig").symlink_to(tmp_path / "nowhere.trig")
    (actual,) = graph_files.discover([tmp_path])
    with pytest.raises(InputError, match=r"gone\.trig: there is no such file or folder"):
        list(graph_files.parse(actual))


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.ttl", "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", "2:17"),
        ("a.trig", "<urn:g> {\n  <urn:a> <urn:b> 'c\n}\n", "2:"),
        ("a.trig", "@prefix hx: <urn:hx#> .\n\nid:x a hx:Link .\n", "3:1"),
        ("a.nq", "<urn:a> <urn:b> <urn:c> <urn:g> .\nnonsense\n", "2:1"),
        ("a.nt", "<urn:a> <urn:b> <urn c> .\n", "1:"),
        ("a.jsonld", '{"@id": "urn:a",\n "urn:b": }', "2:"),
        ("a.ttl", b"<urn:a> <urn:b> '\xff' .\n", "1:"),
    ],
)
@pytest.mark.parametrize("read", ["parse", "load", "count"])
def test_a_syntax_error_is_reported_with_file_line_and_column(
    tmp_path: Path, name: str, text: str | bytes, place: str, read: str
) -> None:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    readers = {"parse": lambda: list(graph_files.parse(path)), "load": lambda: graph_files.load(ox.Store(), path)}
    with pytest.raises(InputError) as raised:
        readers.get(read, lambda: graph_files.count(path))()
    message = str(raised.value)
    assert message.startswith(f"{path}:{place}")
    assert "\n" not in message
    assert "Parser error" not in message
    assert not message.endswith(": None")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.md", r"the suffix '.md' is not RDF format; use .trig, .nq, .ttl, .nt or .jsonld"),
        ("a", "the suffix '' is not RDF format"),
        ("missing.ttl", "there is no such file"),
        ("folder.ttl", "is a folder, not a file"),
    ],
)
def test_a_file_of_another_format_is_reported(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.ttl").mkdir()
    for only in ("a.md", "a"):
        (tmp_path / only).touch()
    for read in (
        lambda path: list(graph_files.parse(path)),
        lambda path: graph_files.load(ox.Store(), path),
        graph_files.count,
    ):
        with pytest.raises(InputError, match=message):
            read(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").touch(mode=0o000)
    with pytest.raises(InputError, match=r"a\.ttl: cannot be read \(permission is denied\)"):
        list(graph_files.parse(tmp_path / "a.ttl"))


def test_a_context_of_json_ld_is_not_fetched(tmp_path: Path) -> None:
    with listening() as server:
        path = tmp_path / "a.jsonld"
        path.write_text(f'{{"@context": "{server.address}", "@id": "urn:a", "name": "x"}}', encoding="utf-8")
        with pytest.raises(
            InputError, match=r"a\.jsonld:.* remote @context, and nothing is fetched; write the context"
        ):
            list(graph_files.parse(path))
        assert server.calls == []


@pytest.mark.parametrize(
    "text", ['{"@id": "x", "urn:p": 1}', '{"@id": "urn:a", "urn:p": {"@id": "x"}}', '{"@id": "urn:a", "@type": "x"}']
)
def test_json_ld_with_relative_iris_and_no_base_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(text, encoding="utf-8")
    for read in (lambda: list(graph_files.parse(path)), lambda: graph_files.load(ox.Store(), path)):
        with pytest.raises(
            InputError, match=r"a\.jsonld: the IRI 'x' is relative, and the file declares no base; write"
        ):
            read()
    assert [quad for quad in graph_files.parse(path, "http://b/") if "http://b/x" in str(quad)] != []
    path.write_text(f'{{"@context": {{"@base": "http://a/"}}, {text[1:]}', encoding="utf-8")
    assert any("http://a/x" in str(quad) for quad in graph_files.parse(path))


def test_the_content_of_a_file_is_counted() -> None:
    assert graph_files.count(SMALL) == FileCounts(links=3, actors=7, evidence=5, sources=1)


def test_graphs_are_located_in_files(tmp_path: Path) -> None:
    (tmp_path / "other.trig").write_text(f"<{EVIDENCE}other> {{ <urn:a> <urn:b> <urn:c> }}", encoding="utf-8")
    files = [tmp_path / "other.trig", SMALL]
    wanted = {EVIDENCE + "other", EVIDENCE + "plan", EVIDENCE + "nobody"}
    assert graph_files.locate(wanted, files) == {EVIDENCE + "other": str(files[0]), EVIDENCE + "plan": str(SMALL)}
    assert graph_files.locate(set(), files) == {}


def test_triples_without_a_graph_go_to_the_given_graph(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    store = ox.Store()
    graph_files.load(store, tmp_path / "a.ttl", "urn:g")
    graph_files.load(store, tmp_path / "a.ttl")
    assert {str(quad.graph_name) for quad in store} == {"<urn:g>", "DEFAULT"}
