"""`kg forget`: removal of nodes and statements with their history, and the record of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from helpers.secrets import SECRETS, ledger, stores
from helpers.sharing import shared_folder
from helpers.stores import SMALL, error_of, everything, kg

from kg.store import forgotten
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

REMARK, PERSON, *_ = SECRETS
WHY = ("--reason", "asked to be removed")


@pytest.fixture
def store(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the store of a ledger with internal cells."""
    monkeypatch.setenv("KG_AUTHOR", "me")
    shutil.copytree(shared_folder(tmp_path_factory, "internal", stores) / "whole", tmp_path / "store")
    return tmp_path / "store"


def statements(store: Path) -> int:
    with LocalStore(store, internal=True).view() as view:
        return view.size().statements


def holding(folder: Path, text: str) -> list[str]:
    """Return the files under `folder` with the bytes of `text`."""
    return [name for name, data in everything(folder).items() if text.encode() in data]


def test_no_file_of_the_store_contains_what_is_forgotten(store: Path) -> None:
    pending = store / "generations" / "0123456789abcdef.pending"
    pending.mkdir()
    (pending / "merge.nt").write_text(PERSON)
    (pending / "journal").write_text('["x", null]\n')
    assert holding(store, PERSON)
    done = kg("forget", PERSON, *WHY, store=store)
    assert done.status == 0, done.err
    assert holding(store, PERSON) == []
    assert holding(store, REMARK)
    assert PERSON not in kg("export", "-o", store.parent / "all.trig", "--internal", store=store).out
    assert PERSON not in (store.parent / "all.trig").read_text()


def test_the_record_tells_that_it_was_done_and_not_what(store: Path) -> None:
    dry = kg("forget", PERSON, "--dry-run", "--format", "jsonl", store=store).out.splitlines()
    assert PERSON in "".join(dry)
    assert kg("forget", PERSON, *WHY, store=store).status == 0
    assert kg("build", SMALL, "--discard", store=store).status == 0
    record = kg("forget", "--list", "--format", "csv", store=store).out.splitlines()
    assert record[1].endswith(f",me,{len(dry)},asked to be removed")
    assert holding(store, PERSON) == []


def test_a_killed_removal_is_recorded_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:  # ends as a kill between the new generation and the record
        patch.setattr(forgotten, "settle", lambda _: None)
        assert kg("forget", PERSON, *WHY, store=store).status == 0
    assert holding(store, PERSON) == []
    assert len(forgotten.read(store)) == 1
    assert kg("build", SMALL, "--discard", store=store).status == 0
    assert len(forgotten.read(store)) == 1


def test_one_statement_is_forgotten(store: Path) -> None:
    before = statements(store)
    words = ("link/office/1", "--property", "dct:description", "--value", REMARK)
    done = kg("forget", *words, *WHY, store=store)
    assert "statements removed: 1" in done.err
    assert statements(store) == before - 1
    assert REMARK in kg("show", "link/office/4", "--internal", store=store).out


def test_evidence_is_forgotten_with_its_internal_part(store: Path) -> None:
    assert kg("forget", "ev:office/2", "ev:office/4", *WHY, store=store).status == 0
    found = kg(
        "query", "-e", "SELECT ?e { ?e a hx:Evidence } ORDER BY ?e", "--internal", "--format", "csv", store=store
    )
    assert [line.split(",")[0].rpartition("office/")[2] for line in found.out.splitlines()[1:]] == [
        *("1", "1/internal", "3", "3/internal", "5", "5/internal")
    ]


def test_a_graph_file_is_rewritten(store: Path, tmp_path: Path) -> None:
    graph, other = tmp_path / "graph.nq", tmp_path / "other.trig"
    kg("ingest", "table", *ledger(tmp_path), "-o", graph, "--internal")
    other.write_bytes(SMALL.read_bytes())
    done = kg("forget", PERSON, *WHY, "--file", graph, "--file", other, store=store)
    assert done.status == 0, done.err
    assert PERSON not in graph.read_text()
    assert REMARK in graph.read_text()
    assert other.read_bytes() == SMALL.read_bytes()
    assert kg("build", graph, store=tmp_path / "again").status == 0


def test_other_statements_with_its_name_are_counted_and_forgotten_on_request(store: Path) -> None:
    firm = "乙电子技术有限公司"
    done = kg("forget", firm, "--dry-run", "--format", "csv", store=store).out
    more = kg("forget", firm, "--dry-run", "--mentions", "--format", "csv", store=store).out
    assert "id:link/office/2,skos:prefLabel" not in done
    assert "id:link/office/2,skos:prefLabel" in more
    assert "2 other statements contain a name of it, about id:link/office/1, id:link/office/2" in (
        kg("forget", firm, *WHY, store=store).err
    )


def test_an_older_generation_in_use_is_an_error_until_its_reader_ends(store: Path) -> None:
    with LocalStore(store).view():
        done = kg("forget", PERSON, *WHY, store=store)
        assert done.status == 1
        assert "another process still reads an older generation (g000002)" in done.err
    assert holding(store, PERSON)
    assert "there is no actor" in error_of(kg("forget", PERSON, *WHY, store=store))
    assert holding(store, PERSON) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("unknown", *WHY), "there is no actor 'unknown' in this store"),
        (("乙電子技術有限公司", *WHY), "there is no actor '乙電子技術有限公司' in this store"),  # in the other script
        ((PERSON,), "the record requires a reason; pass --reason TEXT"),
        ((PERSON, "--reason", f"{PERSON} asked"), "the reason contains what is forgotten"),
        (("--reason", "x"), "pass at least one NODE"),
        ((PERSON, "--value", "x", *WHY), "--value requires --property"),
        (("link/office/1", "--property", "hx:kind", *WHY), "; the store is unchanged"),
    ],
)
def test_a_request_is_refused(store: Path, words: tuple[str, ...], message: str) -> None:
    before = everything(store)
    done = kg("forget", *words, store=store)
    assert done.status != 0
    assert message in done.err
    assert everything(store) == before


def test_a_server_is_refused_with_what_it_cannot_do() -> None:
    done = kg("forget", PERSON, *WHY, "--store", "http://127.0.0.1:9/query")
    assert "a server keeps deleted statements in files that kg cannot reach" in done.err
