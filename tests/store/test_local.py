"""The store on disk: generations replace each other atomically, whatever happens to writer, disk or readers."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.kill_writers import BATCHES, LINKS, Soak, quads
from helpers.stores import SMALL, error_of, everything, kg_alone, make

from kg.errors import InputError, StoreError
from kg.network.incidence.load import load_incidence, save_incidence
from kg.store.layout import FORMAT
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf.sparql import Endpoint

ROUNDS = int(os.environ.get("KG_KILLS", "4"))
QUERY = "SELECT ?link { ?link a hx:Link } ORDER BY ?link"
BROKEN = "<urn:a> <urn:b> .\n"


def links(store: Path) -> list[str]:
    with LocalStore(store).view() as view:
        return [row["link"].value.rpartition("/")[2] for row in view.select(QUERY)]


def generations(store: Path) -> list[str]:
    return sorted(path.name for path in (store / "generations").iterdir())


@pytest.fixture
def store(small: Path, tmp_path: Path) -> Path:
    """A store that a test may change."""
    return shutil.copytree(small, tmp_path / "store")


def test_a_built_store_answers_queries(store: Path) -> None:
    assert links(store) == ["forge", "lab", "pact"]
    with LocalStore(store).view() as view:
        assert view.size() == (105, 7, 3, 5, 1)
        assert load_incidence(view).links.num_rows == 3
    assert (store / "format").read_text() == FORMAT
    assert generations(store) == ["g000001"]


def test_each_build_is_a_new_generation_and_deletes_the_old_one(store: Path) -> None:
    make(store, SMALL)
    make(store, SMALL)
    assert generations(store) == [(store / "current").read_text().strip()] == ["g000003"]


def test_the_default_graph_has_each_statement_once(store: Path) -> None:
    stage = "SELECT (COUNT(*) AS ?n) { id:link\\/pact hx:stage ?stage }"
    with LocalStore(store).view() as view:
        assert [row["n"].value for row in view.select(stage)] == ["1"]
        graphs = view.select("SELECT ?g { GRAPH ?g { id:link\\/pact hx:stage ?stage } } ORDER BY ?g")
        assert [row["g"].value.rpartition("/")[2] for row in graphs] == ["again", "signed"]


def test_a_blank_node_is_the_same_in_the_default_graph_and_in_its_evidence(tmp_path: Path) -> None:
    graph = tmp_path / "blank.nq"
    graph.write_text("<urn:link> <urn:p> _:part <urn:g> .\n_:part <urn:q> <urn:actor> <urn:g> .\n", encoding="utf-8")
    make(tmp_path / "store", graph)
    query = "SELECT ?who { <urn:link> <urn:p> ?part . GRAPH ?g { ?part <urn:q> ?who } }"
    with LocalStore(tmp_path / "store").view() as view:
        assert [row["who"].value for row in view.select(query)] == ["urn:actor"]
        assert [row["n"].value for row in view.select("SELECT (COUNT(*) AS ?n) { ?part <urn:q> ?who }")] == ["1"]


# Paths that are not a store.


def test_reading_a_missing_store_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the store does not exist; run kg build first"):
        LocalStore(tmp_path / "store").view()
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_another_version_is_unchanged(store: Path) -> None:
    (store / "format").write_text("helix-kg store 4\n")
    before = everything(store)
    for use in (lambda: LocalStore(store).view(), lambda: make(store, SMALL)):
        with pytest.raises(
            StoreError, match=r"a later version of kg .*\('helix-kg store 4', .*'helix-kg store 3'\); install"
        ):
            use()
    assert everything(store) == before


@pytest.mark.parametrize("name", ["thesis.tex", "format", "lock/x", "generations/x", "current"])
def test_a_foreign_folder_is_unchanged(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    for use in (lambda: LocalStore(tmp_path).view(), lambda: make(tmp_path, SMALL)):
        with pytest.raises(StoreError, match=r"not a Helix store|the store does not exist|cannot be written"):
            use()
    assert everything(tmp_path)[name] == b"mine"
    assert [entry for entry in everything(tmp_path) if not name.startswith(entry)] == []


@pytest.mark.parametrize("inside", ["", "store"])
def test_a_file_is_refused_as_a_store(tmp_path: Path, inside: str) -> None:
    (tmp_path / "file").write_text("mine")
    for use in (lambda: LocalStore(tmp_path / "file" / inside).view(), lambda: make(tmp_path / "file" / inside, SMALL)):
        with pytest.raises(StoreError, match="a store is a folder, and this is a file"):
            use()
    assert (tmp_path / "file").read_text() == "mine"


def test_an_impossible_path_is_reported(tmp_path: Path) -> None:
    for use in (lambda: LocalStore(tmp_path / ("x" * 300)).view(), lambda: make(tmp_path / ("x" * 300), SMALL)):
        with pytest.raises(StoreError, match="the name is too long"):
            use()


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    make(tmp_path, SMALL)
    assert len(links(tmp_path)) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("generations/g000001/oxigraph/CURRENT", b"garbage"),
        ("generations/g000001/readers", None),
        ("generations/g000001/oxigraph/CURRENT", None),
        ("current", b"g000009\n"),
        ("current", b"\xff\xfe"),
    ],
)
def test_a_damaged_store_is_reported_and_can_be_rebuilt(store: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (store / name).unlink()
    else:
        (store / name).write_bytes(content)
    with pytest.raises(
        StoreError, match=r"run kg store repair|run kg store restore BACKUP --discard, or kg build --discard"
    ) as raised:
        LocalStore(store).view()
    assert "\n" not in str(raised.value)
    make(store, SMALL)
    assert len(links(store)) == 3
    assert len(generations(store)) == 1


# Failed builds change nothing.


def test_a_failed_build_leaves_the_old_store_unchanged(store: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text(BROKEN)
    before = everything(store)
    with pytest.raises(InputError, match=r"broken\.ttl:1:"):
        make(store, SMALL, tmp_path / "broken.ttl")
    assert everything(store) == before


@pytest.mark.parametrize("existing", [(), ("a",), ("a", "a/b"), ("a", "a/b", "a/b/store")])
def test_a_failed_first_build_leaves_no_folder(tmp_path: Path, existing: tuple[str, ...]) -> None:
    for name in existing:
        (tmp_path / name).mkdir()
    with pytest.raises(InputError):
        make(tmp_path / "a/b/store", tmp_path / "missing.trig")
    assert sorted(everything(tmp_path)) == sorted(existing)


def test_an_interrupted_build_leaves_the_old_store_unchanged(store: Path) -> None:
    before = everything(store)
    with pytest.raises(KeyboardInterrupt), LocalStore(store).writer() as writer:  # noqa: PT012 - the block is interrupted
        writer.load([SMALL])
        raise KeyboardInterrupt
    assert everything(store) == before


def test_a_failed_commit_leaves_the_old_generation(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "current":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(StoreError, match=r"cannot be written \(Input/output error\) and is unchanged"):
            make(store, SMALL)
    assert links(store) == ["forge", "lab", "pact"]
    assert (store / "current").read_text() == "g000001\n"
    assert not list(store.glob(".*"))
    make(store, SMALL)
    assert generations(store) == [(store / "current").read_text().strip()]


# One writer and many readers.


def test_a_second_writer_is_refused_with_the_first_ones_process(store: Path, tmp_path: Path) -> None:
    with LocalStore(store).writer():
        with pytest.raises(StoreError, match=rf"process {os.getpid()} is writing to this store; wait for it"):
            make(store, SMALL)
        message = error_of(kg_alone("build", SMALL, folder=tmp_path, store=store))
        assert message == f"kg: {store}: process {os.getpid()} is writing to this store; wait for it"
        assert len(links(store)) == 3  # readers do not wait
    make(store, SMALL)


def test_a_writer_that_lost_its_lock_file_aborts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = __import__("fcntl").flock

    def late(file: object, how: int) -> None:
        flock(file, how)
        (tmp_path / "lock").unlink()
        (tmp_path / "lock").touch()

    monkeypatch.setattr("fcntl.flock", late)
    with pytest.raises(StoreError, match="another process was writing to this store; run the command again"):
        make(tmp_path, SMALL)


def test_an_old_generation_stays_while_it_has_readers(store: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.trig"
    empty.touch()
    with LocalStore(store).view() as reader, LocalStore(store).view() as other:
        rows = reader.select("SELECT ?s ?p ?o { ?s ?p ?o }")
        next(rows)
        make(store, empty)
        make(store, empty)
        assert generations(store) == ["g000001", "g000003"]
        assert links(store) == []
        assert len([*reader.select(QUERY)]) == len([*other.select(QUERY)]) == 3
        assert load_incidence(reader).links.num_rows == reader.size().links == 3
        assert sum(1 for _ in rows) > 1000
    make(store, empty)
    assert generations(store) == ["g000004"]


def test_a_reader_of_a_removed_generation_opens_the_next_one(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter(["g000000", "g000001", "g000001"])
    monkeypatch.setattr("kg.store.local.current", lambda _: next(names))
    with LocalStore(store).view() as view:
        assert view.path.name == "g000001"


# Kills at random moments; `make soak` is the long run.


@pytest.mark.slow
def test_a_killed_writer_leaves_a_complete_store_and_its_checkpoints(tmp_path: Path) -> None:
    with Soak(tmp_path, seed=2) as soak:
        for turn in range(ROUNDS):
            soak.round(turn, "build" if turn % 4 == 3 else "amend")
        assert soak.end().startswith(f"{ROUNDS} kills ")


@pytest.mark.parametrize(
    "left", [("lock",), ("lock", ".0f.part"), ("lock", "format"), ("lock", "format", "generations")]
)
def test_a_killed_first_build_does_not_block_the_next(tmp_path: Path, left: tuple[str, ...]) -> None:
    for name in left:
        if name == "generations":
            (tmp_path / name / "tmpx.draft" / "oxigraph").mkdir(parents=True)
        else:
            (tmp_path / name).write_text(FORMAT if name == "format" else "")
    with pytest.raises(StoreError, match="the store does not exist"):
        LocalStore(tmp_path).view()
    make(tmp_path, SMALL)
    assert generations(tmp_path) == ["g000001"]


# Full and read-only disks.


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB, in memory."""
    path = tmp_path / "disk"
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", path], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here ({mounted.stderr.strip()})")
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


