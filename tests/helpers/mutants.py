"""A comparison of two choices of tests by mutants of the measures, networks, RDF readers and dump readers.

``mutants.py COUNT [SEED]`` (`make mutants`) draws COUNT mutants of cosmic-ray per part of PARTS, in a clone in the
folder of temporary files. The tests of `make test` for that part run first. A survivor meets the larger choice: also
the tests with the mark `scale`, ten times as many examples of each property, all kills and mutations.
The smaller choice loses a property if the larger one kills such a mutant. The exit code is then 1.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator

if TYPE_CHECKING:
    from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "kg/measure": ["tests/measure"],
    "kg/network": ["tests/network"],
    "kg/rdf": ["tests/rdf", "tests/test_conformance.py", "tests/test_legal_terms.py"],
    "kg/ingest/readers": ["tests/ingest", "tests/test_cases.py"],
}
"""Folder of mutated modules to the tests that are nearest to it."""
LARGER = {"KG_EXAMPLES": "10", "KG_SHACL_SEEDS": "30", "KG_COMMAND_KILLS": "10", "KG_KILL_STEP": "1"}
TIMEOUT = 1800
"""Seconds after which a run of tests counts as failed: a mutant may not end."""


@dataclass(frozen=True)
class Outcome:
    """A mutant, and the choices of tests that failed on it."""

    mutant: MutationSpec
    killed: bool
    killed_by_larger: bool

    def __str__(self) -> str:
        fate = "killed" if self.killed else "killed by the larger choice" if self.killed_by_larger else "survived"
        row, column = self.mutant.start_pos
        return f"{fate}\t{self.mutant.module_path}:{row}:{column}\t{self.mutant.operator_name.rpartition('/')[2]}"


def main(count: int, seed: int) -> int:
    """Print the outcome of each mutant and the totals; return 1 if the larger choice kills more."""
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        (Path(folder) / "shared").symlink_to(ROOT.parent / "shared")
        for part, tests in PARTS.items():
            for mutant in _drawn(clone / part, count, seed):
                outcomes.append(_tried(clone, mutant, tests))
                sys.stdout.write(f"{outcomes[-1]}\n")
                sys.stdout.flush()
    killed, larger = sum(one.killed for one in outcomes), sum(one.killed_by_larger for one in outcomes)
    sys.stdout.write(f"{len(outcomes)} mutants: {killed} killed by `make test`, {larger} by the larger choice only\n")
    return int(larger > 0)


def _drawn(folder: Path, count: int, seed: int) -> list[MutationSpec]:
    """Return `count` mutants of the modules in `folder`; a name of a type in an annotation is none."""
    items = [item.mutations[0] for item in _all_work_items(sorted(folder.rglob("*.py")), {})]
    return random.Random(seed).sample([one for one in items if "BinaryOperator_BitOr" not in one.operator_name], count)  # noqa: S311


def _tried(clone: Path, mutant: MutationSpec, tests: list[str]) -> Outcome:
    operator = get_operator(mutant.operator_name)(**mutant.operator_args)
    with use_mutation(Path(mutant.module_path), operator, mutant.occurrence):
        killed = any(_fail(clone, some, "not scale", {}) for some in (_nearest(clone, mutant), tests) if some)
        larger = not killed and _fail(clone, tests, "", LARGER)
    return Outcome(mutant, killed, larger)


def _nearest(clone: Path, mutant: MutationSpec) -> list[str]:
    """Return the test module that mirrors the mutated module, so that most mutants die at once."""
    module = Path(mutant.module_path).relative_to(clone / "kg")
    mirror = Path("tests") / module.parent / f"test_{module.name}"
    return [str(mirror)] if (clone / mirror).exists() else []


def _fail(clone: Path, tests: list[str], mark: str, env: dict[str, str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0", "-m", mark, *tests]
    path = f"{clone}{os.pathsep}{clone / 'tests'}"
    try:
        done = subprocess.run(
            command,
            cwd=clone,
            env=os.environ | env | {"PYTHONPATH": path},
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])))
