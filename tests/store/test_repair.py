"""Every kind of file of a store, damaged in four ways, is reported with the command that repairs it, and it does."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from helpers.kill_writers import quads as edition
from helpers.sampling import sampled
from helpers.stores import SMALL, make, quads

from kg.errors import StoreError
from kg.network.incidence.load import load_incidence, save_incidence
from kg.store import inventory
from kg.store.backup import backup, restore
from kg.store.check import NOT_RESUMABLE, check
from kg.store.inventory import RESTORE
from kg.store.layout import OLDEST
from kg.store.local import LocalStore
from kg.store.repair import repair, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCE = "https://w3id.org/helix-kg/source/gazette"
STEPS = (None, save_incidence)
GENERATION = "generations/g000001"
DERIVED = ("manifest.json", "readers", "files.json", "ingested", "incidence/links.parquet", "incidence/lens.json")
STATEMENTS = ("oxigraph/*.sst", "oxigraph/MANIFEST-*", "oxigraph/CURRENT")
UNUSED = ("oxigraph/*.log", "oxigraph/IDENTITY", "oxigraph/OPTIONS-*", "oxigraph/LOG", "oxigraph/LOCK")
PENDING = ("journal", "merge.nt", "oxigraph/*.sst", "oxigraph/CURRENT")
WAYS: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(bytes(byte ^ 0x5A for byte in path.read_bytes())),
    "removed": lambda path: path.unlink(),
}


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an ingested source."""
    path = tmp_path_factory.mktemp("intact") / "store"
    with LocalStore(path).writer() as writer:
        writer.load([SMALL])
        writer.ingested([SOURCE])
        writer.finish(artefacts=save_incidence)
        LocalStore(path).commit(writer)
    return path


