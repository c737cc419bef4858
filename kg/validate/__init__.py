"""Whether data conform: the evidence rule, the shapes, and the yield that a catalogue promises.

Everything is found in one run. The shapes are SHACL (``ontology/shapes``), compiled to SPARQL and run by the store over
all graphs as one; what depends on which graph says a thing is asked of the graphs themselves, and yields of the files.
Nothing is copied out of the store but what is found (docs/validation.md).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.rdf import files as graph_files
from kg.validate.catalogue import by_yields
from kg.validate.evidence_rules import by_rules
from kg.validate.report import Finding, Report
from kg.validate.run import by_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyoxigraph as ox


def validate(data: ox.Store, files: Sequence[Path], lang: str = "en") -> Report:
    """Everything in `data` that does not conform.

    Args:
        data: the graphs as their files have them (not yet merged), with the ontology in its own graph.
        files: where they were read from, to say where a finding stands and to hold yields against the catalogue.
        lang: of the messages of shapes, ``en`` or ``zh``; what is said of graphs and files is in English.
    """
    found = [*by_rules(data), *by_shapes(data, lang), *by_yields(files)]
    places = graph_files.locate({_place(finding) for finding in found}, files)
    return Report(tuple(replace(finding, file=finding.file or places.get(_place(finding))) for finding in found))


def _place(finding: Finding) -> str:
    """What to look for in the files: the evidence, or a node that is described outside evidence."""
    return finding.evidence[0] if finding.evidence else finding.node
