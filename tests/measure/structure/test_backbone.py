"""Backbones: exact p-values compared with enumeration, the size of the test, and the notes."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from helpers.datasets import two_mode
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.tables import number_of
from helpers.texts import notes_of
from hypothesis import given, settings

from kg.errors import UsageError
from kg.measure.structure import backbone, degree_null_model
from kg.network import Network, build


def network_of(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def matrix(network: Network) -> np.ndarray:
    """Return the incidences as actors x links."""
    return network.incidence_matrix().toarray().T > 0


def test_tails_equal_enumeration() -> None:
    chances, sizes = np.array([[0.1, 0.7], [0.5, 0.02]]), np.array([2, 3])
    tails = backbone.upper_tails(chances, sizes, 4)
    for row in range(2):
        each = np.repeat(chances[row], sizes)
        for least in range(5):
            ways = (way for way in product((0, 1), repeat=5) if sum(way) >= least)
            exact = sum(np.prod(np.where(way, each, 1 - each)) for way in ways)
            assert tails[row, least] == pytest.approx(exact, rel=1e-12)


def test_small_tails_keep_their_digits() -> None:
    # One minus the sum of the other terms would lose this probability to rounding.
    assert backbone.upper_tails(np.array([[1e-3]]), np.array([8]), 8)[0, 8] == pytest.approx(1e-24, rel=1e-12)


@given(random_links())
@settings(max_examples=15)
def test_p_is_the_probability_of_the_shared_links_in_the_model(links: dict[str, str | LinkSpec]) -> None:
    network = network_of(links)
    cells = matrix(network)
    model = degree_null_model.fit(cells.sum(axis=1), cells.sum(axis=0))
    probability = model.probability[model.row_class][:, model.column_class]
    ties = backbone.sdsm(network)
    for a, b, shared, p, expected in zip(ties.a, ties.b, ties.links, ties.p, ties.expected, strict=True):
        both = probability[a] * probability[b]
        pmf = np.ones(1)
        for one in both:
            pmf = np.convolve(pmf, [1 - one, one])
        assert shared == (cells[a] & cells[b]).sum()
        assert p == pytest.approx(pmf[shared:].sum(), abs=1e-9)
        assert expected == pytest.approx(both.sum(), abs=1e-9)


def test_all_pairs_of_actors_are_tests() -> None:
    network = network_of(TOY)
    ties = backbone.sdsm(network)
    assert len(ties.p) == 8
    assert ties.adjusted.min() == pytest.approx((np.sort(ties.p) * 15 / np.arange(1, 9)).min().clip(max=1))


def test_with_few_links_no_tie_is_significant() -> None:
    table = backbone.table(network_of(TOY))
    assert table.rows == ()
    assert notes_of(table)[-1].startswith("No tie is significant.")
    assert notes_of(table)[-2].startswith("The smallest p is ")
    assert notes_of(table)[-1].endswith("show the network without a filter.")


def test_partners_of_many_shared_links_are_significant() -> None:
    links = {f"a{n:02}": f"U{n} I{n % 9}" for n in range(60)} | {f"b{n}": "U90 I90" for n in range(9)}
    table = backbone.table(network_of(links))
    assert [tuple(str(row[column]).removeprefix(ID) for column in (0, 2)) for row in table.rows] == [("I90", "U90")]
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["links"] == 9
    assert number_of(row["expected"]) < 2
    assert number_of(row["p"]) < number_of(row["adjusted"]) < 0.05


def test_expected_shared_events_of_southern_women() -> None:
    # Evelyn and Theresa share seven events; their degrees of eight each predict about five and a half.
    network = two_mode("southern_women")
    ties = backbone.sdsm(network)
    index = {actor.iri.removeprefix(ID): number for number, actor in enumerate(network.actors)}
    pair = sorted((index["EVELYN"], index["THERESA"]))
    row = int(np.flatnonzero((ties.a == pair[0]) & (ties.b == pair[1]))[0])
    assert ties.links[row] == 7
    assert 4.5 < ties.expected[row] < 6.5
    assert 0.05 < ties.p[row] < 0.5


def test_the_test_keeps_its_size_for_random_networks() -> None:
    cells = matrix(two_mode("southern_women"))
    model = degree_null_model.fit(cells.sum(axis=1), cells.sum(axis=0))
    rng = np.random.default_rng(1)
    small = pairs = false = 0
    for _ in range(30):
        sample = model.draw(rng)
        links = {f"e{k:02}": " ".join(f"U{i}" for i in np.flatnonzero(column)) for k, column in enumerate(sample.T)}
        ties = backbone.sdsm(network_of({key: who for key, who in links.items() if who}))
        small += int((ties.p <= 0.05).sum())
        pairs += 18 * 17 // 2
        false += bool((ties.adjusted < 0.05).any())
    assert small / pairs <= 0.05
    assert false / 30 <= 0.1


@pytest.mark.parametrize("name", backbone.FILTERS)
@pytest.mark.parametrize("links", [{}, {"a": "U1"}, {"a": "U1 I1"}])
def test_tiny_networks_have_an_empty_backbone(name: str, links: dict[str, str]) -> None:
    assert backbone.table(network_of(links), name).rows == ()


def test_disparity_matches_values_computed_by_hand() -> None:
    # U1 has ties of weight 1, 1 and 3/2, with shares of 2/7, 2/7 and 3/7.
    network = network_of({"a": "U1 I1", "b": "U1 I2", "c": "U1 I3", "d": LinkSpec("U1 I3", declared=3)})
    ties = backbone.disparity(network)
    names = [network.actors[a].iri.removeprefix(ID) for a in ties.a]
    assert dict(zip(names, ties.p.tolist(), strict=True)) == pytest.approx(
        {"I1": (5 / 7) ** 2, "I2": (5 / 7) ** 2, "I3": (4 / 7) ** 2}
    )


def test_an_end_with_one_tie_is_not_significant() -> None:
    assert backbone.disparity(network_of({"a": "U1 I1"})).p.tolist() == [1]


def test_the_disparity_filter_warns_of_projections() -> None:
    notes = notes_of(backbone.table(network_of(TOY), "disparity"))
    assert "The disparity filter is not suited to ties that are projected from links; prefer sdsm." in notes
    assert any("an end with one tie has p = 1" in note for note in notes)


@pytest.mark.parametrize(
    ("options", "message"),
    [(("lans",), "no filter 'lans'; there are: sdsm, disparity"), (("sdsm", 1.0), "between 0 and 1")],
)
def test_unknown_options_are_refused(options: tuple[Any, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        backbone.table(network_of(TOY), *options)
