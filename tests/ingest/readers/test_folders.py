"""Folders are read as the dumps lay them out, unless two files may have the same rows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.ingest.readers import folders

if TYPE_CHECKING:
    from pathlib import Path


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.mark.parametrize(
    ("reader", "names", "ignored"),
    [
        ("cordis", ["organization.csv", "project.csv"], ["information.pdf"]),
        ("openalex", ["works/updated_date=1/part_000.gz", "works/updated_date=2/part_000.gz"], ["works/manifest"]),
        ("ror", ["v1.9-ror-data.json", "v1.9-ror-data_schema_v2.json"], ["v1.9-ror-data.csv"]),
    ],
)
def test_the_files_of_a_dump_are_read(tmp_path: Path, reader: str, names: list[str], ignored: list[str]) -> None:
    folder = made(tmp_path, *names, *ignored)
    assert folders.files(reader, [folder]) == tuple(folder / name for name in names)


@pytest.mark.parametrize(
    ("reader", "names", "message"),
    [
        ("cordis", ["project.csv", "project.json"], "project.csv and project.json seem to have the same rows; name"),
        ("ror", ["a.json", "a.zip"], "a.json and a.zip seem"),
        ("ror", ["a.csv"], "the folder has no file for ror; name a file, or a folder with .json or .zip"),
        ("table", ["a.csv"], "is a folder, not a file"),
    ],
)
def test_a_doubtful_folder_is_refused(tmp_path: Path, reader: str, names: list[str], message: str) -> None:
    with pytest.raises(InputError) as raised:
        folders.files(reader, [made(tmp_path, *names)])
    assert message in str(raised.value)


def test_a_pipe_in_a_folder_is_named(tmp_path: Path) -> None:
    os.mkfifo(made(tmp_path, "a.json") / "b.json")
    with pytest.raises(InputError, match=r"b\.json: is a named pipe"):
        folders.files("ror", [tmp_path])
