"""The order of the steps, which is known here and nowhere else: one module for each road.

A step is imported when it is taken: a build does not wait for what draws, nor a map for what validates.
"""

from kg.pipeline.amend import ingest_into
from kg.pipeline.build import Built, build, check, gaps, summary
from kg.pipeline.draw import Picture, draw
from kg.pipeline.ingest import Ingested, Reading, ingest
from kg.pipeline.report import report

__all__ = [
    "Built",
    "Ingested",
    "Picture",
    "Reading",
    "build",
    "check",
    "draw",
    "gaps",
    "ingest",
    "ingest_into",
    "report",
    "summary",
]
