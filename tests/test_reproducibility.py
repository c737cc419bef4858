"""The same input gives the same bytes on every processor, with any number of threads and any hash seed.

BLAS, NumPy and the C library each have several implementations of a function and choose one by the processor. Each can
be told to choose as on an older one, so that two processors are compared on one machine.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from helpers.stores import environment, everything

ROOT = Path(__file__).resolve().parent.parent

KERNELS = {
    "Prescott": {"pni"},
    "Nehalem": {"sse4_2"},
    "Sandybridge": {"avx"},
    "Haswell": {"avx2", "fma"},
    "SkylakeX": {"avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd"},
}
"""Kernels of OpenBLAS, the oldest first, with the flags in /proc/cpuinfo that they need."""

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@pytest.mark.scale
def test_outputs_are_the_same_on_two_processors(built: Path, tmp_path: Path) -> None:
    old, new = _processors()
    if _run(old) == _run(new):
        pytest.skip("the BLAS of this NumPy does not take its kernel from OPENBLAS_CORETYPE")
    folders = tmp_path / "old", tmp_path / "new"
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda processor, folder: _run(processor, ".", store=built, folder=folder), (old, new), folders))
    one, other = map(everything, folders)
    assert one
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def _processors() -> tuple[dict[str, str], dict[str, str]]:
    """Return the variables of the oldest and of the newest processor that this one can be taken for.

    The old one has a single thread and neither NumPy's optimised loops nor the fused operations of the C library.
    """
    file = Path("/proc/cpuinfo")
    if not file.exists():
        pytest.skip("the kernels that this processor supports are not known: there is no /proc/cpuinfo")
    flags = set(file.read_text(encoding="utf-8").partition("\nflags")[2].partition("\n")[0].split())
    kernels = [kernel for kernel, needed in KERNELS.items() if needed <= flags]
    if len(kernels) < 2:
        pytest.skip(f"this processor supports fewer than two of the kernels {', '.join(KERNELS)}")
    old, new = (
        {"OPENBLAS_CORETYPE": kernels[place], "PYTHONHASHSEED": threads, **dict.fromkeys(THREADS, threads)}
        for place, threads in ((0, "1"), (-1, "2"))
    )
    extensions = np.show_config(mode="dicts")["SIMD Extensions"]
    old["NPY_DISABLE_CPU_FEATURES"] = " ".join(extensions.get("found", []))
    old["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F"
    return old, new


def _run(processor: dict[str, str], *arguments: str, store: Path | None = None, folder: Path = ROOT) -> str:
    """Run `helpers.outputs` on that processor and return what it prints."""
    choices = {"OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES", "NPY_ENABLE_CPU_FEATURES", "GLIBC_TUNABLES", *THREADS}
    ours = {name: value for name, value in environment(store).items() if name not in choices}
    path = os.pathsep.join([str(ROOT / "tests"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "helpers.outputs", *arguments],
        env=ours | processor | {"PYTHONPATH": path},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# A function that depends on the processor may be harmless where it is used today, and decide an order tomorrow.

_NUMPY = re.compile(
    "linalg|dot|vdot|inner|matmul|einsum|tensordot|corrcoef|cov|convolve|correlate|polyfit|hypot|exp|exp2|expm1|log|log2"
    "|log10|log1p|power|float_power|tan|arcsin|arccos|arctan|arctan2|sinh|cosh|tanh|cbrt"
)
_NAMES = re.compile(r"\b(?:np|sp|scipy)\b")
_SCIPY = re.compile(r"scipy\..*\blinalg|scipy\.(linalg|special)")


def _processor_dependent(text: str) -> list[str]:
    """Return the uses of such functions in a module, as ``line: name``."""
    actual: list[str] = []
    if not _NAMES.search(text):
        return actual
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Attribute(value=ast.Name(id="np"), attr=name) if _NUMPY.fullmatch(name):
                actual.append(f"{node.lineno}: np.{name}")
            case ast.Attribute(value=ast.Name(id="sp"), attr="linalg"):
                actual.append(f"{node.lineno}: sp.linalg")
            case ast.ImportFrom(module=str(module)) if _SCIPY.match(module):
                actual.append(f"{node.lineno}: {module}")
    return actual


def test_no_module_calls_what_depends_on_the_processor() -> None:
    uses = [
        f"{path.relative_to(ROOT)}:{use}"
        for path in sorted((ROOT / "kg").rglob("*.py"))
        for use in _processor_dependent(path.read_text(encoding="utf-8"))
    ]
    assert uses == []


@pytest.mark.parametrize(
    "text", ["np.linalg.eigh(a)", "np.hypot(a, b)", "sp.linalg.eigsh(a)", "from scipy.sparse.linalg import eigsh"]
)
def test_such_a_call_is_found(text: str) -> None:
    assert len(_processor_dependent(text)) == 1
