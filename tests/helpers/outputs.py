"""The outputs of one store as files, for a comparison of their bytes.

``python -m helpers.outputs FOLDER`` writes those of the store ``$KG_STORE`` in a process of its own, because the
libraries choose their code for the processor when they are loaded. ``python -m helpers.outputs`` prints `product`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import numpy as np
from helpers.stores import kg

from kg import network
from kg.measure import MEASURES
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore

COMMANDS = (
    "map -o map.html --samples 2",
    "map -o one-mode.html --mode one-mode --measure eigenvector --samples 2",
    "map -o geo.svg --view geo",
    "map -o map.png",
    "report -o report.html --since 2023-01-01",
    "network -o ties.csv --mode one-mode",
    "--format json rank --measure pagerank",
    "--format json rank --measure eigenvector --mode one-mode",
    "--format json rank --measure katz",
    "--format json rank --measure constraint",
    "--format json rank --measure harmonic --intervals ranks --samples 3",
    "--format json structure communities",
    "--format json structure communities --algorithm louvain",
    "--format json structure components",
    "--format json structure mixing",
    "--format json structure brokerage",
    "--format json structure backbone",
    "--format json structure backbone --filter disparity",
    "--format json structure nestedness",
    "--format json structure specialisation",
    "--format json helix",
    "--format json suggest huawei --limit 50",
    "--format json suggest huawei --method adamic-adar",
    "--format json suggest --evaluate",
)


def write(store: Path, folder: Path) -> None:
    """Write what each command prints, its file, and the scores of all measures, unrounded, into `folder`."""
    os.chdir(folder)
    for words in COMMANDS:
        done = kg(*words.split(), store=store)
        assert done.status == 0, f"{words}: {done.err}"
        Path(f"{words}.txt".replace("/", "-")).write_text(done.out, encoding="utf-8")
    with LocalStore(store).view() as view:
        visible = network.build(load_incidence(view))
    for measure in MEASURES:
        for mode in ("two-mode", "one-mode"):
            scores = measure.function(visible, mode).values
            np.save(f"{measure.name} {mode}.npy", np.array(scores, dtype=np.float64))


def product() -> str:
    """Return a digest of a product of matrices, which tells one kernel of BLAS from another."""
    matrix = np.random.default_rng(0).random((300, 300))
    return hashlib.sha256((matrix @ matrix).tobytes()).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write(Path(os.environ["KG_STORE"]), Path(sys.argv[1]))
    else:
        sys.stdout.write(product())
