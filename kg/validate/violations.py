"""All violations of the rules, the shapes and the catalogue."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.rdf import files as graph_files
from kg.validate.catalogue import check_catalogue
from kg.validate.evidence_rules import check_rules
from kg.validate.report import Finding, Report
from kg.validate.run import check_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from kg.validate.run import Progress


def validate(data: ox.Store, files: Sequence[Path], lang: str = "en", progress: Progress = iter) -> Report:
    """Return every violation in `data`.

    Args:
        data: the unmerged graphs of the files, with the ontology in its own graph.
        files: the files of `data`, to locate findings and to compare yields with the catalogue.
        lang: language of the messages of shapes, ``en`` or ``zh``; other messages are in English.
        progress: wraps the numbers of the queries of the shapes, for a progress bar.
    """
    with ThreadPoolExecutor(1) as executor:  # Oxigraph answers without the interpreter
        of_rules = executor.submit(lambda: list(check_rules(data)))
        of_shapes = list(check_shapes(data, lang, progress))
        findings = [*of_rules.result(), *of_shapes, *check_catalogue(files)]
    places = graph_files.locate({_place(finding) for finding in findings}, files)
    return Report(tuple(replace(finding, file=finding.file or places.get(_place(finding))) for finding in findings))


def _place(finding: Finding) -> str:
    """Return the node to locate in the files: the evidence, or a node that is described outside evidence."""
    return finding.evidence[0] if finding.evidence else finding.node
