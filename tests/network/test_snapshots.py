"""Networks by year."""

from __future__ import annotations

from datetime import date

from helpers.networks import ID, LinkSpec, incidence

from kg.network import Lens
from kg.network.snapshots import by_year


def day(year: int, month: int = 1) -> date:
    return date(year, month, 1)


LINKS = {
    "a": LinkSpec("U1 I1", start=(day(2020), day(2020, 6))),
    "b": LinkSpec("U1 I2", start=(day(2020), day(2022))),
    "c": LinkSpec("U2 I2", start=(None, None)),
    "d": LinkSpec("U2 I3", start=(day(2024), day(2024)), stage="planned"),
    "e": LinkSpec("U1 I3", start=(None, day(2021))),
    "f": LinkSpec("U2 I1", start=(day(2021), None)),
}


def links(lens: Lens) -> dict[int, list[str]]:
    actual = by_year(incidence(LINKS), lens)
    return {year: [link.iri.removeprefix(f"{ID}link/") for link in one.links] for year, one in actual.items()}


def test_a_link_is_in_each_year_in_which_it_may_have_begun() -> None:
    assert links(Lens()) == {2020: ["a", "b"], 2021: ["b"], 2022: ["b"]}


def test_a_link_with_one_unknown_bound_is_in_no_year() -> None:
    assert not {"e", "f"} & {link for year in links(Lens()).values() for link in year}


def test_a_year_respects_the_lens() -> None:
    assert links(Lens(stages="planned")) == {2024: ["d"]}
    assert links(Lens(since=day(2021), until=date(2021, 12, 31))) == {2021: ["b"]}


def test_without_dates_there_are_no_years() -> None:
    assert by_year(incidence({"a": "U1 I1"}), Lens()) == {}
