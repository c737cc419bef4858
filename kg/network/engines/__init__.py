"""Engines that extract participation tables and compute ties.

An engine is loaded by name when it is needed, so that its library is imported for its own users only.
"""

from importlib import import_module
from types import MappingProxyType
from typing import cast

from kg import extras
from kg.errors import UsageError
from kg.network.engines.base import Engine
from kg.texts import listed

ENGINES = MappingProxyType({"arrow": "ArrowEngine", "duckdb": "DuckDBEngine"})
"""The class of each engine, in the module of its name."""


def load_engine(name: str) -> Engine:
    """Return the engine called `name`.

    Raises:
        UsageError: the engine does not exist.
    """
    if name not in ENGINES:
        raise UsageError(
            "KG_ENGINE is {name!r}, which is not an engine; set it to one of: {ENGINES}",
            name=name,
            ENGINES=listed(ENGINES),
        )
    if name == "duckdb":
        extras.load("duckdb", "duckdb")
    return cast("Engine", getattr(import_module(f"{__name__}.{name}"), ENGINES[name])())
