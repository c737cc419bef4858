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


def test_a_wrong_or_tagged_version_and_an_unclean_checkout_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "ROOT", tmp_path)
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *name, "commit", "--quiet", "--allow-empty", "-m", "One"], check=True, cwd=tmp_path)
    subprocess.run(["git", "tag", "v1.0.0"], check=True, cwd=tmp_path)
    release.accept("1.2.0")
    with pytest.raises(release.ReleaseError, match=r"not of the form 1\.2\.3"):
        release.accept("1.2")
    with pytest.raises(release.ReleaseError, match=r"tag v1\.0\.0 exists"):
        release.accept("1.0.0")
    (tmp_path / "file").touch()
    with pytest.raises(release.ReleaseError, match="uncommitted files"):
        release.prepare("1.2.0", "2026-02-03")
