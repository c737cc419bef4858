"""The Python API: thin wrappers around the functions that the commands call, with the same errors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.graph import Graph
from kg.api.network import Network
from kg.settings import settings_with
from kg.store.locate import locate_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    Paths = str | Path | Iterable[str | Path]

__all__ = ["Graph", "Network", "build", "open"]


def open(store: str | Path | None = None, *, lang: str | None = None, internal: bool = False) -> Graph:  # noqa: A001 - users write kg.open()
    """Open the store at a path, or on the SPARQL server at a URL.

    The defaults are the settings of the command line (``KG_STORE`` and ``KG_LANG``, ``kg.toml``, else ``.kg/store`` and
    English). `lang`, "en" or "zh", is the language of labels and notes. With `internal`, answers and files contain
    internal statements too, such as remarks of a ledger.
    """
    settings = replace(settings_with(store, lang), internal=internal)
    return Graph(locate_store(settings.store, internal=internal).view(), settings)


def build(
    paths: Paths = (),
    store: str | Path | None = None,
    *,
    collections: Iterable[str] = (),
    add: bool = False,
    discard: bool = False,
) -> Graph:
    """Validate graph files, build the store from them, and open it; without `paths`, from the shipped collections.

    `collections` selects shipped collections by name, as ``kg build --collection`` does.
    The store changes only if all files conform; otherwise the notes of the error are the findings. Content of the store
    that no file contains is an error, unless `add` keeps it or `discard` drops it.
    """
    from kg.ingest import build as ingest

    settings, files = settings_with(store, None), [paths] if isinstance(paths, str | Path) else paths
    target, graphs = locate_store(settings.store), [Path(path) for path in files]
    keep = ingest.keep_mode(graphs, add=add, discard=discard)
    report = ingest.build(graphs, target, lambda _: None, settings.lang, keep=keep, names=tuple(collections)).report
    report.raise_for_findings("; the store is unchanged")
    return Graph(target.view(), settings)
