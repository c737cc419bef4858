"""A snapshot contains the store and a description, and gives the same answers in any store."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from helpers.stores import SMALL, make
from helpers.terms import solutions
from rdflib import Dataset

from kg.errors import OutputError
from kg.export import snapshot
from kg.ingest import build
from kg.query import questions
from kg.query import run as query
from kg.rdf import files as graph_files
from kg.rdf.canonical_order import by_graph
from kg.rdf.sparql import select
from kg.store.local import LocalStore
from kg.terms import BASE, ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DATA = ("data.nq", "derived.nq", "merged.ttl", "ontology.ttl")
"""The files that README.txt tells users to load."""

ASKED = ("co-built-units", "declared-parties", "missing-identifiers", "named-of-announced", "parties", "single-source")
LICENCE = "http://purl.org/dc/terms/license"


def taken(store: Path) -> dict[str, bytes]:
    with LocalStore(store).view() as view:
        return snapshot.snapshot(view)


@pytest.fixture(scope="module")
def whole(built: Path) -> dict[str, bytes]:
    """The snapshot of the shipped graphs."""
    return taken(built)


@pytest.fixture(scope="module")
def little(small: Path) -> dict[str, bytes]:
    return taken(small)


@pytest.fixture(scope="module")
def elsewhere(whole: dict[str, bytes]) -> ox.Store:
    """Another store with the files of the snapshot."""
    return loaded(whole)


def loaded(actual: Mapping[str, bytes], names: tuple[str, ...] = DATA) -> ox.Store:
    """Return another store with the files loaded."""
    graph = ox.Store()
    for name in names:
        graph.load(actual[name], format=ox.RdfFormat.from_extension(name.rpartition(".")[2]))
    return graph


def described(actual: Mapping[str, bytes]) -> dict[str, dict[str, set[Any]]]:
    return by_graph(ox.parse(actual["dataset.ttl"], format=ox.RdfFormat.TURTLE))[""]


def values(actual: Mapping[str, bytes], node: str, name: str) -> list[str]:
    message = described(actual)[BASE + node]
    return sorted(value.value for key, stored in message.items() if key.endswith(name) for value in stored)


def test_the_files_of_a_snapshot(whole: dict[str, bytes]) -> None:
    assert sorted(whole) == sorted(snapshot.NAMES)
    assert set(whole) == {*DATA, "context.jsonld", "dataset.ttl", "README.txt"}


def test_a_loaded_snapshot_equals_the_store(elsewhere: ox.Store, built: Path) -> None:
    """The named graph of the ontology is merged here like all others."""
    with LocalStore(built).view() as view:
        ours = {quad for quad in view.graph if quad.graph_name != ox.NamedNode(ONTOLOGY_GRAPH)}
    assert set(elsewhere) == ours


@pytest.mark.parametrize("name", ASKED)
def test_a_question_has_the_same_answer_in_another_store(elsewhere: ox.Store, built: Path, name: str) -> None:
    text = questions.bind(questions.find(name), {}, "zh")
    with LocalStore(built).view() as view:
        ours = rows(select(view.graph, text))
    assert ours
    assert rows(select(elsewhere, text)) == ours


def rows(actual: ox.QuerySolutions) -> list[list[str]]:
    """Return solutions as text, with evidence in sorted lists, because stores order it differently."""
    return sorted([" ".join(sorted(cell.value.split())) if cell else "" for cell in row] for row in actual)


@pytest.fixture
def derived(tmp_path: Path) -> Path:
    """The small store, with what `kg build` derives."""
    build.build([SMALL], LocalStore(tmp_path / "derived"), lambda _: None)
    return tmp_path / "derived"


@pytest.mark.parametrize("name", ["derived", pytest.param("built", marks=pytest.mark.scale)])
def test_a_rebuilt_snapshot_gives_the_same_answers(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    store: Path = request.getfixturevalue(name)
    whole = taken(store)
    (tmp_path / "data.nq").write_bytes(whole["data.nq"])
    again = LocalStore(tmp_path / "store")
    report = build.build([tmp_path / "data.nq"], again, lambda _: None).report
    assert report.conforms, report
    with LocalStore(store).view() as first, again.view() as second:
        assert first.size() == second.size()
        for asked in ASKED:
            text = questions.bind(questions.find(asked), {}, "en")
            assert query.run_query(first, text) == query.run_query(second, text)
        assert snapshot.snapshot(second) == whole


def test_rdflib_loads_it(little: dict[str, bytes]) -> None:
    theirs = Dataset(default_union=False)
    for name in DATA:
        theirs.parse(data=little[name].decode(), format={"nq": "nquads", "ttl": "turtle"}[name.rpartition(".")[2]])
    graph = loaded(little)
    assert sum(1 for _ in theirs.quads()) == len(graph)
    text = questions.bind(questions.find("parties"), {}, "en")
    ours = {(row["link"].value, row["actor"].value if row["actor"] else None) for row in select(graph, text)}
    prefixes = dict(theirs.namespaces())
    answer = solutions(theirs.query(text, initNs=prefixes | {"hx": f"{BASE}ontology#"}))
    assert {(str(row["link"]), str(row["actor"]) if row["actor"] else None) for row in answer} == ours


def test_the_build_order_does_not_change_the_bytes(little: dict[str, bytes], tmp_path: Path) -> None:
    quads = [*graph_files.parse(SMALL)][::-1]
    (tmp_path / "b.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    make(tmp_path / "store", tmp_path / "b.nq")
    assert taken(tmp_path / "store") == little
    assert snapshot.pack(taken(tmp_path / "store")) == snapshot.pack(little)


def test_the_archive_is_one_folder_without_a_time_of_writing(little: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(snapshot.pack(little))) as archive:
        assert archive.testzip() is None
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == {
            f"snapshot/{name}": content for name, content in little.items()
        }
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


@pytest.mark.parametrize("name", [*DATA, "context.jsonld"])
def test_sizes_and_checksums_are_correct(whole: dict[str, bytes], name: str) -> None:
    node = f"snapshot/{name}"
    assert BASE + node in values(whole, "snapshot", "#distribution")
    assert values(whole, node, "#fileName") == [name]
    assert values(whole, node, "#byteSize") == [str(len(whole[name]))]
    assert values(whole, f"{node}/sha256", "#checksumValue") == [hashlib.sha256(whole[name]).hexdigest()]


def test_counts_include_each_statement_once(whole: dict[str, bytes], built: Path) -> None:
    merged = {quad.triple for quad in ox.parse(whole["merged.ttl"], format=ox.RdfFormat.TURTLE)}
    assert values(whole, "snapshot", "#triples") == [str(len(merged))]
    with LocalStore(built).view() as view:
        size = view.size()
    counted = {"Organisation": size.actors, "Link": size.links, "Evidence": size.evidence, "Source": size.sources}
    for kind, count in counted.items():
        assert values(whole, f"snapshot/class/{kind}", "void#entities") == [str(count)]


def test_the_licence_is_that_of_the_catalogue(whole: dict[str, bytes]) -> None:
    message = described(whole)[BASE + "snapshot"]
    catalogue = by_graph(ox.parse(whole["data.nq"], format=ox.RdfFormat.N_QUADS))[""][BASE + "graphs/catalog"]
    own = {key: stored for key, stored in catalogue.items() if key.startswith("http://purl.org/dc/terms/")}
    assert own[LICENCE]
    assert {key: message[key] for key in own} == own


def test_without_a_catalogue_there_is_no_licence_statement(little: dict[str, bytes]) -> None:
    assert LICENCE not in described(little)[BASE + "snapshot"]
    assert values(little, "snapshot", "/title") == ["A snapshot of a Helix KG"]


def test_the_ontology_and_the_context_are_the_published_ones(whole: dict[str, bytes]) -> None:
    terms = {quad for file in graph_files.ontology_files() for quad in graph_files.parse(file)}
    assert set(ox.parse(whole["ontology.ttl"], format=ox.RdfFormat.TURTLE)) == terms
    assert json.loads(whole["context.jsonld"])["@context"]["Link"] == "hx:Link"


def test_the_readme_explains_how_to_load_it(whole: dict[str, bytes]) -> None:
    text = whole["README.txt"].decode()
    assert f"oxigraph load --location DB --file {' '.join(DATA)}\n" in text
    assert all(name in text for name in (*snapshot.NAMES[:-2], "Fuseki", "GraphDB", "kg build data.nq"))


def test_a_folder_is_filled_and_filled_again(little: dict[str, bytes], tmp_path: Path) -> None:
    for _ in range(2):
        snapshot.write(tmp_path / "s", little)
        assert {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()} == little


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("file", "it is not a plain file|Not a directory|File exists"),
        ("no/where", "does not exist"),
        ("other", "x.txt"),
    ],
)
def test_an_unsuitable_folder_is_reported(little: dict[str, bytes], tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError, match=message):
        snapshot.write(tmp_path / name, little)
    assert sorted(tmp_path.rglob("*")) == before
