"""All engines compute the same tables, which equal the projection of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks import tables
from helpers.networks import TOY, LinkSpec, incidence, random_bundles, random_links, recorded_one_by_one
from hypothesis import given, settings

from kg.errors import UsageError
from kg.network import Lens, build, load_incidence
from kg.network.engines import ENGINES, load_engine
from kg.network.engines.base import TIES
from kg.network.engines.duckdb import DuckDBEngine
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network.engines.base import Engine
    from kg.network.incidence.tables import Incidence

LENS = Lens()
MONEY = {
    "a": LinkSpec("U1 I1 I2", declared=5, money={"U1": (1, "EUR"), "I1": (2, "EUR")}),
    "b": LinkSpec("U1 I1", money={"I1": (4, "EUR")}),
}

every_engine = pytest.mark.parametrize("engine", [load_engine(name) for name in ENGINES], ids=list(ENGINES))


def ties(engine: Engine, participations: Incidence, lens: Lens = LENS) -> dict[tuple[str, str], tuple[float, int]]:
    table = engine.ties(participations, lens)
    assert table.schema.equals(TIES)
    return {(row["source"], row["target"]): (row["weight"], row["links"]) for row in table.to_pylist()}


def edges(participations: Incidence, lens: Lens = LENS) -> dict[tuple[str, str], tuple[float, int]]:
    network = build(participations, lens)
    iris = [actor.iri for actor in network.actors]
    return {
        (iris[tie.a], iris[tie.b]): (pytest.approx(tie.weight, abs=1e-11), len(tie.links)) for tie in network.edges()
    }


@every_engine
@given(links=random_links(unnamed=5))
@settings(deadline=None, max_examples=15)
def test_ties_equal_the_edges_of_the_network(engine: Engine, links: dict[str, str | LinkSpec]) -> None:
    participations = incidence(links)
    computed = ties(engine, participations)
    assert computed == edges(participations)
    assert list(computed) == sorted(computed)


@every_engine
@given(links=random_bundles())
@settings(deadline=None, max_examples=15)
def test_a_bundle_has_the_ties_of_links_recorded_one_by_one(engine: Engine, links: dict[str, str | LinkSpec]) -> None:
    assert ties(engine, incidence(links)) == ties(engine, incidence(recorded_one_by_one(links)))


@every_engine
@pytest.mark.parametrize(
    "lens",
    [
        Lens(weight="count"),
        Lens(weight="newman-named"),
        Lens(between=("university", "firm")),
        Lens(between=("firm", "firm")),
    ],
    ids=["count", "newman-named", "across", "within"],
)
def test_ties_follow_the_weight_and_the_sectors_of_the_lens(engine: Engine, lens: Lens) -> None:
    assert ties(engine, incidence(TOY), lens) == edges(incidence(TOY), lens)


@every_engine
def test_contributions_weigh_ties_where_both_are_known(engine: Engine) -> None:
    participations, lens = incidence(MONEY), Lens(weight="contribution")
    computed = ties(engine, participations, lens)
    assert computed == edges(participations, lens)
    assert [weight for weight, _ in computed.values()] == [pytest.approx((1 + 2) / 4)]


@every_engine
def test_labels_are_english_if_there_is_an_english_one(engine: Engine) -> None:
    table = engine.ties(incidence({"a": "U1 I1"}), Lens())
    assert [table[name].to_pylist() for name in ("source_label", "target_label")] == [["I1"], ["U1"]]


@every_engine
def test_a_network_without_ties_is_an_empty_table(engine: Engine) -> None:
    for links in ({}, {"a": "U1"}):
        assert engine.ties(incidence(links), Lens()).num_rows == 0


@every_engine
def test_extracted_tables_equal_those_of_the_store(engine: Engine, built: Path) -> None:
    with LocalStore(built).view() as view:
        stored, extracted = load_incidence(view), engine.extract(view.graph)
    for name in ("actors", "links", "parties", "sources", "money"):
        assert getattr(extracted, name).equals(getattr(stored, name)), name
    assert extracted.layers == stored.layers


def test_ties_that_exceed_the_memory_limit_are_spilled_to_disk() -> None:
    participations = tables.make(40_000)
    table, projection = DuckDBEngine("64MB").ties(participations, Lens()), build(participations).projection()
    assert table.num_rows == projection.nnz // 2
    assert np.sum(table["weight"].to_numpy()) == pytest.approx(float(np.sum(projection.data)) / 2)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(
        UsageError, match="KG_ENGINE is 'abacus', which is not an engine; set it to one of: arrow, duckdb"
    ):
        load_engine("abacus")
