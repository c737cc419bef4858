"""What the first source says and does not say, as `kg query` and `kg show` answer it from the shipped graphs.

One test for each trap that the source holds for a reader in a hurry.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.questions import rows
from helpers.stores import kg
from helpers.turtle import iri

from kg.network.incidence.load import load_incidence
from kg.query import describe, evidence, lookup, questions
from kg.store.local import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View

CHINA_DAILY = "China Daily"
CHINA_NEWS = "China News Service, copy on Tianjin Daily site"
GUANGMING = "Guangming Daily via CRI Online"
STDAILY = "Science and Technology Daily"
DEPARTMENTS = {"id/sx-edu", "id/sx-iit", "id/sx-st"}


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with Store(built).view() as opened:
        yield opened


def shown(view: View, text: str, word: str) -> set[str]:
    """The values, as keys, that `kg show` gives of `text` under `word`."""
    table = describe.describe(view, lookup.lookup(view, text), "en")
    return {str(row[1]).removeprefix(iri("")) for row in table.rows if row[0] == word}


def test_huawei_co_built_the_ai_college_inside_the_university_which_is_its_only_host(view: View) -> None:
    (row,) = rows(view, "co-built-units", unit="xaut-ai")
    assert (row["unit"], row["host"], row["cobuilder"]) == ("id/xaut-ai", "id/xaut", "id/huawei")
    assert "evidence/chinadaily-2025-11-11/s599-717" in row["evidence"].split()
    names = {row["name"] for row in rows(view, "names", actor="xaut-ai")}
    assert "Artificial Intelligence Cross Modern Industry College" in names
    assert shown(view, "xaut-ai", "host") == {"id/xaut"}


def test_huawei_is_not_a_party_of_the_agreement_with_36_enterprises(view: View) -> None:
    parties = rows(view, "parties", link="link/xaut-36")
    assert {(row["actor"], row["count"]) for row in parties} == {("id/xaut", None), (None, 36)}
    assert "id/link/xaut-36" not in shown(view, "huawei", "link as party")
    assert "id/link/xaut-36/group/enterprises" not in shown(view, "huawei", "named in")


def test_exactly_36_are_declared_besides_the_university_none_is_named_and_the_arity_is_unstated(view: View) -> None:
    (row,) = rows(view, "declared-parties", link="link/xaut-36")
    assert (row["declared"], row["count_kind"], row["includes_named"]) == (36, "exact", False)
    assert (row["named"], row["coverage"]) == (0, 0.0)
    assert row["arity"] == "unstated"


def test_13_institutions_are_declared_and_each_source_names_its_own(view: View) -> None:
    found = rows(view, "named-of-announced", link="link/xaut-13")
    assert {(row["declared"], row["count_kind"]) for row in found} == {(13, "exact")}
    english = {row["unit"] for row in found if row["publisher"] == CHINA_DAILY}
    chinese = {row["unit"] for row in found if row["publisher"] == CHINA_NEWS}
    assert english == {"id/xaut-ug", "id/xaut-stri", "id/xaut-ftc", "id/xaut-ai"}
    assert chinese == english | {"id/xaut-eec"}
    guangming = {row["unit"] for row in found if row["publisher"] == GUANGMING}
    assert guangming == {"id/xaut-eec", "id/xaut-ftc", "id/xaut-stri"}
    assert {row["unit"] for row in found if row["publisher"] == STDAILY} == chinese
    assert {row["publisher"] for row in found} == {CHINA_DAILY, CHINA_NEWS, GUANGMING, STDAILY}


def test_more_than_280_resources_is_a_lower_bound_of_resources_or_of_bases(view: View) -> None:
    found = rows(view, "resources", link="link/xaut-eec-280")
    assert {(row["count"], row["count_kind"]) for row in found} == {(280, "moreThan")}
    assert {row["thing"]: row["evidence"] for row in found} == {
        "resources": "evidence/chinadaily-2025-11-11/s1420-1653",
        "bases": "evidence/tianjindaily.com.cn-168806/xaut-eec-280",
    }


def test_the_plan_runs_from_2024_to_2035_and_is_in_force_on_the_day_of_the_event(view: View) -> None:
    (stated,) = rows(view, "dates", of="plan/jyqs-sx")
    assert (stated["stated_as"], stated["precision"]) == ("2024-2035", "year")
    assert (stated["start_earliest"], stated["start_latest"]) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (stated["end_earliest"], stated["end_latest"]) == (date(2035, 1, 1), date(2035, 12, 31))

    def in_force(day: str) -> str | None:
        found = {row["plan"]: row["in_force"] for row in rows(view, "plans-in-force", date=day)}
        return found.get("id/plan/jyqs-sx")

    assert in_force("2025-11-08") == "yes"
    assert [in_force(day) for day in ("2024-06-01", "2035-06-01")] == ["unknown", "unknown"]  # years, not days
    assert [in_force(day) for day in ("2023-12-31", "2036-01-01")] == [None, None]


def test_the_support_for_the_plan_is_the_reports_claim_and_no_act(view: View) -> None:
    found = rows(view, "plan-supporters", plan="plan/jyqs-sx")
    assert {row["about"] for row in found} == {"id/link/xaut-13", "id/link/xaut-huawei-ai"}
    assert {(row["stance"], row["modality"]) for row in found} == {("supports", "asserted")}
    assert {(row["claimed_by"], row["publisher"]) for row in found} == {("source/chinadaily-2025-11-11", CHINA_DAILY)}
    assert shown(view, "plan/jyqs-sx", "link under it") == set()


def test_three_departments_guided_or_oversaw_the_event_as_the_sources_differ(view: View) -> None:
    found = [row for row in rows(view, "government-roles", university="xaut") if row["link"] == "id/link/xaut-guid"]
    by_role = {role: {row["department"] for row in found if row["role"] == role} for role in ("guide", "overseer")}
    assert by_role == {"guide": DEPARTMENTS, "overseer": DEPARTMENTS}
    assert {row["role"]: row["evidence"] for row in found} == {
        "guide": "evidence/tianjindaily.com.cn-168806/xaut-guid",
        "overseer": "evidence/chinadaily-2025-11-11/s169-388",
    }


def test_one_of_the_three_departments_is_also_a_party_of_the_strategic_agreement(view: View) -> None:
    found = rows(view, "government-roles", university="xaut")
    parties = {row["department"] for row in found if row["role"] == "party" and row["link"] == "id/link/xaut-sxiit"}
    assert parties == {"id/sx-iit"}
    assert not {row["department"] for row in found if row["role"] == "party"} & (DEPARTMENTS - parties)


def test_the_day_of_the_event_is_in_the_report_and_the_year_in_its_address(view: View) -> None:
    found = {row["evidence"].removeprefix("evidence/"): row for row in rows(view, "dates", of="event/xaut-2025")}
    day, year = found["chinadaily-2025-11-11/s0-168"], found["chinadaily-2025-11-11/address"]
    assert (day["stated_as"], day["precision"], day["start_earliest"]) == ("--11-08", "monthDay", None)
    assert (year["stated_as"], year["precision"], year["reading"]) == ("2025", "year", "address")
    other = found["tianjindaily.com.cn-168806/event/xaut-2025"]
    assert (other["stated_as"], other["precision"], other["start_earliest"]) == ("--11-08", "monthDay", None)
    inferred = evidence.find(view, "ev:editors/inference/xaut-2025-date")
    assert set(inferred.derived_from) == {iri(day["evidence"]), iri(year["evidence"])}


def test_the_alliance_has_topics_and_no_known_member(view: View) -> None:
    found = rows(view, "alliance", alliance="almgmo")
    topics = {row["value_label"] for row in found if row["relation"] == "topic"}
    assert {f"{metal} deep processing" for metal in ("aluminium", "magnesium", "molybdenum")} <= topics
    assert {"industry chain", "discipline chain"} <= topics
    assert {row["relation"] for row in found} == {"topic", "initiator", "no known member"}
    assert [row["value"] for row in found if row["relation"] == "initiator"] == ["id/xaut"]


def test_no_alliance_is_said_to_have_no_known_member_that_has_one(view: View) -> None:
    found = rows(view, "alliance")
    actors = set(load_incidence(view).actors["iri"].to_pylist())
    with_members = {row["alliance"] for row in found if row["relation"] == "member" and iri(row["value"]) in actors}
    assert with_members
    assert not with_members & {row["alliance"] for row in found if row["relation"] == "no known member"}


@pytest.mark.parametrize("question", ["parties", "named-of-announced", "co-built-units", "government-roles"])
def test_the_evidence_of_an_answer_is_told_by_the_command(view: View, built: Path, question: str) -> None:
    row = next(row for row in rows(view, question) if "xaut" in str(row.get("link") or row.get("unit")))
    cited = row["evidence"].split()
    done = kg("evidence", *map(iri, cited), "--format", "json", store=built)
    assert (done.status, done.err) == (0, "")
    assert all(f'"evidence": "{iri(one)}"' in done.out for one in cited)
    assert done.out.count('"field": "publisher"') == len(cited)


def test_every_question_answers_in_a_column_of_evidence(view: View) -> None:
    for question in questions.listed():
        if question.answered_by:
            continue
        assert "?evidence" in question.text.partition("{")[0], question.name
    assert view.size().links == 246
