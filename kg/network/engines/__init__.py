"""Engines that answer questions about a network: in memory, on disk, or on a cluster.

An engine is loaded by name when it is needed, so that its library is imported for its own users only.
"""

from importlib import import_module
from types import MappingProxyType
from typing import cast

from kg import extras
from kg.errors import UsageError
from kg.network.engines.base import Engine
from kg.network.engines.size import Size
from kg.texts import Message, Text, listed

AUTO = "auto"
"""The name for the engine that fits the size."""

ENGINES = MappingProxyType({"arrays": "ArraysEngine", "duckdb": "DuckDBEngine", "spark": "SparkEngine"})
"""The class of each engine, in the module of its name."""

_PACKAGES = {"duckdb": "duckdb", "spark": "pyspark"}
"""The packages that extras of the name of the engine install."""


def load_engine(name: str, master: str | None = None) -> Engine:
    """Return the engine called `name`; `master` is the address of a cluster.

    Raises:
        UsageError: the engine does not exist, its extra is not installed, or it has no master.
    """
    if name not in ENGINES:
        raise UsageError("there is no engine {name!r}; there are: {known}", name=name, known=listed((AUTO, *ENGINES)))
    if master is not None and name != "spark":
        raise UsageError("--master {master} requires --engine spark", master=master)
    if name in _PACKAGES:
        extras.load(_PACKAGES[name], name)
    kind = getattr(import_module(f"{__name__}.{name}"), ENGINES[name])
    return cast("Engine", kind(master) if name == "spark" else kind())


def choose_engine(name: str, master: str | None, size: Size) -> tuple[Engine, Text]:
    """Return the engine called `name`, or for "auto" the one that fits `size`, and the reason in one sentence.

    A master selects Spark. Without one, arrays serve as long as they need at most half of the available memory.

    Raises:
        UsageError: see `load_engine`.
    """
    if name != AUTO:
        return load_engine(name, master), Message("Engine: {name}; {size}.", name=name, size=size.text())
    chosen = "spark" if master else "arrays" if size.fits() else "duckdb"
    reason = Message("Engine: {name}, chosen by size; {size}.", name=chosen, size=size.text())
    return load_engine(chosen, master), reason
