"""The catalogue of a folder compared with the content of the files beside it."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import files as graph_files
from kg.rdf.sparql import select
from kg.texts import Message
from kg.validate.report import Finding
from kg.validate.run import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_EXPECTED = """SELECT ?set ?name ?links ?actors ?evidence ?sources { ?set a dcat:Dataset ; hx:fileName ?name ;
  hx:expectedLinks ?links ; hx:expectedActors ?actors ; hx:expectedEvidence ?evidence ; hx:expectedSources ?sources }"""


def check_catalogue(files: Sequence[Path]) -> Iterator[Finding]:
    """Yield the files whose content differs from their catalogue."""
    for catalog in (file for file in files if file.name == graph_files.CATALOG):
        beside = {str(file.relative_to(catalog.parent)): file for file in files if file.is_relative_to(catalog.parent)}
        del beside[catalog.name]
        listing = ox.Store()
        graph_files.load(listing, catalog)
        listed = {row["name"].value: row for row in select(listing, _EXPECTED)}
        for name in sorted(beside.keys() - listed.keys()):
            message = Message("the catalogue has no complete entry for this file; add one")
            yield Finding("catalog", name, message, (), str(catalog))
        for name, row in sorted(listed.items()):
            if name not in beside:
                message = Message("the catalogue lists {name}, but the file is missing", name=name)
                yield Finding("catalog", text(row["set"]), message, (), str(catalog))
                continue
            expected = [row[column].value for column in ("links", "actors", "evidence", "sources")]
            counted = [str(number) for number in astuple(graph_files.count(beside[name]))]
            if counted != expected:
                message = Message(
                    "{name} contains {actual}, but the catalogue declares {declared}",
                    name=name,
                    actual=_words(counted),
                    declared=_words(expected),
                )
                yield Finding("catalog", text(row["set"]), message, (), str(beside[name]))


def _words(size: Sequence[str]) -> Message:
    links, actors, evidence, sources = size
    return Message(
        "{links} links, {actors} organisations, {evidence} pieces of evidence and {sources} sources",
        links=links,
        actors=actors,
        evidence=evidence,
        sources=sources,
    )