@pytest.fixture(scope="module")
def saved(intact: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the store."""
    file = tmp_path_factory.mktemp("saved") / "store.tar"
    with LocalStore(intact).view() as view:
        backup(view, file)
    return file


def copy(store: Path, tmp_path: Path, name: str, way: str) -> tuple[Path, str]:
    """Return a copy of `store` with a damaged file, and the path of the file in it."""
    target = tmp_path / way
    shutil.copytree(store, target)
    file = max(target.glob(name), key=lambda path: path.stat().st_size)
    before = file.read_bytes()
    WAYS[way](file)
    return target, str(file.relative_to(target)) if not file.exists() or file.read_bytes() != before else ""


def read(store: Path) -> tuple[object, ...]:
    """Read everything that commands read."""
    with LocalStore(store).view() as view:
        return view.size(), load_incidence(view), LocalStore(store).ingested(), sorted(map(str, view.graph))


@pytest.mark.parametrize(
    ("name", "way"), sampled([*(f"{GENERATION}/{name}" for name in DERIVED), "format", "current"], WAYS, share=4)
)
def test_repair_restores_everything_but_statements(intact: Path, tmp_path: Path, name: str, way: str) -> None:
    store, damaged = copy(intact, tmp_path, name, way)
    if not damaged or (damaged.endswith("readers") and way != "removed"):
        return  # an empty file has no content to damage
    assert [(one.path, one.remedy.en) for one in check(store)] == [(damaged, "run kg store repair")]
    if name != "format" and not (name.endswith("parquet") and way == "garbage"):
        with pytest.raises(StoreError, match="run kg store repair"):
            read(store)
    assert [one.path for one in repair(LocalStore(store), STEPS)] == [damaged]
    assert check(store) == ()
    assert read(store)[0] == read(intact)[0]
    assert read(store)[2:] == read(intact)[2:]


@pytest.mark.parametrize(("name", "way"), sampled(STATEMENTS, WAYS, share=4))
def test_damaged_statements_require_a_backup_or_a_build(
    intact: Path, saved: Path, tmp_path: Path, name: str, way: str
) -> None:
    store, damaged = copy(intact, tmp_path, f"{GENERATION}/{name}", way)
    assert [(one.path, one.remedy) for one in check(store)] == [(damaged, RESTORE)]
    for use in (read, lambda path: repair(LocalStore(path), STEPS)):
        with pytest.raises(StoreError, match="run kg store restore BACKUP --discard, or kg build --discard"):
            use(store)
    rebuilt = shutil.copytree(store, tmp_path / "rebuilt")
    restore(LocalStore(store), saved, replace=True)
    make(rebuilt, SMALL)
    assert check(store) == check(rebuilt) == ()
    assert read(store)[2:] == read(intact)[2:]


@pytest.mark.parametrize(
    ("name", "way"), sampled([*(f"{GENERATION}/{name}" for name in UNUSED), "lock"], WAYS, share=4)
)
def test_files_that_nothing_reads_may_be_damaged(intact: Path, tmp_path: Path, name: str, way: str) -> None:
    store, _ = copy(intact, tmp_path, name, way)
    assert check(store) == ()
    assert read(store)[2:] == read(intact)[2:]
    with LocalStore(store).writer(amend=True) as writer:
        writer.finish(artefacts=save_incidence)
        LocalStore(store).commit(writer)
    assert quads(store) == quads(intact)


@pytest.mark.parametrize(("name", "way"), sampled(PENDING, WAYS, share=4))
def test_an_interrupted_ingest_that_is_damaged_is_deleted(intact: Path, tmp_path: Path, name: str, way: str) -> None:
    begun = shutil.copytree(intact, tmp_path / "begun")
    with LocalStore(begun).resume("work") as writer:
        writer.add(edition(1, 0))
        writer.checkpoint("0")
    assert check(begun) == ()
    store, _ = copy(begun, tmp_path, f"generations/*.pending/{name}", way)
    with pytest.raises(StoreError, match="run kg store repair"), LocalStore(store).resume("work") as writer:
        writer.finish(artefacts=save_incidence)
    assert [one.state for one in repair(LocalStore(store), STEPS)] == [NOT_RESUMABLE]
    with LocalStore(store).resume("work") as writer:
        assert writer.checkpoints == ()
        writer.finish(artefacts=save_incidence)
        LocalStore(store).commit(writer)
    assert check(store) == ()


@pytest.fixture(scope="module")
def with_public_part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with internal statements, and therefore with a public part."""
    folder = tmp_path_factory.mktemp("public")
    graph = folder / "internal.trig"
    graph.write_text(f"{SMALL.read_text()}\nev:signed hx:internal true .\n")
    make(folder / "store", graph)
    return folder / "store"


@pytest.mark.parametrize(
    ("name", "way"), sampled(["oxigraph/*.sst", "oxigraph/CURRENT", "manifest.json"], WAYS, share=4)
)
def test_the_public_part_is_written_again(with_public_part: Path, tmp_path: Path, name: str, way: str) -> None:
    store, damaged = copy(with_public_part, tmp_path, f"{GENERATION}/public/{name}", way)
    assert [(one.path, one.remedy.en) for one in check(store)] == [(damaged, "run kg store repair")]
    with pytest.raises(StoreError, match="run kg store repair"):
        read(store)
    repair(LocalStore(store), STEPS)
    assert check(store) == ()
    assert read(store)[2:] == read(with_public_part)[2:]


def test_a_missing_public_part_is_reported(with_public_part: Path, tmp_path: Path) -> None:
    store = shutil.copytree(with_public_part, tmp_path / "store")
    shutil.rmtree(store / GENERATION / "public")
    with pytest.raises(StoreError, match="run kg store repair"):
        read(store)


def test_repair_deletes_what_killed_writers_left(intact: Path, tmp_path: Path) -> None:
    store = shutil.copytree(intact, tmp_path / "store")
    (store / "generations/0f.draft/oxigraph").mkdir(parents=True)
    (store / ".0f.part").touch()
    assert [one.path for one in check(store)] == [".0f.part", "generations/0f.draft"]
    with LocalStore(store).writer():
        assert [one.path for one in check(store)] == []  # they may belong to a writer at work
    (store / "generations/0f.draft").mkdir()
    repair(LocalStore(store), STEPS)
    assert check(store) == ()


@pytest.mark.parametrize(
    "name",
    [
        "g000009",
        "g000000",
        "0f.draft",
        "0f.pending",
        "../current",
        "../format",
        "../lock",
        "g000001/readers",
        "g000001/files.json",
        "g000001/manifest.json",
        "g000001/ingested",
        "g000001/oxigraph/IDENTITY",
    ],
)
def test_repair_deletes_a_pipe(intact: Path, tmp_path: Path, name: str) -> None:
    store = shutil.copytree(intact, tmp_path / "store")
    path = store / "generations" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert [one.path for one in check(store)] == [path.resolve().relative_to(store).as_posix()]
    repair(LocalStore(store), STEPS)
    assert check(store) == ()


def test_a_lost_list_of_ingested_sources_becomes_the_list_of_all(intact: Path, tmp_path: Path) -> None:
    store, _ = copy(intact, tmp_path, f"{GENERATION}/ingested", "removed")
    repair(LocalStore(store), STEPS)
    with LocalStore(store).view() as view:
        sources = view.select("SELECT DISTINCT ?s { ?e hx:source ?s }")
        assert LocalStore(store).ingested() == {row["s"].value for row in sources}


def test_a_store_of_the_former_format_is_upgraded(intact: Path, tmp_path: Path) -> None:
    store = shutil.copytree(intact, tmp_path / "store")
    (store / "format").write_text(OLDEST)
    (store / GENERATION / "files.json").unlink()
    for use in (read, check, lambda path: make(path, SMALL)):
        with pytest.raises(StoreError, match="an earlier version of kg wrote this store; run kg store upgrade"):
            use(store)
    assert upgrade(LocalStore(store), STEPS)
    assert not upgrade(LocalStore(store), STEPS)
    assert check(store) == ()
    assert read(store)[2:] == read(intact)[2:]


def test_tables_of_the_former_format_are_derived_again(intact: Path, tmp_path: Path) -> None:
    store = shutil.copytree(intact, tmp_path / "store")
    (store / "format").write_text("helix-kg store 2\n")
    lens = store / GENERATION / "incidence/lens.json"
    lens.write_text(lens.read_text().replace('"collections": {', '"collections": {"old": ["Old", null, "Us.", true]'))
    inventory.write(store / GENERATION)
    with pytest.raises(StoreError, match="run kg store upgrade"):
        read(store)
    assert upgrade(LocalStore(store), STEPS)
    assert check(store) == ()
    assert read(store)[2:] == read(intact)[2:]


def test_a_damaged_store_of_the_former_format_is_not_upgraded(intact: Path, tmp_path: Path) -> None:
    store, _ = copy(intact, tmp_path, f"{GENERATION}/oxigraph/*.sst", "garbage")
    (store / "format").write_text(OLDEST)
    (store / GENERATION / "files.json").unlink()
    with pytest.raises(StoreError, match=r"the statements .*; delete the folder and run kg build"):
        upgrade(LocalStore(store), STEPS)
