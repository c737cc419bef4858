"""Shortest chains of rows, compared with networkx."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Table
from kg.query.shortest_path import shortest

COLUMNS = ("here", "via", "there")

nodes = st.sampled_from("abcdefg")
tables = st.lists(st.tuples(nodes, st.sampled_from("xyz"), nodes), max_size=30)


@given(tables, nodes, nodes)
def test_a_chain_is_shortest_and_connects_the_ends(rows: list[tuple[str, str, str]], start: str, end: str) -> None:
    chain = shortest(Table(COLUMNS, tuple(rows)), start, end).rows
    graph = nx.DiGraph([(here, there) for here, _, there in rows])
    graph.add_nodes_from([start, end])
    if not nx.has_path(graph, start, end):
        assert chain == ()
        return
    assert len(chain) == nx.shortest_path_length(graph, start, end)
    assert [row[0] for row in chain] == list(range(1, len(chain) + 1))
    assert all(row[1:] in rows for row in chain)
    here = start
    for row in chain:
        assert row[1] == here
        here = str(row[3])
    assert here == end


def test_ties_go_to_the_earliest_rows() -> None:
    steps = Table(COLUMNS, (("a", "x", "b"), ("a", "y", "c"), ("b", "x", "d"), ("c", "x", "d")), ("a note",))
    chain = shortest(steps, "a", "d")
    assert chain.columns == ("step", *COLUMNS)
    assert chain.rows == ((1, "a", "x", "b"), (2, "b", "x", "d"))
    assert chain.notes == ("a note",)
