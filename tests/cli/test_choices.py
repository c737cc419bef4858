"""Names and defaults of options equal those of the library."""

from __future__ import annotations

import subprocess
import sys

from kg.cli import COMMANDS, choices
from kg.export import table
from kg.ingest.readers import catalogue
from kg.map import formats
from kg.map.scene import styles
from kg.measure import MEASURES
from kg.measure.centrality import brokerage
from kg.measure.helix import helix
from kg.measure.prediction import suggest
from kg.measure.structure import backbone, communities
from kg.query import run
from kg.resolve import judgements, record
from kg.resolve import suggest as resolve_suggest

HEAVY = ("duckdb", "networkit", "networkx", "numpy", "pyarrow", "pyoxigraph", "rdflib", "scipy", "yaml")
LOAD_HELP = """
import os, sys
from kg.cli import main
for words in {commands!r}:
    if not os.fork():
        sys.argv = ["kg", *words, "--help"]
        try:
            main()
        finally:
            sys.stdout.flush()
            print(words, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr, flush=True)
            os._exit(0)
    os.wait()
"""
"""Each command runs in a copy of a process that has imported nothing but the command line."""


def test_choices_are_those_of_the_library() -> None:
    assert tuple(table.FORMATS) == choices.FORMATS
    assert tuple(measure.name for measure in MEASURES) == choices.MEASURES
    assert tuple(method.name for method in suggest.METHODS) == choices.METHODS
    assert tuple(communities.ALGORITHMS) == choices.ALGORITHMS
    assert tuple(backbone.FILTERS) == choices.BACKBONE_FILTERS
    assert brokerage.ROLES == choices.BROKER_ROLES
    assert formats.VIEWS == choices.VIEWS
    assert tuple(styles.THEMES) == choices.THEMES
    assert judgements.VERDICTS == choices.VERDICTS
    assert {reader.name: reader.reads for reader in catalogue.READERS} == {
        name: text.english for name, text in choices.READERS.items()
    }


def test_defaults_are_those_of_the_library() -> None:
    assert backbone.LEVEL == choices.BACKBONE_LEVEL
    assert helix.HELICES == choices.HELICES
    assert str(record.FILE) == choices.JUDGEMENTS
    assert resolve_suggest.THRESHOLD == choices.THRESHOLD
    assert (run.TIMEOUT, run.MAX_ROWS) == (choices.TIMEOUT, choices.MAX_ROWS)


def test_help_imports_no_heavy_package() -> None:
    commands = [(), *((command,) for command in COMMANDS), ("structure", "backbone")]
    run = [sys.executable, "-c", LOAD_HELP.format(commands=commands, heavy=HEAVY)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.count("Usage: kg ") == len(commands)
    assert done.stderr.splitlines() == [f"{words} []" for words in commands]
