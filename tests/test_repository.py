"""The repository: complete locks, numbered decisions, and no paths or hosts of one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)", flags=re.MULTILINE)

# Written in pieces, so that this file does not match itself.
_MACHINE = re.compile(r"(?<![\w.])/(?:work|home|root|Users|opt|farm)/" + r"[\w.]")
_REGISTRY = re.compile(
    "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "--(?:extra-)?index-" + "url", "file:" + "///"))
)


def _pins(lock: str) -> dict[str, Version]:
    return {name: Version(version) for name, version in _PIN.findall((ROOT / lock).read_text(encoding="utf-8"))}


def _requirements(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return [
        Requirement(line) for line in lines + [one for group in groups for one in project["dependency-groups"][group]]
    ]


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ("build",)), ("requirements-dev.lock", ("build", "dev"))]
)
def test_a_lock_satisfies_the_requirements(lock: str, groups: tuple[str, ...]) -> None:
    pins = _pins(lock)
    unmet = [str(one) for one in _requirements(*groups) if one.name not in pins or pins[one.name] not in one.specifier]
    assert unmet == [], "run `make lock`"


def test_both_locks_pin_the_same_versions() -> None:
    small, large = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert {name: large.get(name) for name in small} == small


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-tools.lock"])
def test_a_lock_hashes_every_file(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def _committed() -> list[Path]:
    """Return the files that git tracks or would add; skip outside a clone."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git clone, so the files of the repository are unknown")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("pattern", [_MACHINE, _REGISTRY], ids=["paths of one machine", "registry hosts"])
def test_no_file_contains_a_path_or_host_of_one_machine(pattern: re.Pattern[str]) -> None:
    matches = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in _committed()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert matches == []


@pytest.mark.parametrize("text", ["cd /wor" + "k/main", 'open("/hom' + 'e/ann/x")', "/op" + "t/wheels"])
def test_paths_of_one_machine_are_detected(text: str) -> None:
    assert _MACHINE.search(text)


@pytest.mark.parametrize("text", ["#!/usr/bin/env bash", "https://w3id.org/work/paper", "id/work/x", "./home/x"])
def test_other_paths_are_accepted(text: str) -> None:
    assert not _MACHINE.search(text)


def test_each_decision_has_a_number_of_its_own_and_is_listed() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("0*.md"))
    listed = re.findall(r"^\| \[(\d+)\]\((.+?)\)", (ROOT / "docs/decisions/README.md").read_text(), flags=re.MULTILINE)
    assert [(str(int(name[:4])), name) for name in names] == listed
    assert len({name[:4] for name in names}) == len(names)
