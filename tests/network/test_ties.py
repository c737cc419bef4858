"""Ties as a table, of a network and year by year, against sums over pairs of participants."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from helpers.networks import ID, ActorSpec, LinkSpec, incidence
from helpers.tables import text_of
from helpers.texts import notes_of
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.network import Lens, build
from kg.network.ties import ties, ties_by_year


def day(year: int, month: int = 1) -> date:
    return date(year, month, 1)


LINKS = {
    "a": LinkSpec("U1 I1", start=(day(2020), day(2020, 6)), declared=5),
    "b": LinkSpec("U1 I1 I2", start=(day(2020), day(2021))),
    "c": LinkSpec("U2 I2"),
    "d": LinkSpec("U2 I1", start=(None, day(2021))),
    "e": LinkSpec("U1", start=(day(2022), day(2022)), declared=4),
}
NAMES = ActorSpec(labels={"U1": ("One", "一"), "I1": (None, "甲")})


def test_ties_of_a_network() -> None:
    table = ties(build(incidence(LINKS, NAMES)))
    assert table.columns == ("source", "source_label", "target", "target_label", "weight", "links")
    assert [(row["source"], row["target"], row["weight"], row["links"]) for row in table] == [
        (f"{ID}I1", f"{ID}I2", 0.5, 1),
        (f"{ID}I1", f"{ID}U1", 0.75, 2),
        (f"{ID}I1", f"{ID}U2", 1, 1),
        (f"{ID}I2", f"{ID}U1", 0.5, 1),
        (f"{ID}I2", f"{ID}U2", 1, 1),
    ]
    assert (table[1]["source_label"], table[1]["target_label"]) == ("甲", "One")
    assert ties(build(incidence(LINKS, NAMES)), "zh")[1]["target_label"] == "一"
    assert table.notes == build(incidence(LINKS, NAMES)).notes


def test_ties_by_year() -> None:
    table = ties_by_year(incidence(LINKS, NAMES))
    assert table.columns[0] == "year"
    assert [(row["year"], row["source"], row["target"], row["weight"], row["links"]) for row in table] == [
        (2020, f"{ID}I1", f"{ID}I2", 0.5, 1),
        (2020, f"{ID}I1", f"{ID}U1", 0.75, 2),
        (2020, f"{ID}I2", f"{ID}U1", 0.5, 1),
        (2021, f"{ID}I1", f"{ID}I2", 0.5, 1),
        (2021, f"{ID}I1", f"{ID}U1", 0.5, 1),
        (2021, f"{ID}I2", f"{ID}U1", 0.5, 1),
    ]


def test_notes_count_undated_links_and_links_of_several_years() -> None:
    for lens in (Lens(), Lens(since=day(2019), include_undated=True)):
        assert list(notes_of(ties_by_year(incidence(LINKS), lens))[-2:]) == [
            "2 of 5 links have no known start year and are in no year.",
            "1 of 5 links may have started in more than one year and count in each of these.",
        ]


def test_certain_dates_leave_a_link_in_one_year() -> None:
    table = ties_by_year(incidence(LINKS), Lens(since=day(2020), certain_dates=True))
    assert [(row["year"], row["source"], row["target"]) for row in table] == [(2020, f"{ID}I1", f"{ID}U1")]


def test_ties_between_two_sectors() -> None:
    table = ties(build(incidence(LINKS), Lens(between=("university", "firm"))))
    assert {(text_of(row["source"])[len(ID)], text_of(row["target"])[len(ID)]) for row in table} == {("I", "U")}


def test_unknown_value_is_an_error() -> None:
    with pytest.raises(UsageError, match="kind 'x'"):
        ties_by_year(incidence(LINKS), Lens(kinds="x"))


def test_no_ties() -> None:
    assert len(ties(build(incidence({"a": "U1"})))) == len(ties_by_year(incidence({"a": "U1"}))) == 0


_PARTIES = st.sets(st.sampled_from(["U1", "U2", "I1", "I2", "G1"]), min_size=1)


@given(st.lists(st.tuples(_PARTIES, st.integers(0, 3), st.integers(2020, 2023)), min_size=1, max_size=6))
def test_weights_are_sums_over_links(drawn: list[tuple[set[str], int, int]]) -> None:
    expected: dict[tuple[str, ...], list[float]] = {}
    specs = {}
    for number, (parties, unnamed, year) in enumerate(drawn):
        specs[str(number)] = LinkSpec(" ".join(parties), declared=len(parties) + unnamed, start=(day(year), day(year)))
        for pair in combinations(sorted(parties), 2):
            expected.setdefault((str(year), *pair), []).append(1 / (len(parties) + unnamed - 1))
    table = ties_by_year(incidence(specs))
    rows = {tuple(str(row[name]).removeprefix(ID) for name in ("year", "source", "target")): row for row in table}
    weights = {key: sum(parts) for key, parts in expected.items()}
    assert {key: row["weight"] for key, row in rows.items()} == pytest.approx(weights, abs=1e-12)
    assert {key: row["links"] for key, row in rows.items()} == {key: len(parts) for key, parts in expected.items()}
    assert list(rows) == sorted(rows)
