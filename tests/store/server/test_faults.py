"""Builds and ingests through a connection that fails at many places lose nothing, double nothing, show no half."""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.faulty_proxy import FAULTS, faulty
from helpers.moe_lists import listing
from helpers.servers import fill, oxigraph

from kg.errors import StoreError
from kg.ingest import to_store
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.moe import MOE
from kg.ingest.to_file import IngestOptions
from kg.network.incidence.load import load_incidence
from kg.rdf import sparql
from kg.store.local import LocalStore
from kg.store.server import client, retries, staged_load
from kg.store.server.client import SparqlClient
from kg.store.server.store import ServerStore

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.faulty_proxy import Proxy

    from kg.rdf.sparql import Endpoint
    from kg.store.base import Store

CONTENT = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
DAY = date(2021, 6, 20)
RUNS = 60
"""Runs of a command until it is complete, at most."""

Statements = set[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]]


def content(source: Endpoint) -> Statements:
    return {tuple(row) for row in sparql.select(source, CONTENT)}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Set small parts, no pauses, few attempts, and a cache of this test."""
    monkeypatch.setattr(retries, "sleep", lambda _: None)
    monkeypatch.setattr(client, "UPLOAD_PAUSES", (0.0,))
    monkeypatch.setattr(staged_load, "PART", 5_000)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def loaded(proxy: Proxy, state: ox.Store) -> int:
    """Load `state` through `proxy`, again after each failure, and return the number of runs."""
    for run in range(1, RUNS):
        with closing(SparqlClient(proxy.address)) as server, suppress(StoreError):
            staged_load.begin(server, f"run {run}")
            staged_load.load(server, state, f"run {run}")
            return run
    pytest.fail("no success")


@pytest.mark.parametrize("graphs", [False, True])
def test_a_load_through_a_faulty_connection_is_complete(small: Path, graphs: bool) -> None:
    with (
        oxigraph(graphs=graphs) as address,
        faulty(address, 5, 0.2) as proxy,
        LocalStore(small).view() as here,
        closing(SparqlClient(address)) as direct,
    ):
        seen: set[int] = set()
        proxy.watch = lambda: seen.add(sparql.count(direct, "?s ?p ?o"))
        assert loaded(proxy, here.graph) > 1
        assert content(direct) == content(here.graph)
        assert seen == {0, sparql.count(here.graph, "?s ?p ?o")}
        assert set(proxy.happened) == set(FAULTS)


def test_an_ingest_whose_server_failed_continues_and_equals_that_on_disk(small: Path, tmp_path: Path) -> None:
    disk, source = shutil.copytree(small, tmp_path / "disk"), listing(tmp_path / "a-2021-06-20.csv")
    steps: list[str] = []

    def ingest(store: Store) -> None:
        to_store.ingest_into(MOE, Inputs([source]), store, IngestOptions(DAY), lambda rows, _: rows, steps.append)

    with oxigraph() as address, faulty(address, 3, 0) as proxy, closing(SparqlClient(address)) as direct:
        with LocalStore(disk).view() as here:
            fill(address, here.graph)
            before = content(direct)
        ingest(LocalStore(disk))
        updates = iter(range(8))
        proxy.watch = lambda: setattr(proxy, "rate", 0 if next(updates, None) is not None else 1)
        with pytest.raises(StoreError, match=r"127\.0\.0\.1"):
            ingest(ServerStore(proxy.address))
        assert before <= content(direct)
        proxy.rate, proxy.watch = 0.05, lambda: None
        ingest(ServerStore(proxy.address))
        assert "resuming an interrupted ingest after 120 rows" in steps
        with LocalStore(disk).view() as here, ServerStore(address).view() as there:
            assert content(direct) == content(here.graph)
            assert load_incidence(there).parties.equals(load_incidence(here).parties)
    assert not any((tmp_path / "cache").rglob("store"))
