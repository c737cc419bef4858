from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.rdf import resources

if TYPE_CHECKING:
    from pathlib import Path


def test_a_checkout_uses_its_own_folders(root: Path) -> None:
    assert resources.ontology() == root / "ontology"
    assert resources.graphs() == root / "graphs"


def test_a_wheel_contains_the_folders(root: Path, tmp_path: Path) -> None:
    """An unpacked wheel contains the same files as the checkout."""
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    run = [sys.executable, "-c", build, str(tmp_path)]
    name = subprocess.run(run, cwd=root, capture_output=True, text=True, check=True).stdout.split()[-1]
    with zipfile.ZipFile(tmp_path / name) as wheel:
        wheel.extractall(tmp_path / "site")
    ask = "from kg.rdf import resources; print(resources.ontology(), resources.graphs(), sep='\\n')"
    run = [sys.executable, "-c", ask]
    answer = subprocess.run(
        run, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site")}, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert answer == [str(tmp_path / "site/kg/data/ontology"), str(tmp_path / "site/kg/data/graphs")]
    for kind in ("ontology", "graphs"):
        carried = tmp_path / "site/kg/data" / kind
        assert _files(carried) == _files(root / kind)


def test_a_foreign_folder_beside_the_package_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    with pytest.raises(InputError, match="no ontology/ folder; install it again"):
        resources._shipped("ontology", tmp_path / "kg")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
