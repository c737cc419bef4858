"""The participation tables of a view: written by a build, read or extracted once per view."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kg.errors import StoreError
from kg.network.incidence import tables
from kg.network.incidence.extract import extract

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network.incidence.tables import Incidence
    from kg.rdf.sparql import Endpoint
    from kg.store.view import View

_FOLDER = "incidence"
_LOADED: WeakKeyDictionary[View, Incidence] = WeakKeyDictionary()


def save_incidence(graph: Endpoint, generation: Path) -> None:
    """Extract the participation tables of the merged `graph` and write them into the folder of its generation.

    Raises:
        OSError: the folder cannot be written; the store's write lock converts it to the error of the store.
    """
    extract(graph).save(generation / _FOLDER)


def load_incidence(view: View) -> Incidence:
    """Return the participation tables of `view`: read from its generation, or extracted from the server's answers.

    A view is read-only, so its tables are kept for as long as it exists.

    Raises:
        StoreError: the tables cannot be read, or a build replaced the content of the server during the extraction.
    """
    table = _LOADED.get(view)
    if table is None:
        folder = view.derived_files()
        table = _extracted(view) if folder is None else tables.load(folder / _FOLDER)
        _LOADED[view] = table
    return table


def _extracted(view: View) -> Incidence:
    before = view.size()
    table = extract(view.graph)
    if view.size() != before:
        raise StoreError(
            "{name}: a build replaced the store while it was being read; run the command again", name=view.name
        )
    return table
