"""Suggestions held against what came later: split by time, figures by hand, planted structure, real boards."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from helpers.networks import LinkSpec, incidence
from helpers.texts import notes_of

from kg.errors import UsageError
from kg.measure.prediction.evaluate import COLUMNS, evaluate, split
from kg.network import Lens

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Table
    from kg.network.incidence.tables import Incidence

DAY = date(2020, 1, 1)
OLD, NEW = (date(2019, 5, 1),) * 2, (date(2020, 5, 1),) * 2


def told(table: Table) -> dict[str, dict[str, Any]]:
    return {str(row[0]): dict(zip(COLUMNS, row, strict=True)) for row in table.rows}


def judged(tables: Incidence, day: date | None = DAY, **how: Any) -> dict[str, dict[str, Any]]:
    return told(evaluate(split(tables, Lens(), day), **how))


PATH = {
    "a": LinkSpec("U1 I1", start=OLD),
    "b": LinkSpec("I1 U2", start=OLD),
    "c": LinkSpec("U3 I2", start=OLD),
    "d": LinkSpec("U1 U2", start=NEW),
}
"""U1 and U2 have I1 in common and meet later; U3 and I2 are elsewhere."""


def test_figures_as_worked_out_by_hand() -> None:
    found = judged(incidence(PATH), depth=2)
    # U1 may meet U2, U3, I2, and so may U2: only the right one has a score.
    for method in ("walk", "birank", "paths", "adamic-adar", "resource", "sector"):
        assert (found[method]["auc"], found[method]["precision"]) == (1, 1 / 2), method
    assert found["random"]["auc"] == 0.5
    assert found["random"]["precision"] == pytest.approx(1 / 3)
    # All three have one link.
    assert found["popularity"] == found["random"] | {"method": "popularity"}
    assert {(row["actors"], row["partners"], row["max_precision"]) for row in found.values()} == {(2, 2, 0.5)}


def test_links_of_unsure_date_are_on_neither_side() -> None:
    unsure = PATH | {"e": LinkSpec("U1 U3", start=(date(2019, 1, 1), date(2020, 12, 31))), "f": LinkSpec("U2 U3")}
    parts = split(incidence(unsure), Lens(), DAY)
    assert [link.label.en for link in parts.before.links] == ["a", "b", "c"]
    assert [link.label.en for link in parts.after.links] == ["d"]


def test_partners_who_were_partners_before_or_were_not_there_are_no_news() -> None:
    known = PATH | {"e": LinkSpec("U1 I1 I9", start=NEW)}
    assert judged(incidence(known))["walk"]["partners"] == 2


def test_a_sector_chooses_whom_candidates_are_of() -> None:
    links = PATH | {"e": LinkSpec("I1 I2", start=NEW), "f": LinkSpec("U9 I3", start=OLD)}
    assert judged(incidence(links), sector="firm")["walk"]["partners"] == 2
    assert judged(incidence(links))["walk"]["partners"] == 4


def test_the_day_is_such_that_seven_of_ten_dated_links_are_before() -> None:
    days = [date(2010 + n, 3, 1) for n in range(10)]
    links = {f"a{n}": LinkSpec("U1 I1", start=(day, day)) for n, day in enumerate(days)} | {"z": LinkSpec("U1 I2")}
    parts = split(incidence(links), Lens())
    assert parts.day == date(2017, 3, 1)
    assert (len(parts.before.links), len(parts.after.links)) == (7, 3)


def test_where_nothing_can_be_said_it_is_said() -> None:
    table = evaluate(split(incidence(PATH), Lens(), date(2021, 1, 1)))
    assert {row[1:6] for row in table.rows} == {(None,) * 5}
    assert any("nothing can be said of any method" in note for note in notes_of(table))
    few = notes_of(evaluate(split(incidence(PATH), Lens(), DAY)))
    assert any("too few to tell methods apart" in note for note in few)
    with pytest.raises(UsageError, match="no link here has a known date"):
        split(incidence({"a": "U1 I1"}), Lens())


def test_planted_circles_are_found_and_popularity_does_not_help() -> None:
    draw = np.random.default_rng(7)
    links = {}
    for number in range(240):
        circle = "UI"[number % 2]
        who = draw.choice(25, 2, replace=False)
        links[f"a{number:03}"] = LinkSpec(
            " ".join(f"{circle}{n}" for n in sorted(who.tolist())), start=OLD if number < 120 else NEW
        )
    found = judged(incidence(links))
    assert found["walk"]["actors"] >= 40
    assert found["walk"]["lower"] > 0.6
    assert found["walk"]["lower"] > found["popularity"]["upper"]
    assert found["walk"]["precision"] > 1.3 * found["random"]["precision"]


@pytest.fixture(scope="module")
def boards(shared: Path) -> Incidence:
    """Directors who sat on the board of a company in a year."""
    members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    with (shared / "data/network_benchmarks/irish_boards_2003_2013.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            members[row["company"], row["year"]].add("I" + row["director"])
    return incidence(
        {
            f"{company}-{year}": LinkSpec(" ".join(sorted(who)), start=(date(int(year), 1, 1),) * 2)
            for (company, year), who in members.items()
        }
    )


def test_the_walk_foresees_who_sits_together_on_irish_boards(boards: Incidence) -> None:
    found = judged(boards, date(2010, 1, 1))
    assert found["walk"]["actors"] > 100
    assert found["walk"]["auc"] == max(row["auc"] for row in found.values())
    assert found["walk"]["lower"] > found["popularity"]["upper"]
    assert found["walk"]["precision"] > found["random"]["precision"]


def test_the_year_after_the_banks_fell_was_not_to_be_foreseen(boards: Incidence) -> None:
    found = judged(boards, date(2008, 1, 1))
    assert found["walk"]["actors"] > 100
    assert found["walk"]["auc"] < 0.5
