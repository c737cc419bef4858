"""Imports that the command line skips; a new process shows them, because this one has loaded everything."""

from __future__ import annotations

import subprocess
import sys

SKIPPED = """
import sys
from kg import unused_imports
with unused_imports.skipped():
    import networkit, pyarrow, scipy.sparse
    pyarrow.array([1])
    loaded = {"pandas", "networkx", "tabulate", "scipy.io.matlab", "numpy.testing._private"} & set(sys.modules)
import networkx, numpy.testing, scipy.io
numpy.testing.assert_array_equal(scipy.io.matlab.loadmat is not None, True)
print(sorted(loaded), networkx.path_graph(2).number_of_nodes())
"""


def test_libraries_work_without_the_modules_that_commands_skip() -> None:
    run = subprocess.run([sys.executable, "-c", SKIPPED], capture_output=True, text=True, check=True)
    assert run.stdout == "[] 2\n"
