"""The next writer repairs the files of a store beside its generations, and readers name the remedy."""

from __future__ import annotations

import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.store.layout import FORMAT
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def store(small: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small, tmp_path / "store")


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()
    (path / "x").touch()


DAMAGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "pointer of zeros": ("current", lambda path: path.write_bytes(bytes(8))),
    "pointer not ASCII": ("current", lambda path: path.write_bytes("g0000é".encode())),
    "pointer elsewhere": ("current", lambda path: path.write_text("../../../etc")),
    "pointer to nothing": ("current", lambda path: path.write_text("g999999")),
    "pointer a folder": ("current", _folder),
    "format of zeros": ("format", lambda path: path.write_bytes(bytes(8))),
    "format empty": ("format", lambda path: path.write_bytes(b"")),
    "format missing": ("format", lambda path: path.unlink()),
    "format a folder": ("format", _folder),
    "lock a folder": ("lock", _folder),
    "draft a file": ("generations/x.draft", lambda path: path.touch()),
    "draft a link": ("generations/x.draft", lambda path: path.symlink_to("/nowhere")),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_writer_repairs_the_store(store: Path, name: str) -> None:
    place, damage = DAMAGES[name]
    damage(store / place)
    if name.startswith("pointer"):
        with pytest.raises(StoreError, match="run kg store repair"):
            LocalStore(store).view()
    with LocalStore(store).writer():
        pass  # and nothing is committed
    assert (store / "format").read_text() == FORMAT
    with LocalStore(store).view() as view:
        assert view.size().links == 3
    assert list(store.glob("generations/*.draft")) == []


def test_a_generation_has_the_permissions_of_the_umask(store: Path) -> None:
    with LocalStore(store).writer() as writer:
        assert stat.S_IMODE(writer.path.stat().st_mode) == stat.S_IMODE(store.stat().st_mode)