def leave(disk: Path, room: int) -> None:
    """Fill `disk` until `room` bytes are free."""
    fill = disk / "fill"
    with suppress(FileNotFoundError):
        fill.unlink()
    with fill.open("wb") as file:
        file.write(bytes(max(shutil.disk_usage(disk).free - room - 4096, 0)))


def test_a_full_disk_leaves_the_old_store_unchanged(disk: Path) -> None:
    make(disk / "store", SMALL)
    before = everything(disk / "store")
    failures = 0
    for room in (0, 30_000, 200_000, 300_000, 500_000, 700_000, 900_000, 1_200_000, 1_600_000, 3_000_000):
        leave(disk, room)
        try:
            make(disk / "store", SMALL)
        except StoreError as error:
            assert "cannot be written (the disk is full) and is unchanged; free some space" in str(error)  # noqa: PT017
            assert everything(disk / "store") == before, room
            failures += 1
        else:
            break
    assert failures >= 3
    assert generations(disk / "store") == ["g000002"]
    leave(disk, 30_000)
    with pytest.raises(StoreError, match="the disk is full"):
        make(disk / "new/store", SMALL)
    assert not (disk / "new").exists()
    assert len(links(disk / "store")) == 3


def test_a_disk_that_fills_with_the_derived_tables_is_reported(disk: Path) -> None:
    store = LocalStore(disk / "store")

    def fill(graph: Endpoint, generation: Path) -> None:
        leave(disk, 0)
        save_incidence(graph, generation)

    def build() -> None:
        with store.resume("version 1") as writer:
            writer.add(quads(1, 0))
            writer.finish(artefacts=fill)

    with pytest.raises(StoreError, match=r"cannot be written \(the disk is full\) and is unchanged"):
        build()
    assert not (disk / "store" / "current").exists()


