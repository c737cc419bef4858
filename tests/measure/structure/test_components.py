"""Connected components, compared with networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
from helpers.networks import ID, incidence, random_links
from hypothesis import given, settings

from kg.measure.structure import components
from kg.network import build

if TYPE_CHECKING:
    from helpers.networks import LinkSpec


def rows(table: Any) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


@given(random_links())
@settings(max_examples=15)
def test_components_equal_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    graph = network.to_networkx("two-mode")
    parts = [{node for node in part if graph.nodes[node]["bipartite"] == 0} for part in nx.connected_components(graph)]
    cells = rows(components.table(network))
    assert [row["actors"] for row in cells] == sorted(map(len, parts), reverse=True)
    assert sum(row["links"] for row in cells) == len(network.links)
    for row in cells:
        assert row["its_links"] == max(
            graph.degree(node) for part in parts if row["most_links"] in part for node in part
        )


def test_a_component_has_its_sectors_and_its_actor_of_most_links() -> None:
    (first, second) = rows(components.table(build(incidence({"a": "U1 I1", "b": "U1 G1", "c": "U2 I2"}))))
    assert (first["actors"], first["links"], first["sectors"]) == (3, 2, "firm government university")
    assert (first["most_links"], first["its_links"]) == (ID + "U1", 2)
    assert (second["actors"], second["links"], second["component"]) == (2, 1, 2)


def test_an_empty_network_has_no_components() -> None:
    assert components.table(build(incidence({}))).rows == ()
