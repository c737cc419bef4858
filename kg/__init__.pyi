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
from kg.map.rendered import Page
from kg.model import Table

__all__ = [
    "DataError",
    "Error",
    "Graph",
    "InputError",
    "LimitError",
    "Network",
    "OutputError",
    "Page",
    "QueryError",
    "StoreError",
    "Table",
    "UsageError",
    "build",
    "open",
]
__version__: str
