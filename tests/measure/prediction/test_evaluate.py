"""Evaluation of suggestions: the split, values computed by hand, planted communities, and real boards."""

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


def by_method(table: Table) -> dict[str, dict[str, Any]]:
    return {str(row[0]): dict(zip(COLUMNS, row, strict=True)) for row in table.rows}


def accuracy(tables: Incidence, day: date | None = DAY, **options: Any) -> dict[str, dict[str, Any]]:
    return by_method(evaluate(split(tables, Lens(), day), **options))


PATH = {
    "a": LinkSpec("U1 I1", start=OLD),
    "b": LinkSpec("I1 U2", start=OLD),
    "c": LinkSpec("U3 I2", start=OLD),
    "d": LinkSpec("U1 U2", start=NEW),
}
"""U1 and U2 have the common partner I1 and share a link later; U3 and I2 are in another component."""


CHAIN = {"a": "U1 I1", "b": "I1 U2", "c": "U3 I2", "d": "U1 U2"}
"""The parties of the links of `PATH`."""


def test_accuracy_matches_values_computed_by_hand() -> None:
    result = accuracy(incidence(PATH), depth=2)
    # U1 and U2 have three candidates each, of which only the new partner has a score.
    for method in ("walk", "birank", "paths", "adamic-adar", "resource", "sector"):
        assert (result[method]["auc"], result[method]["precision"]) == (1, 1 / 2), method
    assert result["random"]["auc"] == 0.5
    assert result["random"]["precision"] == pytest.approx(1 / 3)
    # All three candidates have one link.
    assert result["popularity"] == result["random"] | {"method": "popularity"}
    assert {(row["actors"], row["partners"], row["max_precision"]) for row in result.values()} == {(2, 2, 0.5)}


def test_a_method_that_exceeds_popularity_is_named() -> None:
    # Eight chains as in PATH: each gives two actors whose new partner only the path between them predicts.
    chains = {
        f"{key}{n}": f"{parties} ".replace(" ", f"{n} ").strip() for n in range(8) for key, parties in CHAIN.items()
    }
    links = {key: LinkSpec(parties, start=NEW if key[0] == "d" else OLD) for key, parties in chains.items()}
    note = notes_of(evaluate(split(incidence(links), Lens(), DAY)))[-1]
    assert note.startswith("walk exceeds popularity by 0.")


def test_without_a_gain_over_popularity_the_note_denies_one() -> None:
    popular = PATH | {
        "e": LinkSpec("I2 U4", start=OLD),
        "f": LinkSpec("U3 U5", start=NEW),
        "g": LinkSpec("U5 I3", start=OLD),
    }
    note = notes_of(evaluate(split(incidence(popular), Lens(), DAY)))[-1]
    assert note.startswith("No method exceeds popularity: the best, ")


def test_links_of_uncertain_date_are_in_neither_part() -> None:
    uncertain = PATH | {"e": LinkSpec("U1 U3", start=(date(2019, 1, 1), date(2020, 12, 31))), "f": LinkSpec("U2 U3")}
    parts = split(incidence(uncertain), Lens(), DAY)
    assert [link.label.en for link in parts.before.links] == ["a", "b", "c"]
    assert [link.label.en for link in parts.after.links] == ["d"]


def test_earlier_partners_and_new_actors_are_not_new_partners() -> None:
    known = PATH | {"e": LinkSpec("U1 I1 I9", start=NEW)}
    assert accuracy(incidence(known))["walk"]["partners"] == 2


def test_a_sector_restricts_the_candidates() -> None:
    links = PATH | {"e": LinkSpec("I1 I2", start=NEW), "f": LinkSpec("U9 I3", start=OLD)}
    assert accuracy(incidence(links), sector="firm")["walk"]["partners"] == 2
    assert accuracy(incidence(links))["walk"]["partners"] == 4


def test_the_default_day_has_70_percent_of_dated_links_before_it() -> None:
    days = [date(2010 + n, 3, 1) for n in range(10)]
    links = {f"a{n}": LinkSpec("U1 I1", start=(day, day)) for n, day in enumerate(days)} | {"z": LinkSpec("U1 I2")}
    parts = split(incidence(links), Lens())
    assert parts.day == date(2017, 3, 1)
    assert (len(parts.before.links), len(parts.after.links)) == (7, 3)


def test_too_few_cases_are_reported() -> None:
    table = evaluate(split(incidence(PATH), Lens(), date(2021, 1, 1)))
    assert {row[1:6] for row in table.rows} == {(None,) * 5}
    assert any("methods cannot be compared" in note for note in notes_of(table))
    few = notes_of(evaluate(split(incidence(PATH), Lens(), DAY)))
    assert any("too few actors to compare methods" in note for note in few)
    with pytest.raises(UsageError, match="no link of this lens has a known date"):
        split(incidence({"a": "U1 I1"}), Lens())


def test_walks_predict_links_within_planted_communities() -> None:
    generator = np.random.default_rng(7)
    links = {}
    for number in range(240):
        community = "UI"[number % 2]
        members = generator.choice(25, 2, replace=False)
        links[f"a{number:03}"] = LinkSpec(
            " ".join(f"{community}{n}" for n in sorted(members.tolist())), start=OLD if number < 120 else NEW
        )
    result = accuracy(incidence(links))
    assert result["walk"]["actors"] >= 40
    assert result["walk"]["lower"] > 0.6
    assert result["walk"]["lower"] > result["popularity"]["upper"]
    assert result["walk"]["precision"] > 1.3 * result["random"]["precision"]


@pytest.fixture(scope="module")
def boards(shared: Path) -> Incidence:
    """The directors of each company in each year."""
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


def test_walks_predict_shared_boards_of_irish_directors(boards: Incidence) -> None:
    result = accuracy(boards, date(2010, 1, 1))
    assert result["walk"]["actors"] > 100
    assert result["walk"]["auc"] == max(row["auc"] for row in result.values())
    assert result["walk"]["lower"] > result["popularity"]["upper"]
    assert result["walk"]["precision"] > result["random"]["precision"]


def test_walks_do_not_predict_boards_after_the_financial_crisis(boards: Incidence) -> None:
    result = accuracy(boards, date(2008, 1, 1))
    assert result["walk"]["actors"] > 100
    assert result["walk"]["auc"] < 0.5
