"""`kg.measure.helix.followed`: papers before and after an agreement, against the years in which the firm publishes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from helpers.networks import LinkSpec, incidence
from helpers.tables import text_of
from helpers.texts import notes_of
from scipy.stats import binom, poisson_binom

from kg.measure.helix.followed import Followed, followed, has_both, networks, table, two_sided
from kg.network import Lens, Network


def _agreement(parties: str, year: int | None) -> LinkSpec:
    return LinkSpec(parties, start=(date(year, 5, 1), date(year, 5, 1)) if year else (None, None))


def _paper(parties: str, year: int) -> LinkSpec:
    written = " ".join(f"{party}/author" for party in parties.split())
    start = (date(year, 1, 1), date(year, 12, 31))
    return LinkSpec(written, stage=None, kind="JointPublication", start=start, link_type="Partnership")


LINKS = {
    "a": _agreement("U1 I1", 2020),
    "b": _agreement("U2 I1", None),
    "c": _agreement("U3 I2", 2020),
    **{f"own{n}": _paper("U1 I1", year) for n, year in enumerate((2018, 2020, 2021, 2022))},
    **{f"other{n}": _paper("U2 I1", year) for n, year in enumerate((2019, 2020, 2021, 2023))},
}


def _networks(links: dict[str, LinkSpec] = LINKS) -> tuple[Network, Network]:
    tables = incidence(links)
    return networks(replace(tables, layers={**tables.layers, "author": "publishes"}), Lens())


def _found() -> dict[str, Followed]:
    return {one.university[-2:]: one for one in followed(*_networks())}


def test_papers_of_the_year_of_the_agreement_are_neither_before_nor_after() -> None:
    one = _found()["U1"]
    assert (one.agreed, one.papers, one.before, one.after) == (2020, 4, 1, 2)


def test_chance_is_the_share_of_later_papers_of_the_firm_with_others() -> None:
    one = _found()["U1"]
    assert one.chance == pytest.approx(2 / 3)
    assert one.expected == pytest.approx(2)


def test_a_pair_without_the_year_of_its_agreement_has_no_order() -> None:
    one = _found()["U2"]
    assert (one.agreed, one.papers, one.chance) == (None, 4, None)


def test_pairs_without_papers_are_counted_but_not_listed() -> None:
    found = table(*_networks())
    assert [text_of(row[0])[-2:] for row in found.rows] == ["U1", "U2"]
    assert "2 of 3 pairs with an agreement have joint papers; 2 pairs" in notes_of(found)[0]


def test_p_is_the_binomial_tail_of_one_pair_and_the_poisson_binomial_of_several() -> None:
    one = Followed("u", "f", (), 2020, 9, 3, 6, 0.3)
    other = Followed("u", "g", (), 2020, 4, 1, 3, 0.5)
    assert two_sided([one]) == pytest.approx(2 * binom.sf(5, 9, 0.3))
    assert two_sided([one, other]) == pytest.approx(2 * poisson_binom.sf(8, [0.3] * 9 + [0.5] * 4))


def test_a_graph_without_joint_papers_is_not_compared() -> None:
    assert has_both(incidence(LINKS))
    assert not has_both(incidence({"a": LINKS["a"]}))
