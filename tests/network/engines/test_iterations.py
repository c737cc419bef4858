"""Measures by joins of an engine equal those in memory; test_spark.py runs the same statements on a cluster."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from benchmarks import tables as synthetic
from helpers.networks import LinkSpec, incidence, random_links
from hypothesis import given, settings
from network.engines.test_engines import DIFFERS

from kg.measure import find
from kg.measure.by_engine import by_engine
from kg.measure.structure import components
from kg.network import Lens, build
from kg.network.engines import load_engine

if TYPE_CHECKING:
    from kg.network import Mode

DUCKDB = load_engine("duckdb")
TOLERANCE = 1e-9
"""Largest difference of PageRank between engines, absolute."""

modes = pytest.mark.parametrize("mode", ["one-mode", "two-mode"])


@modes
@given(links=random_links(unnamed=5))
@settings(deadline=None, max_examples=4)
def test_scores_equal_those_in_memory(mode: Mode, links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links), Lens())
    for name, tolerance in (("pagerank", TOLERANCE), ("core", 0)):
        measure = find(name)
        found, expected = (
            np.array(one.function(network, mode).values, float) for one in (by_engine(measure, DUCKDB), measure)
        )
        np.testing.assert_allclose(found, expected, atol=tolerance, rtol=0)


@given(links=random_links())
@settings(deadline=None, max_examples=8)
def test_components_equal_those_in_memory(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links), Lens())
    assert components.table(network, engine=DUCKDB).rows == components.table(network).rows


def test_a_long_chain_is_one_component_and_one_core() -> None:
    chain = {f"link{number:03d}": f"U{number} U{number + 1}" for number in range(120)}
    network = build(incidence(chain | {"apart": "I1 I2"}), Lens())
    assert components.table(network, engine=DUCKDB).rows == components.table(network).rows
    assert set(by_engine(find("core"), DUCKDB).function(network, "one-mode").values) == {1}


@modes
def test_larger_networks_have_the_scores_of_networkx(mode: Mode) -> None:
    network = build(synthetic.make(4000), Lens())
    ties = network.projection() if mode == "one-mode" else None
    if ties is not None:
        graph = nx.from_scipy_sparse_array(ties)
        cores = nx.core_number(graph)
    else:
        graph = nx.Graph()
        graph.add_nodes_from(range(len(network.actors)))
        graph.add_edges_from(zip(network.actor_of.tolist(), (-1 - network.link_of).tolist(), strict=True))
        cores = nx.core_number(graph)
    ranks = nx.pagerank(graph, tol=1e-15, max_iter=1000)
    actors = range(len(network.actors))
    found = np.array(by_engine(find("pagerank"), DUCKDB).function(network, mode).values)
    assert np.abs(found - [ranks[actor] for actor in actors]).max() < TOLERANCE
    found = np.array(by_engine(find("core"), DUCKDB).function(network, mode).values)
    assert found.tolist() == [cores[actor] for actor in actors]


ALLOWED = {"double"}
"""PageRank is a floating-point number, which engines need not give to the last digit."""
STEPS = sorted(file.name for file in files("kg.network.engines").joinpath("steps").iterdir())


@pytest.mark.parametrize("name", STEPS)
def test_steps_keep_to_what_both_dialects_share(name: str) -> None:
    text = files("kg.network.engines").joinpath("steps", name).read_text(encoding="utf-8")
    code = re.sub(r"--[^\n]*", "", text).lower()
    assert [reason for word, reason in DIFFERS.items() if word in code and word not in ALLOWED] == []
