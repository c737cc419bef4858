"""A backup restores the store exactly; an incomplete backup is refused and changes nothing."""

from __future__ import annotations

import shutil
import tarfile
from typing import TYPE_CHECKING

import pytest
from helpers.stores import everything, make, quads

from kg.errors import DataError, InputError, StoreError
from kg.store.backup import backup, restore
from kg.store.check import check
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(small: Path, tmp_path: Path) -> Path:
    """A backup of the small store."""
    with LocalStore(small).view() as view:
        backup(view, tmp_path / "store.tar")
    return tmp_path / "store.tar"


def test_a_restored_store_is_that_of_the_backup(small: Path, tmp_path: Path, file: Path) -> None:
    restore(LocalStore(tmp_path / "new"), file, replace=False)
    assert check(tmp_path / "new") == ()
    assert quads(tmp_path / "new") == quads(small)
    with LocalStore(tmp_path / "new").view() as view:
        backup(view, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == file.read_bytes()


def test_a_store_with_content_is_replaced_on_request_only(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    (tmp_path / "empty.trig").touch()
    make(store, tmp_path / "empty.trig")
    before = everything(store)
    with pytest.raises(DataError, match="the store has content; pass --discard to replace it"):
        restore(LocalStore(store), file, replace=False)
    assert everything(store) == before
    restore(LocalStore(store), file, replace=True)
    with LocalStore(store).view() as view:
        assert view.size().links == 3


def test_a_damaged_store_is_not_backed_up(small: Path, tmp_path: Path, file: Path) -> None:
    store = shutil.copytree(small, tmp_path / "store")
    table = max(store.rglob("*.sst"))
    content = table.read_bytes()
    table.write_bytes(content[:99] + bytes([content[99] ^ 1]) + content[100:])
    before = file.read_bytes()
    with LocalStore(store).view() as view, pytest.raises(StoreError, match=r"not as written\); run kg store check"):
        backup(view, file)
    assert file.read_bytes() == before


def test_an_incomplete_or_damaged_backup_is_refused(tmp_path: Path, file: Path) -> None:
    whole = file.read_bytes()
    for content in (b"", b"PK", whole[:400], whole[: len(whole) // 2], whole[: len(whole) - 200_000], whole[5000:]):
        file.write_bytes(content)
        with pytest.raises(InputError, match=r"is not a backup of a store|the backup is damaged"):
            restore(LocalStore(tmp_path / "new"), file, replace=False)
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    with pytest.raises(InputError, match=r"the backup is damaged \(oxigraph/.*: not as written\)"):
        restore(LocalStore(tmp_path / "new"), file, replace=False)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["../escape", "/escape", "oxigraph/../../escape", "extra", "oxigraph"])
def test_a_backup_writes_nothing_outside_its_generation(tmp_path: Path, file: Path, name: str) -> None:
    with tarfile.open(file, "a") as tar:
        member = tarfile.TarInfo(name)
        member.type = tarfile.SYMTYPE if name == "extra" else tarfile.REGTYPE
        member.linkname = "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(InputError, match=r"is not a backup of a store .*does not belong to it"):
        restore(LocalStore(tmp_path / "new"), file, replace=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store.tar"]


def test_a_backup_of_another_format_is_refused(tmp_path: Path, file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"helix-kg store 3", b"helix-kg store 9", 1))
    with pytest.raises(InputError, match="'helix-kg store 9', this one reads 'helix-kg store 3'"):
        restore(LocalStore(tmp_path / "new"), file, replace=False)
