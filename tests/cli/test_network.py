"""`kg network`: files for other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import networkx as nx
import pyarrow.parquet as pq
import pytest
from helpers.stores import Done, error_of, kg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READERS: dict[str, Callable[[Path], nx.Graph[str]]] = {
    ".graphml": nx.read_graphml,
    ".gexf": nx.read_gexf,
    ".json": lambda path: nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges"),
}
SIZES = {"two-mode": (9, 8), "one-mode": (6, 7)}


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("mode", SIZES)
def test_networkx_reads_each_format(small: Path, tmp_path: Path, suffix: str, mode: str) -> None:
    path = tmp_path / f"network{suffix}"
    done = kg("network", "-o", path, "--mode", mode, store=small)
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith(f"{path}: 6 actors, 3 links\nLens: ")
    graph = READERS[suffix](path)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == SIZES[mode]
    assert graph.nodes["https://w3id.org/helix-kg/id/anvil"]["label"] == "Anvil Works"
    assert kg("network", "-o", path, "--quiet", store=small) == Done(0, "", "")


@pytest.mark.parametrize("mode", SIZES)
def test_an_edge_list_has_a_row_for_each_edge(small: Path, tmp_path: Path, mode: str) -> None:
    kg("network", "-o", tmp_path / "n.CSV", "--mode", mode, store=small)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "n.CSV").read_text(encoding="utf-8"))))
    assert len(rows) == SIZES[mode][1]


@pytest.mark.parametrize("name", ["n.docx", "n"])
def test_an_unknown_suffix_is_a_usage_error(small: Path, tmp_path: Path, name: str) -> None:
    message = error_of(kg("network", "-o", tmp_path / name, store=small), status=2)
    assert "use one of: .graphml, .gexf, .csv, .json, .parquet" in message
    assert list(tmp_path.iterdir()) == []


def test_a_missing_directory_is_reported(small: Path, tmp_path: Path) -> None:
    message = error_of(kg("network", "-o", tmp_path / "out/n.csv", store=small))
    assert (
        message
        == f"kg: {tmp_path}/out/n.csv cannot be written: the folder {tmp_path}/out does not exist; create it first"
    )


@pytest.mark.parametrize("engine", ["auto", "arrays", "duckdb"])
def test_ties_are_written_as_parquet(small: Path, tmp_path: Path, engine: str) -> None:
    path = tmp_path / "ties.parquet"
    done = kg("network", "-o", path, "--mode", "one-mode", "--engine", engine, store=small)
    assert done.status == 0
    assert "Engine: arrays, chosen by size; " in done.err if engine == "auto" else f"Engine: {engine}; " in done.err
    table = pq.read_table(path)
    assert table.column_names == ["source", "target", "weight", "links", "source_label", "target_label"]
    assert table.num_rows == SIZES["one-mode"][1]
    assert table.schema.metadata[b"notes"].startswith(b"Lens: ")
    assert "ask for --mode one-mode" in error_of(kg("network", "-o", path, store=small), status=2)
    assert list(tmp_path.iterdir()) == [path]


def test_an_engine_writes_parquet_only(small: Path, tmp_path: Path) -> None:
    message = error_of(kg("network", "-o", tmp_path / "n.csv", "--engine", "duckdb", store=small), status=2)
    assert message == "kg: n.csv: an engine writes ties as Parquet; name a .parquet file"
