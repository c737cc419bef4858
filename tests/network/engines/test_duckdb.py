"""The projection on disk is the projection in memory."""

import numpy as np
import pytest
from benchmarks import tables
from helpers.networks import TOY, LinkSpec, incidence, random_links
from hypothesis import given, settings

from kg.errors import UsageError
from kg.network import Lens, Network, build
from kg.network.engines.duckdb import ties


def on_disk(network: Network, memory: str = "1GB") -> dict[tuple[str, str], tuple[float, int]]:
    with ties(network, memory) as batches:
        rows = batches.read_all().to_pylist()
    return {(row["source"], row["target"]): (row["weight"], row["links"]) for row in rows}


def in_memory(network: Network) -> dict[tuple[str, str], tuple[float, int]]:
    iris = [actor.iri for actor in network.actors]
    return {
        (iris[tie.a], iris[tie.b]): (pytest.approx(tie.weight, abs=1e-11), len(tie.links)) for tie in network.edges()
    }


@given(random_links(unnamed=5))
@settings(deadline=None, max_examples=15)
def test_ties_weights_and_their_order_are_the_same(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    found = on_disk(network)
    assert found == in_memory(network)
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    "lens", [Lens(weight="count"), Lens(weight="newman-named"), Lens(between=("university", "firm"))]
)
def test_what_the_lens_asks_for_holds_there_too(lens: Lens) -> None:
    network = build(incidence(TOY), lens)
    assert on_disk(network) == in_memory(network)


def test_a_larger_network_with_little_memory() -> None:
    network = build(tables.make(40_000))
    found, arrays = on_disk(network, "64MB"), network.projection()
    assert len(found) == arrays.nnz // 2
    assert sum(weight for weight, _ in found.values()) == pytest.approx(float(np.sum(arrays.data)) / 2)


def test_contributions_are_refused() -> None:
    told = {"a": LinkSpec("U1 I1", money={"U1": (1, "EUR"), "I1": (2, "EUR")})}
    with (
        pytest.raises(UsageError, match="choose another weight"),
        ties(build(incidence(told), Lens(weight="contribution"))),
    ):
        pass
