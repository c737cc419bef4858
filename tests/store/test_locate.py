"""The store at a location, and errors of damaged files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.settings import Address
from kg.store.local import LocalStore
from kg.store.locate import check_damage, locate_store
from kg.store.server.store import ServerStore

if TYPE_CHECKING:
    from pathlib import Path


def test_location_selects_the_kind_of_store(tmp_path: Path) -> None:
    assert isinstance(locate_store(tmp_path), LocalStore)
    assert isinstance(locate_store(Address("http://localhost/query", "http://localhost/update")), ServerStore)


def test_damage_found_while_reading_is_an_error_of_the_store(small: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small, store)
    with LocalStore(store).view() as view:
        assert view.graph  # opens the files
        for file in store.rglob("*.sst"):
            with file.open("r+b") as content:  # in place: RocksDB has the file open
                content.write(bytes(16))
        with (
            pytest.raises(
                StoreError, match=r"generations/g000001: the statements are damaged .*; run kg store restore"
            ),
            check_damage(view),
        ):
            list(view.select("SELECT * { ?s ?p ?o }"))


def test_other_errors_pass(small: Path) -> None:
    with LocalStore(small).view() as view, pytest.raises(RuntimeError, match="other"), check_damage(view):
        raise RuntimeError("other")
