"""Helix KG: a knowledge graph of links between industry, education and science, with a source for each statement.

The public names are listed in `__all__` and imported when they are used; ``__init__.pyi`` contains their types.

Data flows in one direction through the packages; a package imports only from packages above its own::

    errors, terms -> model, settings, files -> rdf
      -> resolve, store             who is who; generations on disk or on a server
      -> network                    participation tables, lens, projection
      -> query                      questions, descriptions, evidence
      -> measure, validate, export  scores; conformance and gaps; files for other programs
      -> findings, map, ingest      sentences; pages and pictures; the write path
      -> report
      -> api
      -> cli
"""

from importlib import import_module

__version__ = "0.1.0"

_MODULES = {
    "open": "kg.api",
    "build": "kg.api",
    "Graph": "kg.api",
    "Network": "kg.api",
    "Link": "kg.ingest.facts",
    "Actor": "kg.ingest.facts",
    "Source": "kg.ingest.facts",
    "Table": "kg.model",
    "Page": "kg.map.rendered",
    "Error": "kg.errors",
    "InputError": "kg.errors",
    "DataError": "kg.errors",
    "StoreError": "kg.errors",
    "QueryError": "kg.errors",
    "LimitError": "kg.errors",
    "OutputError": "kg.errors",
    "UsageError": "kg.errors",
}
"""The module of each public name."""

__all__ = list(_MODULES)


def __getattr__(name: str) -> object:
    """Import a public name when it is used, so that ``import kg`` is quick (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, also before they are imported."""
    return [*globals(), *__all__]
