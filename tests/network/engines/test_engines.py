"""All engines give the same rows, which equal those of the network; Spark is in test_spark.py."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks import tables as synthetic
from helpers.networks import TOY, LinkSpec, incidence, random_bundles, random_links, recorded_one_by_one
from helpers.texts import english
from hypothesis import given, settings

from kg.errors import UsageError
from kg.network import Lens, build, load_incidence
from kg.network.engines import choose_engine, load_engine
from kg.network.engines.base import QUESTIONS, table_of
from kg.network.engines.blocks import pair_blocks
from kg.network.engines.duckdb import DuckDBEngine
from kg.network.engines.pairs import TIES, ties
from kg.network.engines.size import Size, size_of
from kg.network.engines.sums import group_sums
from kg.network.engines.tables import CHUNK, engine_tables
from kg.network.ties import tie_columns
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network.engines.base import Engine
    from kg.network.engines.tables import EngineTables
    from kg.network.incidence.tables import Incidence

LENS = Lens()
HELICES = ("university", "firm", "government")
MONEY = {
    "a": LinkSpec("U1 I1 I2", declared=5, money={"U1": (1, "EUR"), "I1": (2, "EUR")}),
    "b": LinkSpec("U1 I1", money={"I1": (4, "EUR")}),
}

every_engine = pytest.mark.parametrize(
    "engine", [load_engine(name) for name in ("arrays", "duckdb")], ids=["arrays", "duckdb"]
)


def ties_of(engine: Engine, participations: Incidence, lens: Lens = LENS) -> dict[tuple[str, str], tuple[float, int]]:
    network = build(participations, lens)
    found = list(ties(engine, engine_tables(network), network.actors))
    assert all(one.schema.equals(TIES) for one in found)
    rows = [row for one in found for row in one.to_pylist()]
    return {(row["source"], row["target"]): (row["weight"], row["links"]) for row in rows}


def edges(participations: Incidence, lens: Lens = LENS) -> dict[tuple[str, str], tuple[object, int]]:
    """Return the ties by the network, with approximate weights."""
    network = build(participations, lens)
    iris = [actor.iri for actor in network.actors]
    return {
        (iris[tie.a], iris[tie.b]): (pytest.approx(tie.weight, abs=1e-11), len(tie.links)) for tie in network.edges()
    }


@every_engine
@given(links=random_links(unnamed=5))
@settings(deadline=None, max_examples=8)
def test_ties_equal_the_edges_of_the_network(engine: Engine, links: dict[str, str | LinkSpec]) -> None:
    participations = incidence(links)
    computed = ties_of(engine, participations)
    assert computed == edges(participations)
    assert list(computed) == sorted(computed)


@given(links=random_bundles())
@settings(deadline=None, max_examples=8)
def test_a_bundle_has_the_ties_of_links_recorded_one_by_one(links: dict[str, str | LinkSpec]) -> None:
    arrays = load_engine("arrays")
    assert ties_of(arrays, incidence(links)) == ties_of(arrays, incidence(recorded_one_by_one(links)))


LENSES = {
    "count": Lens(weight="count"),
    "newman-named": Lens(weight="newman-named"),
    "across": Lens(between=("university", "firm")),
    "within": Lens(between=("firm", "firm")),
}


@every_engine
@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_ties_follow_the_weight_and_the_sectors_of_the_lens(engine: Engine, lens: Lens) -> None:
    assert ties_of(engine, incidence(TOY), lens) == edges(incidence(TOY), lens)


@every_engine
def test_contributions_weigh_ties_where_both_are_known(engine: Engine) -> None:
    participations, lens = incidence(MONEY), Lens(weight="contribution")
    computed = ties_of(engine, participations, lens)
    assert computed == edges(participations, lens)
    assert [weight for weight, _ in computed.values()] == [pytest.approx((1 + 2) / 4)]


@every_engine
def test_labels_are_english_if_there_is_an_english_one(engine: Engine) -> None:
    network = build(incidence({"a": "U1 I1"}))
    (table,) = ties(engine, engine_tables(network), network.actors)
    assert [table[name].to_pylist() for name in ("source_label", "target_label")] == [["I1"], ["U1"]]


@every_engine
def test_a_network_without_ties_has_empty_answers(engine: Engine) -> None:
    for links in ({}, {"a": "U1"}):
        assert ties_of(engine, incidence(links)) == {}
        assert table_of(engine, "partners", engine_tables(build(incidence(links)))).num_rows == 0


def test_engines_agree_to_the_digit(built: Path) -> None:
    with LocalStore(built).view() as view:
        shipped = load_incidence(view)
    for participations in (shipped, synthetic.make(290_000)):
        tables = engine_tables(build(participations), HELICES, participations)
        for question in QUESTIONS:
            expected = table_of(load_engine("arrays"), question, tables)
            assert table_of(load_engine("duckdb"), question, tables).equals(expected), question
            assert expected.schema.equals(QUESTIONS[question])


@every_engine
def test_counts_are_those_of_the_links(engine: Engine) -> None:
    first = (date(2020, 1, 5), date(2020, 6, 1))
    links = {
        "a": LinkSpec("U1 I1 I2", declared=5, start=first, sources=("daily",)),
        "b": LinkSpec("U1 I1", is_lower_bound=True, start=(date(2020, 1, 1), date(2021, 1, 1))),
        "c": LinkSpec("I2"),
    }
    tables = engine_tables(build(incidence(links)), HELICES, incidence(links))
    assert tables.sectors == ("firm", "university")
    assert _rows(engine, "sectors", tables) == [(-1, 0, 2, 2), (-1, 1, 1, 1), (2020, 0, 1, 2), (2020, 1, 1, 1)]
    assert _rows(engine, "coverage", tables) == [(-1, 2, 3, 3, 1), (2020, 1, 3, 5, 0)]
    assert _rows(engine, "cases", tables) == [(2, 0, 0, 1), (3, 1, -1, 1), (3, 1, 2, 1)]
    assert _rows(engine, "partners", tables) == [(0, 2), (1, 2), (2, 2)]


def _rows(engine: Engine, question: str, tables: EngineTables) -> list[tuple[int, ...]]:
    return list(zip(*table_of(engine, question, tables).to_pydict().values(), strict=True))


@every_engine
def test_a_link_of_many_parties_is_joined_in_chunks(engine: Engine) -> None:
    parties = 2 * CHUNK + 1
    links = {"big": " ".join(f"I{number}" for number in range(parties)), "small": "I0 I1"}
    tables = engine_tables(build(incidence(links)))
    assert tables.steps.num_rows == 1 + 6
    pairs = table_of(engine, "ties", tables)
    assert pairs.num_rows == parties * (parties - 1) // 2
    assert pairs["links"].to_numpy().sum() == pairs.num_rows + 1


def test_blocks_of_any_size_have_the_same_pairs() -> None:
    tables = engine_tables(build(synthetic.make(60_000)))
    whole, *rest = pair_blocks(tables, 1 << 40)
    assert not rest
    for size in (1, 1000):
        blocks = list(pair_blocks(tables, size))
        for column in ("a", "b", "units", "links"):
            assert np.array_equal(np.concatenate([getattr(one, column) for one in blocks]), getattr(whole, column))


@every_engine
def test_weights_beyond_64_bits_are_exact(engine: Engine) -> None:
    links = {f"k{number:05d}": "U1 I1" for number in range(9_500)}
    assert list(ties_of(engine, incidence(links)).values()) == [(9500.0, 9500)]


def test_sums_beyond_64_bits_are_python_integers() -> None:
    values = np.array([2**62, 2**62, 2**62, 1], np.int64)
    assert group_sums(values, np.array([0, 3])).tolist() == [3 * 2**62, 1]


def test_pairs_that_exceed_the_memory_limit_are_spilled_to_disk() -> None:
    network = build(synthetic.make(40_000))
    tables = engine_tables(network)
    rows = table_of(DuckDBEngine("64MB"), "ties", tables)
    assert rows.num_rows == network.projection().nnz // 2


def test_the_table_of_ties_has_the_weights_of_the_projection() -> None:
    network = build(synthetic.make(20_000))
    columns = tie_columns(network)
    assert np.allclose(columns["weight"], network.projection()[columns["a"], columns["b"]], atol=1e-11)


def test_the_engine_follows_the_size() -> None:
    small = size_of(build(incidence(TOY)))
    assert (small.participations, small.pairs) == (12, 9)
    large = Size(10**9, 10**10, 16 * 10**9)
    assert [choose_engine("auto", None, size)[0].name for size in (small, large)] == ["arrays", "duckdb"]
    assert "chosen by size; 12 participations with 9 shared links" in english(choose_engine("auto", None, small)[1])


@pytest.mark.parametrize(
    ("name", "master", "message"),
    [
        ("abacus", None, "there is no engine 'abacus'; there are: auto, arrays, duckdb, spark"),
        ("duckdb", "local[2]", "--master local[2] requires --engine spark"),
    ],
)
def test_an_unknown_engine_and_a_stray_master_are_refused(name: str, master: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        choose_engine(name, master, Size(1, 1, 10**9))


DIFFERS = {
    "::": "casts by `::` exist in DuckDB only",
    "//": "integer division is `//` in DuckDB and DIV in Spark",
    " / ": "1 / 0 is infinite in DuckDB and an error in Spark",
    '"': "quoted names exist in DuckDB only",
    "as integer": "a cast of a fraction rounds in DuckDB and truncates in Spark",
    "double": "sums of floating-point numbers depend on their order",
    "float": "the same",
    "fsum": "Spark has no counterpart",
    "hugeint": "Spark has no counterpart",
    "datediff": "the arguments differ",
    "date": "differences of dates differ; the tables contain integers",
    "interval": "the same",
    "collect_list": "DuckDB has no counterpart",
    "explode": "the same",
    "unnest": "Spark has no counterpart",
    "hash(": "the values differ",
    "qualify": "Spark has no counterpart",
    "distinct on": "the same",
}
SQL = sorted(file.name for file in files("kg.network.engines").joinpath("sql").iterdir() if file.name.endswith(".sql"))


@pytest.mark.parametrize("name", SQL)
def test_sql_keeps_to_what_both_dialects_share(name: str) -> None:
    text = files("kg.network.engines").joinpath("sql", name).read_text(encoding="utf-8")
    code = re.sub(r"--[^\n]*", "", text).lower()
    assert [reason for word, reason in DIFFERS.items() if word in code] == []
    assert ("order by" in code) is (name != "pairs.sql")  # otherwise the order of rows differs
    assert name.removesuffix(".sql") in {*QUESTIONS, "pairs"}
