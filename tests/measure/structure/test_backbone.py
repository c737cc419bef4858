"""Backbones: exact p against enumeration, the size of the test under the null, and what the filters are said to be."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from helpers.datasets import two_mode
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings

from kg.errors import UsageError
from kg.measure.structure import backbone, degree_null_model
from kg.network import Network, build


def made(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def matrix(network: Network) -> np.ndarray:
    """Actors x links."""
    return network.incidence_matrix().toarray().T > 0


def test_tails_are_those_of_every_way_to_succeed() -> None:
    chances, sizes = np.array([[0.1, 0.7], [0.5, 0.02]]), np.array([2, 3])
    tails = backbone.upper_tails(chances, sizes, 4)
    for row in range(2):
        each = np.repeat(chances[row], sizes)
        for least in range(5):
            ways = (way for way in product((0, 1), repeat=5) if sum(way) >= least)
            exact = sum(np.prod(np.where(way, each, 1 - each)) for way in ways)
            assert tails[row, least] == pytest.approx(exact, rel=1e-12)


def test_small_tails_keep_their_digits() -> None:
    """Eight of eight successes of a chance of 1/1000: a sum from the other side would lose it in rounding."""
    assert backbone.upper_tails(np.array([[1e-3]]), np.array([8]), 8)[0, 8] == pytest.approx(1e-24, rel=1e-12)


@given(random_links())
@settings(max_examples=40)
def test_p_is_the_chance_of_as_many_shared_links_in_the_model(links: dict[str, str | LinkSpec]) -> None:
    network = made(links)
    cells = matrix(network)
    chances = degree_null_model.fit(cells.sum(axis=1), cells.sum(axis=0))
    chance = chances.chance[chances.row_class][:, chances.column_class]
    found = backbone.sdsm(network)
    for a, b, shared, p, expected in zip(found.a, found.b, found.links, found.p, found.expected, strict=True):
        both = chance[a] * chance[b]
        pmf = np.ones(1)
        for one in both:
            pmf = np.convolve(pmf, [1 - one, one])
        assert shared == (cells[a] & cells[b]).sum()
        assert p == pytest.approx(pmf[shared:].sum(), abs=1e-9)
        assert expected == pytest.approx(both.sum(), abs=1e-9)


def test_all_pairs_of_actors_are_tests() -> None:
    network = made(TOY)
    found = backbone.sdsm(network)
    assert len(found.p) == 8
    assert found.adjusted.min() == pytest.approx((np.sort(found.p) * 15 / np.arange(1, 9)).min().clip(max=1))


def test_with_few_links_nothing_is_significant_and_it_says_so() -> None:
    table = backbone.table(made(TOY))
    assert table.rows == ()
    assert notes_of(table)[-1].startswith("Nothing is significant here.")
    assert notes_of(table)[-2].startswith("The smallest p is ")
    assert notes_of(table)[-1].endswith("With so few links, draw the network without a filter.")


def test_partners_who_always_come_together_are_found() -> None:
    links = {f"a{n:02}": f"U{n} I{n % 9}" for n in range(60)} | {f"b{n}": "U90 I90" for n in range(9)}
    table = backbone.table(made(links))
    assert [tuple(str(row[place]).removeprefix(ID) for place in (0, 2)) for row in table.rows] == [("I90", "U90")]
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["links"] == 9
    assert row["expected"] < 2
    assert row["p"] < row["adjusted"] < 0.05


def test_southern_women_meet_more_than_their_degrees_give() -> None:
    """Evelyn and Theresa share seven events; by their degrees of eight each they would share about five and a half."""
    network = two_mode("southern_women")
    found = backbone.sdsm(network)
    place = {actor.iri.removeprefix(ID): number for number, actor in enumerate(network.actors)}
    pair = sorted((place["EVELYN"], place["THERESA"]))
    row = int(np.flatnonzero((found.a == pair[0]) & (found.b == pair[1]))[0])
    assert found.links[row] == 7
    assert 4.5 < found.expected[row] < 6.5
    assert 0.05 < found.p[row] < 0.5


def test_the_size_of_the_test_is_no_more_than_it_says() -> None:
    """Networks at random with the degrees of the Southern Women: p of 0.05 or less comes up less than once in 20."""
    cells = matrix(two_mode("southern_women"))
    chances = degree_null_model.fit(cells.sum(axis=1), cells.sum(axis=0))
    rng = np.random.default_rng(1)
    small = pairs = false = 0
    for _ in range(60):
        drawn = chances.draw(rng)
        links = {f"e{k:02}": " ".join(f"U{i}" for i in np.flatnonzero(column)) for k, column in enumerate(drawn.T)}
        found = backbone.sdsm(made({key: who for key, who in links.items() if who}))
        small += int((found.p <= 0.05).sum())
        pairs += 18 * 17 // 2
        false += bool((found.adjusted < 0.05).any())
    assert small / pairs <= 0.05
    assert false / 60 <= 0.1


@pytest.mark.parametrize("name", backbone.FILTERS)
@pytest.mark.parametrize("links", [{}, {"a": "U1"}, {"a": "U1 I1"}])
def test_hardly_any_links(name: str, links: dict[str, str]) -> None:
    assert backbone.table(made(links), name).rows == ()


def test_disparity_by_hand() -> None:
    """U1 has ties of 1, 1 and 1/2 + 1: shares of 2/7 and 3/7; I1 to I3 have one or two."""
    network = made({"a": "U1 I1", "b": "U1 I2", "c": "U1 I3", "d": LinkSpec("U1 I3", declared=3)})
    found = backbone.disparity(network)
    names = [network.actors[a].iri.removeprefix(ID) for a in found.a]
    assert dict(zip(names, found.p.tolist(), strict=True)) == pytest.approx(
        {"I1": (5 / 7) ** 2, "I2": (5 / 7) ** 2, "I3": (4 / 7) ** 2}
    )


def test_an_end_with_one_tie_says_nothing() -> None:
    assert backbone.disparity(made({"a": "U1 I1"})).p.tolist() == [1]


def test_the_disparity_filter_warns_of_projections() -> None:
    notes = notes_of(backbone.table(made(TOY), "disparity"))
    assert "The disparity filter is not meant for ties that are a projection of links; prefer sdsm." in notes
    assert any("an end with one tie says nothing" in note for note in notes)


@pytest.mark.parametrize(
    ("words", "said"), [(("lans",), "no filter 'lans'; there are: sdsm, disparity"), (("sdsm", 1.0), "between 0 and 1")]
)
def test_words_that_mean_nothing(words: tuple[Any, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        backbone.table(made(TOY), *words)
