"""Memory of measures: freed blocks are used again."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_FAULTS = """
import resource
import numpy as np
import kg.measure
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    blocks = [np.zeros(50_000) for _ in range(8)]
    del blocks
before = faults()
for _ in range(100):
    blocks = [np.zeros(50_000) for _ in range(8)]
    del blocks
print(faults() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries keep memory in their own way")
def test_blocks_of_a_product_are_not_returned_to_the_kernel() -> None:
    """Without the block that `kg.measure.linear_algebra` frees first, this takes 24,000 page faults."""
    done = subprocess.run([sys.executable, "-c", _FAULTS], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 1000
