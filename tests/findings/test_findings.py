"""`kg.findings`: golden sentences, conditions on random networks, and equality with the commands that are cited."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from helpers.networks import LinkSpec, incidence
from helpers.stores import kg
from hypothesis import given, settings
from hypothesis import strategies as st

import kg as helix
from kg.findings import MAX_FINDINGS, findings, papers, select
from kg.findings.finding import table
from kg.network import Lens, Network, build

if TYPE_CHECKING:
    from pathlib import Path

    from kg.findings import Finding

HAN = re.compile("[\u4e00-\u9fff]")
SAMPLES = ("--samples", "40")
"""The default takes two seconds."""


@pytest.fixture(scope="module")
def shipped(built: Path) -> Network:
    with helix.open(built) as graph:
        return graph.network().data


@pytest.fixture(scope="module")
def found(shipped: Network) -> dict[str, Finding]:
    return {one.name: one for one in findings(shipped, "firm", int(SAMPLES[1]))}


@pytest.fixture(scope="module")
def printed(built: Path) -> list[dict[str, Any]]:
    done = kg("findings", "--sector", "firm", *SAMPLES, "--format", "json", store=built)
    assert done.status == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows


def test_the_unknown_comes_first(found: dict[str, Finding]) -> None:
    assert next(iter(found)) == "unnamed-parties"
    assert re.fullmatch(
        r"At least \d\d% of the parties are unnamed: sources declare at least [\d,]+ and name [\d,]+\.",
        found["unnamed-parties"].text.en or "",
    )


def test_huawei_is_first_of_the_firms(found: dict[str, Finding]) -> None:
    assert (found["first-rank"].text.en or "").startswith("Huawei Technologies Co., Ltd. is the main bridge among ")
    assert (found["first-rank"].text.zh or "").startswith("华为技术有限公司的中介作用在")


def test_no_finding_without_links_and_at_most_seven(shipped: Network, found: dict[str, Finding]) -> None:
    assert 0 < len(found) <= MAX_FINDINGS
    assert findings(shipped.subnetwork(np.zeros(len(shipped.link_of), dtype=bool))) == ()


def test_each_finding_has_links_of_the_network_and_two_languages(shipped: Network, found: dict[str, Finding]) -> None:
    known = set(shipped.links.records())
    for one in found.values():
        assert one.links
        assert set(one.links) <= known
        assert HAN.search(one.text.zh or "")
        assert not HAN.search(one.text.en or "")


def test_the_printed_columns_and_the_exact_ones_of_json(printed: list[dict[str, Any]]) -> None:
    columns = ["finding", "text", "measure", "value", "lower", "upper", "links", "link_iris"]
    assert all(list(row) == columns for row in printed)
    assert all(len(row["link_iris"].split()) == row["links"] for row in printed)


def test_coverage_equals_that_of_kg_helix(built: Path, printed: list[dict[str, Any]]) -> None:
    (row,) = json.loads(kg("helix", "--indicator", "named-coverage", "--format", "json", store=built).out)
    assert _value(printed, "unnamed-parties") == row["value"]


def test_ranks_equal_those_of_kg_rank(built: Path, printed: list[dict[str, Any]]) -> None:
    done = kg("rank", "--sector", "firm", "--intervals", "ranks", *SAMPLES, "--format", "json", store=built)
    first = json.loads(done.out)[0]
    (row,) = (row for row in printed if row["finding"] == "first-rank")
    assert [row["value"], row["lower"], row["upper"]] == [first["rank"], first["lower"], first["upper"]]


def test_the_broker_equals_the_row_of_kg_structure(built: Path, printed: list[dict[str, Any]]) -> None:
    done = kg("structure", "brokerage", "--sector", "firm", "--format", "json", store=built)
    assert _value(printed, "broker") in {row["pairs"] for row in json.loads(done.out)}


def test_single_sources_are_those_of_the_question(built: Path, printed: list[dict[str, Any]]) -> None:
    rows = json.loads(kg("query", "single-source", "--format", "json", store=built).out)
    (row,) = (row for row in printed if row["finding"] == "single-source")
    with helix.open(built) as graph:
        expanded = {one["link"] for one in graph.question("single-source", labels=False)}
    assert len(rows) == len(expanded)
    assert {*row["link_iris"].split()} & {str(one) for one in expanded}


def test_links_lists_the_links_of_one_finding(built: Path, printed: list[dict[str, Any]]) -> None:
    done = kg("findings", "--sector", "firm", "--links", "first-rank", *SAMPLES, "--format", "json", store=built)
    (row,) = (row for row in printed if row["finding"] == "first-rank")
    assert len(json.loads(done.out)) == row["links"]


def test_an_unknown_finding_is_refused_with_the_known_ones(small: Path) -> None:
    done = kg("findings", "--links", "first-rnk", store=small)
    assert done.status == 2
    assert "'first-rnk'; there are: unnamed-parties" in done.err


def test_chinese_texts_are_those_of_the_language(small: Path) -> None:
    rows = json.loads(kg("--lang", "zh", "findings", "--format", "json", store=small).out)
    assert rows
    assert all(HAN.search(row["text"]) for row in rows)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), links=st.integers(1, 40), actors=st.integers(1, 30), unnamed=st.booleans())
def test_conditions_hold_on_random_networks(*, seed: int, links: int, actors: int, unnamed: bool) -> None:
    network = _random(seed, links, actors, unnamed=unnamed)
    found = {one.name: one for one in findings(network, samples=5)}
    assert ("unnamed-parties" in found) == bool((network.links.declared > network.links.named).any())
    if "first-rank" in found:
        assert found["first-rank"].value == 1
    if "fragile-rank" in found:
        fragile = found["fragile-rank"]
        assert (fragile.upper or 0) - (fragile.lower or 0) > 20
    assert "last-year" not in found
    assert len(network.links) >= 20 or not {"single-source", "undated-links"} & set(found)
    assert len(table(found.values()).rows) == len(found)


def test_signed_and_published_requires_twenty_pairs_and_a_paper() -> None:
    links = {f"a{n:02}": LinkSpec(f"U{n} I1") for n in range(20)}
    paper = LinkSpec("U3/author I1/author", stage=None, kind="JointPublication", link_type="Partnership")
    tables = {n: incidence({**dict(list(links.items())[:n]), "p": paper}) for n in (19, 20)}
    for n, one in tables.items():
        layered = replace(one, layers={**one.layers, "author": "publishes"})
        sentences = [row.text.en for row in papers.signed_and_published(layered, Lens())]
        expected = "Of 20 university–firm pairs with an agreement, 1 has joint papers (5%)."
        assert sentences == ([expected] if n == 20 else [])


def test_the_partners_of_a_hub_are_compared_by_their_links() -> None:
    links = {f"a{n:02}": LinkSpec(f"U1 I{n % 4}") for n in range(8)} | {
        "b1": LinkSpec("U1 I2"),
        "b2": LinkSpec("U1 I9"),
    }
    (found,) = (one for one in findings(build(incidence(links)), samples=5) if one.name == "first-partner")
    assert (found.measure, found.value, len(found.links)) == ("degree rank", 2, 3)
    assert (found.text.en or "").endswith("I2 is first of 5 organisations with 3, and no party is unnamed.")


def test_the_hub_of_a_ledger_is_neither_first_nor_a_broker() -> None:
    links = {f"a{n:02}": LinkSpec(f"U1 I{n} I{(n + 1) % 9}") for n in range(9)}
    found = {one.name for one in findings(build(incidence(links)), samples=5)}
    assert not {"first-rank", "fragile-rank", "broker"} & found
    assert "single-source" not in found


def test_no_sample_is_drawn_if_the_observed_ranks_exclude_a_finding(shipped: Network) -> None:
    drawn: dict[str, list[int]] = {"institute": [], "firm": []}
    for sector, numbers in drawn.items():
        findings(shipped, sector, 3, lambda samples, numbers=numbers: numbers.extend(samples) or numbers)  # type: ignore[misc]
    assert drawn == {"institute": [], "firm": [0, 1, 2]}


def test_the_number_of_candidates_is_limited(shipped: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "MAX_FINDINGS", 2)
    assert [one.name for one in findings(shipped, "firm", 5)] == ["unnamed-parties", "first-rank"]


def _random(seed: int, links: int, actors: int, *, unnamed: bool) -> Network:
    """Return a random two-mode network of two sectors."""
    generator = np.random.default_rng(seed)
    graph: nx.Graph[str] = nx.Graph()
    for link in range(links):
        members = generator.choice(actors, size=min(actors, int(generator.integers(1, 5))), replace=False)
        declared = len(members) + (int(generator.integers(0, 4)) if unnamed else 0)
        graph.add_node(f"k{link}", bipartite=1, declared=declared, kind="X")
        for member in members.tolist():
            graph.add_node(f"a{member}", bipartite=0, sector="firm" if member % 2 else "university", kind="Firm")
            graph.add_edge(f"k{link}", f"a{member}")
    return Network.from_networkx(graph)


def _value(rows: list[dict[str, Any]], name: str) -> Any:
    (row,) = (row for row in rows if row["finding"] == name)
    return row["value"]
