"""Atomic writes, and failures in one sentence."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import files
from kg.errors import OutputError


@pytest.fixture
def small_files() -> Iterator[None]:
    """Limit the files of this process to 1,000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_text_is_utf_8_and_replaces_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "图.txt"
    path.write_text("old and longer", encoding="utf-8")
    files.atomic_write(path, "华为\n")
    assert path.read_bytes() == "华为\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_default_permissions(tmp_path: Path) -> None:
    files.atomic_write(tmp_path / "ours", b"x")
    (tmp_path / "theirs").touch()
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "ours"
    path.touch(mode=0o640)
    files.atomic_write(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    files.atomic_write(tmp_path / "link", b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"x"


def test_a_failure_in_the_middle_leaves_the_old_file(tmp_path: Path, small_files: None) -> None:  # noqa: ARG001
    path = tmp_path / "map.html"
    path.write_bytes(b"old")
    with pytest.raises(OutputError, match=r"map\.html cannot be written: the file would be larger than allowed$"):
        files.atomic_write(path, b"x" * 5000)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nowhere/a.csv", "the folder .*nowhere does not exist; create it first"),
        ("file/a.csv", "the folder .*file does not exist; create it first"),
        ("folder", "it is a folder; name a file in it"),
        ("pipe", "it is not a plain file"),
        ("x" * 300, "the name is too long"),
        ("circle", "[Ll]oop|levels of symbolic links"),
    ],
)
def test_an_unwritable_path_is_reported_in_one_sentence(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OutputError, match=f"cannot be written: .*({why})") as raised:
        files.atomic_write(tmp_path / name, b"x")
    assert "\n" not in str(raised.value)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_a_read_only_file_or_folder_is_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="permission is denied"):
        files.atomic_write(path, b"new")
    assert path.read_bytes() == b"old"
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError, match="permission is denied"):
        files.atomic_write(tmp_path / "b.csv", b"new")
    tmp_path.chmod(0o755)
