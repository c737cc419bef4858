"""Partitions: modularity, and the adjusted Rand index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from helpers.networks import incidence, random_links
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.measure.structure import partitions
from kg.network import build

if TYPE_CHECKING:
    from helpers.networks import LinkSpec


@given(random_links(unnamed=2))
@settings(max_examples=15)
def test_modularity_equals_that_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    ties = build(incidence(links)).projection("newman")
    classes = np.arange(ties.shape[0]) % 3
    groups = [set(np.flatnonzero(classes == group).tolist()) for group in range(3)]
    for resolution in (1, 0.5):
        value = partitions.modularity(ties, classes, resolution)
        if not ties.nnz:
            assert value is None
            continue
        graph = nx.from_scipy_sparse_array(ties)
        assert value == pytest.approx(nx.community.modularity(graph, groups, resolution=resolution))


def test_modularity_is_undefined_without_ties() -> None:
    assert partitions.modularity(sp.csr_array((3, 3)), np.zeros(3, dtype=np.int64)) is None


pairs_of_labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=20)


@given(pairs_of_labels)
def test_the_rand_index_is_1_for_equal_partitions_and_ignores_names_and_order(pairs: list[tuple[int, int]]) -> None:
    one, other = (np.array(labels) for labels in zip(*pairs, strict=True))
    assert partitions.adjusted_rand_index(one, one) == 1
    assert partitions.adjusted_rand_index(one, other) == pytest.approx(partitions.adjusted_rand_index(other, 3 - one))


def test_the_rand_index_matches_a_value_computed_by_hand() -> None:
    # The 4 items have 6 pairs: 2 are together in one partition, 3 in the other, and 1 in both; 1 is expected.
    one, other = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])
    assert partitions.adjusted_rand_index(one, other) == pytest.approx((1 - 2 * 3 / 6) / (2.5 - 2 * 3 / 6))


def test_the_rand_index_of_random_partitions_is_about_0() -> None:
    rng = np.random.default_rng(0)
    values = [partitions.adjusted_rand_index(rng.integers(4, size=60), rng.integers(4, size=60)) for _ in range(200)]
    assert np.mean(values) == pytest.approx(0, abs=0.01)
