"""Totals of a network: links, named parties and declared parties."""

import pytest
from helpers.networks import GAPS, TOY, LinkSpec, incidence

from kg.network import Lens, Network, build


@pytest.mark.parametrize(
    ("network", "totals"),
    [
        (build(incidence(TOY), Lens(layers="guides")), (0, 0, 0, False)),
        (build(incidence({"a": "U1 I1 G1"})), (1, 3, 3, False)),
        (build(incidence({"a": LinkSpec("U1 I1", declared=5, is_lower_bound=True)})), (1, 2, 5, True)),
        (build(incidence(GAPS)), (4, 10, 18, False)),
    ],
    ids=["no link", "one link", "at least five parties", "four links"],
)
def test_totals_count_links_and_their_named_and_declared_parties(
    network: Network, totals: tuple[int, int, int, bool]
) -> None:
    assert network.totals() == totals
