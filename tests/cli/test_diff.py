"""`kg diff`: the changes between two days, and between two states of the data."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, Done, error_of, kg, make
from helpers.turtle import SOURCE, graph_file, in_evidence

if TYPE_CHECKING:
    from pathlib import Path

_PARTIES = """hx:participation <id/link/{0}/a>, <id/link/{0}/b> .
    <id/link/{0}/a> a hx:Participation ; hx:participant id:north ; hx:role <scheme/role/party> .
    <id/link/{0}/b> a hx:Participation ; hx:participant id:{1} ; hx:role <scheme/role/party> ."""


def _agreement(key: str, partner: str, more: str) -> str:
    head = f'<id/link/{key}> a hx:Link, hx:Agreement ; skos:prefLabel "{key}"@en ; hx:arity <scheme/arity/bilateral> ;'
    kind = "hx:kind <scheme/kind/CooperationAgreement> ; hx:stage <scheme/stage/signed> ;"
    return f"{head} {kind} {more} {_PARTIES.format(key, partner)}\n"


def _days(name: str, first: str, last: str = "") -> str:
    days = f'hx:{name}Earliest "{first}"^^xsd:date ; hx:{name}Latest "{last or first}"^^xsd:date ;'
    return days + (' hx:statedAs "a period" ;' if last else "")


FIRST = _days("start", "2021-03-01") + _days("end", "2023-02-28")
SECOND = _days("start", "2023-05-01") + " hx:renews <id/link/first> ;"
UNDATED = _days("end", "2023-06-30")
VAGUE = _days("start", "2022-12-01", "2023-01-31")


def rows(done: Done) -> list[tuple[str, str, str, str]]:
    assert done.status == 0, done.err
    names = ("change", "node", "before", "after")
    table = csv.DictReader(io.StringIO(done.out))
    return [tuple(row[name].rpartition("/id/link/")[2] or row[name] for name in names) for row in table]  # type: ignore[misc]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two stores: ``old``, the small files, and ``new``, with four more links."""
    folder = tmp_path_factory.mktemp("diff")
    more = _agreement("first", "anvil", FIRST) + _agreement("second", "anvil", SECOND)
    more += _agreement("undated", "bellows", UNDATED)
    file = graph_file(folder, SOURCE + in_evidence(more + _agreement("vague", "crucible", VAGUE)))
    make(folder / "old", SMALL)
    make(folder / "new", SMALL, file)
    return folder


def test_two_days_list_what_certainly_began_ended_and_was_renewed(folder: Path) -> None:
    done = kg("diff", "2022", "2023", "--format", "csv", "--samples", "2", store=folder / "new")
    assert rows(done) == [
        ("begun", "second", "", "2023-05-01"),
        ("ended", "first", "2021-03-01", "2023-02-28"),
        ("ended", "undated", "", "2023-06-30"),
        ("renewed", "first", "", "id:link/second"),
        ("rank", "https://w3id.org/helix-kg/id/crucible", "2", "3"),
    ]
    counts = "links begun: 1; links ended: 2; links renewed: 1; ranks moved beyond their intervals: 1"
    assert done.err == f"From 2022-12-31 to 2023-12-31: {counts}.\n"


def test_two_stores_list_links_that_were_added_and_removed(folder: Path) -> None:
    there, back = (
        rows(kg("diff", folder / one, "--format", "csv", "--samples", "2", store=folder / other))
        for one, other in (("old", "new"), ("new", "old"))
    )
    assert [row[:2] for row in there] == [("added", key) for key in ("first", "second", "undated", "vague")]
    assert there[3][3] == "2022-12-01/2023-01-31"
    assert [row[:2] for row in back] == [("removed", key) for key in ("first", "second", "undated", "vague")]


def test_equal_states_have_no_changes(folder: Path) -> None:
    done = kg("diff", folder / "old", SMALL, "--samples", "2")
    assert "nothing changed" in done.err


@pytest.mark.parametrize(
    ("end", "first"),
    [("2026-06-30", ("ended", "lab", "", "2026-06-30")), ("9999-06-30", ("changed", "lab", "", "end 9999-06-30"))],
)
def test_changed_facts_are_listed_with_both_values(
    folder: Path, tmp_path: Path, end: str, first: tuple[str, ...]
) -> None:
    text = SMALL.read_text(encoding="utf-8")
    signed = text.replace("hx:stage stage:announced", f"hx:stage stage:signed ; {_days('end', end)[:-2]}")
    assert signed != text
    make(tmp_path / "later", graph_file(tmp_path, signed.replace("id:anvil ; hx:role role:party .\n}", "")))
    done = kg("diff", folder / "old", "--format", "csv", "--samples", "2", store=tmp_path / "later")
    assert sorted(rows(done)) == sorted([first, ("changed", "lab", "stage announced", "stage signed")])


def test_merged_organisations_are_listed_and_their_links_are_not(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "merged"
    assert kg("build", SMALL, store=store).status == 0
    details = ("--reason", "The same page.", "--author", "Li", "--date", "2026-11-24", "-o", tmp_path / "j.ttl")
    assert kg("resolve", "judge", "anvil", "crucible", "same", *details, store=store).status == 0
    found = rows(kg("diff", folder / "old", "--format", "csv", "--samples", "2", store=store))
    assert [row[0] for row in found] == ["merged", "rank"]
    assert {found[0][1], found[0][3]} == {"https://w3id.org/helix-kg/id/crucible", "id:anvil"}


def test_a_rank_moves_if_its_intervals_do_not_overlap(folder: Path, tmp_path: Path) -> None:
    hub = "".join(_agreement(f"hub{number}", firm, "") for number, firm in enumerate(("anvil", "bellows", "crucible")))
    swapped = hub.replace("hx:participant id:north", "hx:participant id:mines")
    make(tmp_path / "old", SMALL, graph_file(tmp_path, SOURCE + in_evidence(hub)))
    make(tmp_path / "new", SMALL, graph_file(tmp_path, SOURCE + in_evidence(swapped)))
    words = ("diff", tmp_path / "old", tmp_path / "new", "--format", "csv", "--samples", "20")
    moved = [row for row in rows(kg(*words)) if row[0] == "rank"]
    same = rows(kg("diff", folder / "old", folder / "old", "--format", "csv", "--samples", "20"))
    assert moved
    assert all(before != after for _, _, before, after in moved)
    assert same == []


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("2023",), 2, "2023 is a day; compare two days, or two stores or files"),
        (("2024", "2023"), 2, "2024-12-31 is not before 2023-12-31; write the earlier day first"),
        (("2023-02-30", "2024"), 2, "2023-02-30: there is no such day; write YYYY-MM-DD or YYYY"),
        (("2022", "2023", "--since", "2020-01-01"), 2, "--since and --until select days themselves"),
        (("nowhere",), 1, "nowhere: the store does not exist"),
        (("2022", "2023", "--sector", "farm"), 2, "farm"),
    ],
)
def test_errors_are_one_sentence(folder: Path, words: tuple[str, ...], status: int, message: str) -> None:
    assert message in error_of(kg("diff", *words, store=folder / "new"), status=status)
