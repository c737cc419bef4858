"""Rankings: columns, ranks of equal scores, coverage, notes and errors."""

from dataclasses import replace
from typing import Any

import pytest
from helpers.networks import ID, TOY, ActorSpec, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given

from kg.errors import UsageError
from kg.measure import MEASURES, Measure, Scores, find
from kg.measure.rank import COLUMNS, ordered, rank
from kg.measure.star import chosen
from kg.model import Table
from kg.network import Mode, Network, build
from kg.texts import localise


def column(table: Table, name: str) -> list[Any]:
    place = table.columns.index(name)
    return [row[place] for row in table.rows]


def actors(table: Table) -> list[str]:
    return [str(iri).removeprefix(ID) for iri in column(table, "actor")]


def test_a_ranking_has_the_documented_columns() -> None:
    table = rank(build(incidence(TOY)))
    assert (
        ", ".join(table.columns)
        == ", ".join(COLUMNS)
        == "rank, actor, label, sector, score, named, declared, coverage, missing"
    )
    assert table.rows[0] == (1, ID + "U1", "U1", "university", 3.0, 8, 8, 1.0, "start | end | place")


def test_a_list_of_one_organisation_beside_single_reports_is_noted() -> None:
    links: dict[str, LinkSpec | str] = {f"a{n}": LinkSpec(f"U1 I{n}", sources=("daily",)) for n in range(10)}
    links["x"] = "U2 I1"
    notes = [localise(note, "en") for note in rank(build(incidence(links))).notes]
    assert any(note.startswith("Frame: 10 of 11 links are from a list of U1") for note in notes)
    assert not any("from a list of" in localise(note, "en") for note in rank(build(incidence(TOY))).notes)


def test_a_measure_of_sizes_has_bounds() -> None:
    table = rank(
        build(incidence({"a": LinkSpec("U1 I1", declared=5, is_lower_bound=True), "b": "U1 I2"})),
        "strength",
        "one-mode",
    )
    assert table.columns == (*COLUMNS[:5], "lower", "upper", *COLUMNS[5:])
    ends = zip(column(table, "lower"), column(table, "score"), column(table, "upper"), strict=True)
    assert all(lower <= score <= upper for lower, score, upper in ends)
    assert column(table, "lower") != column(table, "upper")


def test_equal_scores_share_a_rank_and_are_sorted_by_iri() -> None:
    table = rank(build(incidence(TOY)))
    assert actors(table) == ["U1", "G1", "I1", "I3", "U2", "I2"]
    assert column(table, "rank") == [1, 2, 2, 2, 2, 6]


def test_summation_error_does_not_break_ties() -> None:
    # Both scores are 1/3 + 1/5 + 1/7, summed in different orders.
    sizes = {"a": ("I1", 3), "b": ("I1", 5), "c": ("I1", 7), "d": ("I2", 7), "e": ("I2", 5), "f": ("I2", 3)}
    table = rank(
        build(incidence({key: LinkSpec(who, declared=n) for key, (who, n) in sizes.items()})), measure="strength"
    )
    assert column(table, "rank") == [1, 1]


@given(random_links(unnamed=4))
def test_ranks_are_competition_ranks(links: dict[str, str | LinkSpec]) -> None:
    table = rank(build(incidence(links)), measure="degree")
    scores = column(table, "score")
    assert scores == sorted(scores, reverse=True)
    assert column(table, "rank") == [1 + sum(other > score for other in scores) for score in scores]


def test_coverage_sums_the_parties_of_an_actors_links() -> None:
    table = rank(build(incidence({"a": LinkSpec("U1 I1", declared=37), "b": "U1 I2"})))
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["named"], row["declared"]) == (4, 39)
    assert row["coverage"] == pytest.approx(4 / 39)


def test_a_sector_selects_rows_and_restricts_ranks() -> None:
    table = rank(build(incidence(TOY)), sector="firm")
    assert actors(table) == ["I1", "I3", "I2"]
    assert column(table, "rank") == [1, 1, 3]
    assert "Ranks are among the 3 actors of the sector firm; scores are of the whole network." in notes_of(table)


def test_an_empty_sector_lists_the_existing_sectors() -> None:
    table = rank(build(incidence(TOY)), sector="institute")
    assert table.rows == ()
    assert "Sectors in this network: firm, government, university." in notes_of(table)


def test_a_limit_keeps_the_first_rows() -> None:
    network = build(incidence(TOY))
    assert rank(network, measure="closeness", limit=2).rows == rank(network, measure="closeness").rows[:2]


def test_labels_are_in_the_requested_language() -> None:
    names = ActorSpec(labels={"U1": ("Xi'an University of Technology", "西安理工大学"), "I1": (None, "华为")})
    network = build(incidence({"a": "U1 I1"}, names))
    assert column(rank(network, lang="zh"), "label") == ["华为", "西安理工大学"]
    assert column(rank(network, lang="en"), "label") == ["华为", "Xi'an University of Technology"]


def test_an_undefined_score_has_no_rank() -> None:
    table = rank(build(incidence({"a": "U1 I1 I2", "b": "U2 I3"})), measure="eigenvector")
    assert column(table, "rank") == [1, 1, 1, None, None]
    assert actors(table)[3:] == ["I3", "U2"]
    assert column(table, "score")[3:] == [None, None]
    assert any("not defined" in note for note in notes_of(table))


