"""A release: the texts that contain its version, and the files to publish."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import release

if TYPE_CHECKING:
    from pathlib import Path

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A map.\n\n## [0.1.0] - 2026-01-01\n\n- All.\n"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with version 0.1.0, tagged, and data with an ignored file."""
    monkeypatch.setattr(release, "ROOT", tmp_path)
    for name, text in (
        ("kg/__init__.py", '__version__ = "0.1.0"\n'),
        ("CHANGELOG.md", CHANGELOG),
        ("CITATION.cff", "version: 0.1.0\n"),
        (".gitignore", "*.pyc\n"),
        ("graphs/a.ttl", ""),
        ("graphs/a.pyc", ""),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    author = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    for words in (("init",), ("add", "."), (*author, "commit", "--message", "First"), ("tag", "v0.1.0")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


@pytest.mark.parametrize(
    ("version", "message"),
    [("0.2", "of the form 1.2.3"), ("0.1.0", "the tag v0.1.0 exists"), ("0.0.10", "precedes the current one, 0.1.0")],
)
@pytest.mark.usefixtures("checkout")
def test_another_version_is_refused(version: str, message: str) -> None:
    release.accept("0.2.0")
    with pytest.raises(release.ReleaseError, match=message):
        release.accept(version)


def test_a_checkout_with_changes_is_refused(checkout: Path) -> None:
    (checkout / "kg/__init__.py").write_text('__version__ = "0.2.0"\n', encoding="utf-8")
    with pytest.raises(release.ReleaseError, match=r"uncommitted files \(kg/__init__\.py\)"):
        release.accept("0.2.0")


def test_the_archive_contains_files_of_the_commit_only(checkout: Path) -> None:
    release.archive(checkout / "data.zip", checkout, "0.2.0", datetime(2026, 2, 3, tzinfo=UTC))
    with zipfile.ZipFile(checkout / "data.zip") as packed:
        assert packed.namelist() == [
            f"data/{name}" for name in ("CITATION.cff", "SHA256SUMS", "VERSION", "graphs/a.ttl")
        ]


def test_a_release_moves_the_unreleased_changes_under_its_version() -> None:
    text = release.dated(CHANGELOG, "0.2.0", "2026-02-03")
    assert release.notes(text, "0.2.0") == "### Added\n\n- A map.\n"
    assert release.notes(text, "0.1.0") == "- All.\n"
    with pytest.raises(release.ReleaseError, match="section \\[Unreleased\\] is missing or empty"):
        release.notes(text, "Unreleased")


def test_the_citation_has_the_version_and_one_day(root: Path) -> None:
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    text = release.cited(release.cited(citation, "0.2.0", "2026-02-03"), "0.3.0", "2026-03-04")
    assert [line for line in text.splitlines() if line.startswith(("version", "date"))] == [
        "version: 0.3.0",
        "date-released: 2026-03-04",
    ]


def test_the_bill_of_materials_lists_each_locked_package_once(root: Path) -> None:
    bill = json.loads(release.bill_of_materials((root / "requirements.lock").read_text(encoding="utf-8"), "0.2.0"))
    names = [component["name"] for component in bill["components"]]
    assert {"click", "rdflib", "pyoxigraph", "numpy"} <= set(names)
    references = [component["bom-ref"] for component in bill["components"]]
    assert len(set(references)) == len(references)
    assert bill["dependencies"][0]["dependsOn"] == references


def test_the_archive_of_the_data_contains_its_checksums(root: Path, tmp_path: Path) -> None:
    moment = datetime(2026, 2, 3, tzinfo=UTC)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        release.archive(tmp_path / folder / "data-0.2.0.zip", root, "0.2.0", moment)
    assert (tmp_path / "a/data-0.2.0.zip").read_bytes() == (tmp_path / "b/data-0.2.0.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a/data-0.2.0.zip") as packed:
        files = {name.removeprefix("data-0.2.0/"): packed.read(name) for name in packed.namelist()}
    assert files["VERSION"] == b"0.2.0\n"
    assert {"CITATION.cff", "graphs/curated/catalog.ttl", "graphs/LICENSE.md"} <= set(files)
    listed = (line.split("  ") for line in files.pop("SHA256SUMS").decode().splitlines())
    sums = {name: digest for digest, name in listed}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
