"""Gzip files and zip archives are decompressed within limits and never written to disk."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.ingest.readers.archives import MAX_MEMBERS
from kg.ingest.readers.input_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

LINE = b'{"a": 1}\n'


def read(path: Path) -> list[object]:
    inputs = Inputs([path])
    return [record for part in inputs.parts() for _, record in inputs.objects(part)]


def archive(folder: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(folder / "dump.zip", "w", method) as target:
        for name, data in members:
            target.writestr(name, data)
    return folder / "dump.zip"


def compressed(folder: Path, data: bytes) -> Path:
    path = folder / "x.jsonl.gz"
    path.write_bytes(gzip.compress(data, 1))
    return path


def test_compressed_files_read_like_plain_files(tmp_path: Path) -> None:
    assert read(compressed(tmp_path, LINE * 3)) == [{"a": 1}] * 3
    assert read(archive(tmp_path, ("folder/a.json", b"[1, 2]"), ("b.json", LINE))) == [1, 2, {"a": 1}]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump.zip", "x.jsonl.gz"]


def test_progress_is_counted_in_compressed_bytes(tmp_path: Path) -> None:
    inputs = Inputs([compressed(tmp_path, LINE * 1000)])
    assert len(list(inputs.objects(inputs.paths[0]))) == 1000
    assert inputs.read == inputs.size


@pytest.mark.parametrize("name", ["../out.json", "/etc/out.json", "a/../../out.json", "a\\out.json", "C:out.json"])
def test_a_member_outside_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="would be outside the archive"):
        read(archive(tmp_path, (name, LINE)))


def test_decompression_bombs_are_detected_by_their_ratio(tmp_path: Path) -> None:
    zeros = bytes(20_000_000)
    for path in (compressed(tmp_path, zeros), archive(tmp_path, ("a.json", zeros))):
        inputs = Inputs([path])
        with (
            inputs.binary(next(inputs.parts())) as stream,
            pytest.raises(InputError, match="as in a decompression bomb"),
        ):
            stream.read()


def test_an_archive_with_too_many_members_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 1000"):
        read(archive(tmp_path, *((f"{number}.json", b"1") for number in range(MAX_MEMBERS + 1))))


def test_other_compression_methods_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="uses an unsupported compression"):
        read(archive(tmp_path, ("a.json", LINE), method=zipfile.ZIP_LZMA))


@pytest.mark.parametrize("name", ["x.jsonl.gz", "dump.zip"])
def test_a_damaged_file_is_reported(tmp_path: Path, name: str) -> None:
    whole = {"x.jsonl.gz": compressed(tmp_path, LINE * 9), "dump.zip": archive(tmp_path, ("a.json", LINE * 9))}[name]
    whole.write_bytes(whole.read_bytes()[:-12])
    with pytest.raises(InputError, match=f"{name}: the file is damaged"):
        read(whole)
