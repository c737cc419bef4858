"""Drafts of generations: the same statements in memory and on disk, also when they move in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.store import draft
from kg.store.draft import Draft

if TYPE_CHECKING:
    from pathlib import Path

LINES = [f"<urn:s{number}> <urn:p> <urn:o{number % 3}> <urn:g{number % 5}> .\n".encode() for number in range(40)]
BLANK = ox.Quad(ox.BlankNode("one"), ox.NamedNode("urn:p"), ox.BlankNode("two"))


def written(folder: Path) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(folder / "oxigraph")))


def expected() -> set[ox.Quad]:
    return set(ox.parse(b"".join(LINES), format=ox.RdfFormat.N_QUADS))


def test_a_new_generation_is_in_memory_until_it_is_completed(tmp_path: Path) -> None:
    new = Draft(tmp_path, resumable=False)
    new.load(LINES, ox.RdfFormat.N_QUADS)
    assert not (tmp_path / "oxigraph").exists()
    with new.completed([BLANK]):
        assert set(new.graph) == {*expected(), BLANK}
    assert written(tmp_path) == {*expected(), BLANK}


@pytest.mark.parametrize("limit", [1, 300, 1000])
def test_a_large_generation_moves_to_disk_complete(limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MEMORY", limit)
    monkeypatch.setattr("kg.store.bulk_load.PART", 100)
    new = Draft(tmp_path, resumable=False)
    new.load(LINES, ox.RdfFormat.N_QUADS)
    assert not new.in_memory
    assert set(new.graph) == expected()
    with new.completed([]):
        pass
    new.close()
    assert written(tmp_path) == expected()


def test_statements_are_written_in_parts_with_the_same_blank_nodes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "_PART", 7)
    new = Draft(tmp_path, resumable=False)
    new.load(LINES, ox.RdfFormat.N_QUADS)
    new.graph.extend([BLANK])
    with new.completed([]):
        pass
    assert written(tmp_path) == {*expected(), BLANK}


def test_a_resumable_generation_and_an_amended_one_are_on_disk(tmp_path: Path) -> None:
    assert not Draft(tmp_path, resumable=True).in_memory
    assert not Draft(tmp_path, resumable=False).in_memory  # the folder exists now


def test_later_statements_join_a_generation_that_is_being_written(tmp_path: Path) -> None:
    new = Draft(tmp_path, resumable=False)
    new.load(LINES[:20], ox.RdfFormat.N_QUADS)
    new.write_ahead()
    new.load(LINES[10:], ox.RdfFormat.N_QUADS)
    new.extend([BLANK])
    last = ox.Quad(BLANK.subject, BLANK.predicate, BLANK.object, ox.NamedNode("urn:last"))
    with new.completed([last]):
        assert set(new.graph) == {*expected(), BLANK, last}
    assert written(tmp_path) == {*expected(), BLANK, last}
