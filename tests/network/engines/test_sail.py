"""The engine on a server of Spark Connect: Sail, in an environment with pysail and its client (pyspark-client 4.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks import tables as synthetic

from kg.network import build
from kg.network.engines import load_engine
from kg.network.engines.base import QUESTIONS, table_of
from kg.network.engines.iterations import components
from kg.network.engines.tables import engine_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

REASON = (
    "needs pysail and pyspark-client 4.0 in an environment of their own, because the extra spark has another client"
)


@pytest.fixture(scope="module")
def master() -> Iterator[str]:
    """The address of a server of Spark Connect on loopback."""
    spark = pytest.importorskip("pysail.spark", reason=REASON)
    server = spark.SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    address, port = server.listening_address
    yield f"sc://{address}:{port}"
    server.stop()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_that_of_arrays(master: str, question: str) -> None:
    tables = engine_tables(build(synthetic.make(1_160_000)), ("university", "firm", "government"))
    found = table_of(load_engine("spark", master), question, tables)
    assert found.equals(table_of(load_engine("arrays"), question, tables))


def test_components_are_those_of_duckdb(master: str) -> None:
    tables = engine_tables(build(synthetic.make(2000)))
    parts = components(load_engine("spark", master), tables)
    assert parts.tolist() == components(load_engine("duckdb"), tables).tolist()