def test_work_resumes_after_a_full_disk(disk: Path) -> None:
    make(disk / "store", SMALL)
    store, known, failures = LocalStore(disk / "store"), 0, 0
    for room in (0, 100_000, 400_000, 800_000, 3_500_000, 8_000_000):
        leave(disk, room)
        try:
            with store.resume("version 1") as writer:
                assert len(writer.checkpoints) >= known
                for batch in range(known := len(writer.checkpoints), BATCHES):
                    writer.add(quads(1, batch))
                    writer.checkpoint(str(batch))
                    known += 1
                writer.finish(artefacts=save_incidence)
                store.commit(writer)
        except StoreError as error:
            assert "cannot be written (the disk is full) and is unchanged; free some space" in str(error)  # noqa: PT017
            assert links(disk / "store") == ["forge", "lab", "pact"]
            failures += 1
        else:
            break
    assert failures >= 3
    assert known == BATCHES
    assert len(links(disk / "store")) == 3 + BATCHES * LINKS


def test_a_read_only_disk_is_readable(disk: Path, tmp_path: Path) -> None:
    make(disk / "store", SMALL)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert len(links(disk / "store")) == 3
    for path in (disk / "store", disk / "new/store"):
        with pytest.raises(StoreError, match="the disk is read-only"):
            make(path, SMALL)
    message = error_of(kg_alone("build", SMALL, folder=tmp_path, store=disk / "store"))
    assert message == (
        f"kg: {disk / 'store'}: the store cannot be written (the disk is read-only) and is unchanged; free some space, "
        "or choose another with --store"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser ignores permissions")
def test_a_folder_without_permission_is_reported(store: Path) -> None:
    store.chmod(0o555)
    (store / "lock").unlink(missing_ok=True)
    with pytest.raises(StoreError, match="permission is denied"):
        make(store, SMALL)
    store.chmod(0o000)
    with pytest.raises(StoreError, match="permission is denied"):
        LocalStore(store).view()
    store.chmod(0o755)
    assert len(links(store)) == 3
