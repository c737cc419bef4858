"""The packages that a user installs have permissive licences, and each download of `make` is verified."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKED = sorted(
    set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
)
PERMISSIVE = {
    *("MIT", "MIT License", "BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "ISC License (ISCL)"),
    *("Apache-2.0", "Apache 2.0", "Apache Software License", "PSF-2.0", "Python Software Foundation License"),
    *("Zlib", "CC0-1.0"),
}
"""Licences by the names in the metadata of packages."""

EXCEPTIONS = {
    "pathspec": {"Mozilla Public License 2.0 (MPL 2.0)"},  # builds the package only
    "resvg-py": set(),  # MIT by the text in its source distribution
}
"""Licences in the metadata that are not permissive or missing, with the reason (docs/decisions/0005)."""


def _stated(found: metadata.PackageMetadata, name: str) -> str:
    stated: list[str] = found.get_all(name) or [""]
    return stated[0]


def licences(package: str) -> set[str]:
    """Return the licences of an installed package: by its expression, else its classifiers, else its text."""
    found = metadata.metadata(package)
    expression = _stated(found, "License-Expression")
    classified = [name for name in found.get_all("Classifier") or [] if name.startswith("License :: OSI Approved :: ")]
    text = _stated(found, "License").partition("\n")[0]
    names = re.split(r" AND | OR ", expression) if expression else [name.rpartition(" :: ")[2] for name in classified]
    return set(names or re.split(r" OR ", text)) - {""}


@pytest.mark.parametrize("package", LOCKED)
def test_a_package_has_a_permissive_licence(package: str) -> None:
    try:
        found = licences(package)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{package} is not installed on this platform")
    assert found == EXCEPTIONS[package] if package in EXCEPTIONS else found and found <= PERMISSIVE


def test_the_decision_names_each_package() -> None:
    table = (ROOT / "docs/decisions/0005-permissive-dependencies.md").read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    named = set(re.findall(r"[a-z0-9-]+", " ".join(line.split("|")[1] for line in rows)))
    assert [package for package in LOCKED if package not in named] == []


def test_make_installs_locked_files_only() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"\$\(PIP\) install (.*)", makefile)
    assert installs[0].startswith("--no-deps --require-hashes --only-binary :all:")
    assert installs[1] == "--no-deps --no-build-isolation --editable ."
    assert installs[2:] == ["--no-deps --require-hashes --requirement requirements-spark.lock"]  # Spark has no wheel