def test_notes_state_the_size_coverage_and_frame() -> None:
    links = {
        "a": LinkSpec("U1 I1", declared=37),
        "b": LinkSpec("U1 I2", is_lower_bound=True),
        "c": LinkSpec("U1 I3", stage="planned"),
    }
    notes = notes_of(rank(build(incidence(links))))
    assert notes[0] == "Scope: 3 actors, 2 links; 4 of at least 39 declared parties are named (10%)."
    assert notes[1].startswith("Lens: layers")
    assert notes[2:] == (
        "Left out: 1 link in another stage.",
        "The two-mode network of 3 actors and 2 links.",
        "Coverage: 4 of at least 39 declared parties are named (10%).",
        "1 of 2 links have unnamed parties.",
        "1 of 2 links declare only a lower bound of their size.",
        (
            "Frame: of the 2 links of two parties or more, 100% have a party of the sector firm, "
            "100% have a party of the sector university."
        ),
        "Sources: unknown.",
        "Score: number of links.",
        "A high score is an advantage; rank 1 is the highest.",
        "Shared ranks: joint 2nd with 1.",
    )


def test_links_without_a_tie_are_counted_in_one_mode() -> None:
    notes = notes_of(rank(build(incidence({"a": LinkSpec("U1", declared=37), "b": "U1 I2"})), mode="one-mode"))
    assert "1 of 2 links name one party here and tie it to no other actor." in notes


@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_each_measure_ranks_the_toy_network_and_describes_its_score(measure: Measure, mode: Mode) -> None:
    table = rank(build(incidence(TOY)), measure=measure.name, mode=mode)
    centrality = measure.function.__module__ in {
        "kg.measure.centrality.degree",
        "kg.measure.centrality.shortest_paths",
        "kg.measure.centrality.random_walks",
    }
    if centrality and measure.name != "core" and column(table, "score")[0] is not None:
        assert actors(table)[0] == "U1"
    assert measure.describe(mode) in table.notes


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "betweeness"}, "no measure 'betweeness'; did you mean betweenness"),
        ({"mode": "3-mode"}, "no mode '3-mode'; did you mean two-mode or one-mode"),
        ({"limit": 0}, "1 or more, not 0"),
    ],
)
def test_an_unknown_option_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        rank(build(incidence(TOY)), **options)


def test_an_empty_network_has_an_empty_ranking() -> None:
    table = rank(build(incidence({})), measure="betweenness")
    assert table.rows == ()
    assert "The two-mode network of 0 actors and 0 links." in notes_of(table)


@pytest.mark.parametrize(
    ("links", "sentence"),
    [
        ({"a": "U1 I1 I2", "b": "U2 I3 I4"}, "Shared ranks: joint 1st with 5."),
        ({"a": "U1 I1", "b": "U1 I2"}, "Shared ranks: joint 2nd with 1."),
    ],
)
def test_shared_ranks_are_listed(links: dict[str, str], sentence: str) -> None:
    assert sentence in notes_of(rank(build(incidence(links))))


def test_distinct_ranks_are_not_called_shared() -> None:
    notes = notes_of(rank(build(incidence({"a": "U1 I1", "b": "U1"}))))
    assert not any("Shared" in note for note in notes)


@pytest.mark.parametrize(
    ("measure", "start"), [("degree", "A high"), ("constraint", "A low"), ("heterogeneity", "Neither")]
)
def test_a_ranking_states_the_favourable_end(measure: str, start: str) -> None:
    notes = notes_of(rank(build(incidence(TOY)), measure))
    assert sum(note.startswith(start) for note in notes) == 1


def test_the_default_measure_of_a_star_is_degree() -> None:
    star = build(incidence({"l1": LinkSpec("a b"), "l2": LinkSpec("a c"), "l3": LinkSpec("a d c")}))
    path = build(incidence({"l1": LinkSpec("a b"), "l2": LinkSpec("b c"), "l3": LinkSpec("c d")}))
    assert (chosen(star, None), chosen(star, "katz"), chosen(path, None)) == ("degree", "katz", "betweenness")


def test_a_star_is_reported() -> None:
    star = build(incidence({"l1": LinkSpec("a b"), "l2": LinkSpec("a c"), "l3": LinkSpec("a d")}))
    assert any("takes part in 3 of the 3 links: the network is a star" in note for note in notes_of(rank(star)))
    path = build(incidence({"l1": LinkSpec("a b"), "l2": LinkSpec("b c"), "l3": LinkSpec("c d")}))
    assert not any("star" in note for note in notes_of(rank(path)))


def test_a_network_is_scored_once_for_each_measure_and_mode() -> None:
    scored: list[tuple[Network, Mode]] = []
    degree = find("degree")

    def function(network: Network, mode: Mode) -> Scores:
        scored.append((network, mode))
        return degree.function(network, mode)

    counted, (one, other) = replace(degree, function=function), (build(incidence(TOY)) for _ in range(2))
    orders = [ordered(network, counted, mode) for network in (one, other, one) for mode in ("two-mode", "one-mode")]
    assert scored == [(one, "two-mode"), (one, "one-mode"), (other, "two-mode"), (other, "one-mode")]
    assert orders[0].scores.values == orders[4].scores.values == ordered(one, degree, "two-mode").scores.values
