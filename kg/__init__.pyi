from kg.api import Graph, Network, build, open  # noqa: A004 - users write kg.open()
from kg.errors import (
    DataError,
    Error,
    InputError,
    LimitError,
    OutputError,
    QueryError,
    StoreError,
    UsageError,
)
from kg.ingest.facts import Actor, Link, Source
from kg.map.rendered import Page
from kg.model import Table

__all__ = [
    "Actor",
    "DataError",
    "Error",
    "Graph",
    "InputError",
    "LimitError",
    "Link",
    "Network",
    "OutputError",
    "Page",
    "QueryError",
    "Source",
    "StoreError",
    "Table",
    "UsageError",
    "build",
    "open",
]
__version__: str
