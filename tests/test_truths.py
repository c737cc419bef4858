"""Answers of `kg query` and `kg show` about the first source: one test for each of its traps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.questions import rows
from helpers.stores import kg
from helpers.turtle import iri

from kg.network.incidence.load import load_incidence
from kg.query import describe, evidence, lookup, questions
from kg.store.local import LocalStore

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
    with LocalStore(built).view() as opened:
        yield opened


def values(view: View, text: str, word: str) -> set[str]:
    """Return the values, as keys, that `kg show` prints for `text` under `word`."""
    table = describe.describe(view, lookup.lookup(view, text), "en")
    return {str(row[1]).removeprefix(iri("")) for row in table.rows if row[0] == word}


def test_huawei_co_built_the_ai_college_and_the_university_is_its_only_host(view: View) -> None:
    (row,) = rows(view, "co-built-units", unit="xaut-ai")
    assert (row["unit"], row["host"], row["cobuilder"]) == ("id/xaut-ai", "id/xaut", "id/huawei")
    assert "evidence/chinadaily-2025-11-11/s599-717" in row["evidence"].split()
    names = {row["name"] for row in rows(view, "names", actor="xaut-ai")}
    assert "Artificial Intelligence Cross Modern Industry College" in names
    assert values(view, "xaut-ai", "host") == {"id/xaut"}


def test_huawei_is_not_a_party_of_the_agreement_with_36_enterprises(view: View) -> None:
    parties = rows(view, "parties", link="link/xaut-36")
    assert {(row["actor"], row["count"]) for row in parties} == {("id/xaut", None), (None, 36)}
    assert "id/link/xaut-36" not in values(view, "huawei", "link as party")
    assert "id/link/xaut-36/group/enterprises" not in values(view, "huawei", "named in")


def test_36_enterprises_are_declared_none_is_named_and_the_arity_is_unstated(view: View) -> None:
    (row,) = rows(view, "declared-parties", link="link/xaut-36")
    assert (row["declared"], row["count_kind"], row["includes_named"]) == (36, "exact", False)
    assert (row["named"], row["coverage"]) == (0, 0.0)
    assert row["arity"] == "unstated"


def test_13_institutions_are_declared_and_each_source_names_some(view: View) -> None:
    answer = rows(view, "named-of-announced", link="link/xaut-13")
    assert {(row["declared"], row["count_kind"]) for row in answer} == {(13, "exact")}
    english = {row["unit"] for row in answer if row["publisher"] == CHINA_DAILY}
    chinese = {row["unit"] for row in answer if row["publisher"] == CHINA_NEWS}
    assert english == {"id/xaut-ug", "id/xaut-stri", "id/xaut-ftc", "id/xaut-ai"}
    assert chinese == english | {"id/xaut-eec"}
    guangming = {row["unit"] for row in answer if row["publisher"] == GUANGMING}
    assert guangming == {"id/xaut-eec", "id/xaut-ftc", "id/xaut-stri"}
    assert {row["unit"] for row in answer if row["publisher"] == STDAILY} == chinese
    assert {row["publisher"] for row in answer} == {CHINA_DAILY, CHINA_NEWS, GUANGMING, STDAILY}


def test_more_than_280_is_a_lower_bound_of_resources_or_bases(view: View) -> None:
    answer = rows(view, "resources", link="link/xaut-eec-280")
    assert {(row["count"], row["count_kind"]) for row in answer} == {(280, "moreThan")}
    assert {row["thing"]: row["evidence"] for row in answer} == {
        "resources": "evidence/chinadaily-2025-11-11/s1420-1653",
        "bases": "evidence/tianjindaily.com.cn-168806/xaut-eec-280",
    }


def test_the_plan_runs_from_2024_to_2035_and_is_in_force_at_the_event(view: View) -> None:
    (stated,) = rows(view, "dates", of="plan/jyqs-sx")
    assert (stated["stated_as"], stated["precision"]) == ("2024-2035", "year")
    assert (stated["start_earliest"], stated["start_latest"]) == (date(2024, 1, 1), date(2024, 1, 1))
    assert (stated["end_earliest"], stated["end_latest"]) == (date(2035, 12, 31), date(2035, 12, 31))

    def in_force(day: str) -> str | None:
        answer = {row["plan"]: row["in_force"] for row in rows(view, "plans-in-force", date=day)}
        return answer.get("id/plan/jyqs-sx")

    # A planning period runs from the first day of its first year to the last day of its last.
    assert [in_force(day) for day in ("2024-01-01", "2025-11-08", "2035-12-31")] == ["yes", "yes", "yes"]
    assert [in_force(day) for day in ("2023-12-31", "2036-01-01")] == [None, None]


def test_support_for_the_plan_is_a_claim_and_not_an_act(view: View) -> None:
    answer = rows(view, "plan-supporters", plan="plan/jyqs-sx")
    assert {row["about"] for row in answer} == {"id/link/xaut-13", "id/link/xaut-huawei-ai"}
    assert {(row["stance"], row["modality"]) for row in answer} == {("supports", "asserted")}
    assert {(row["claimed_by"], row["publisher"]) for row in answer} == {("source/chinadaily-2025-11-11", CHINA_DAILY)}
    assert values(view, "plan/jyqs-sx", "link under it") == set()


def test_sources_differ_on_the_role_of_three_departments(view: View) -> None:
    answer = [row for row in rows(view, "government-roles", university="xaut") if row["link"] == "id/link/xaut-guid"]
    by_role = {role: {row["department"] for row in answer if row["role"] == role} for role in ("guide", "overseer")}
    assert by_role == {"guide": DEPARTMENTS, "overseer": DEPARTMENTS}
    assert {row["role"]: row["evidence"] for row in answer} == {
        "guide": "evidence/tianjindaily.com.cn-168806/xaut-guid",
        "overseer": "evidence/chinadaily-2025-11-11/s169-388",
    }


def test_one_of_the_departments_is_also_a_party_of_the_agreement(view: View) -> None:
    answer = rows(view, "government-roles", university="xaut")
    parties = {row["department"] for row in answer if row["role"] == "party" and row["link"] == "id/link/xaut-sxiit"}
    assert parties == {"id/sx-iit"}
    assert not {row["department"] for row in answer if row["role"] == "party"} & (DEPARTMENTS - parties)


def test_the_day_comes_from_the_report_and_the_year_from_its_address(view: View) -> None:
    answer = {row["evidence"].removeprefix("evidence/"): row for row in rows(view, "dates", of="event/xaut-2025")}
    day, year = answer["chinadaily-2025-11-11/s0-168"], answer["chinadaily-2025-11-11/address"]
    assert (day["stated_as"], day["precision"], day["start_earliest"]) == ("--11-08", "monthDay", None)
    assert (year["stated_as"], year["precision"], year["reading"]) == ("2025", "year", "address")
    other = answer["tianjindaily.com.cn-168806/event/xaut-2025"]
    assert (other["stated_as"], other["precision"], other["start_earliest"]) == ("--11-08", "monthDay", None)
    inferred = evidence.find(view, "ev:editors/inference/xaut-2025-date")
    assert set(inferred.derived_from) == {iri(day["evidence"]), iri(year["evidence"])}


def test_the_alliance_has_topics_but_no_known_members(view: View) -> None:
    answer = rows(view, "alliance", alliance="almgmo")
    topics = {row["value_label"] for row in answer if row["relation"] == "topic"}
    assert {f"{metal} deep processing" for metal in ("aluminium", "magnesium", "molybdenum")} <= topics
    assert {"industry chain", "discipline chain"} <= topics
    assert {row["relation"] for row in answer} == {"topic", "initiator", "no other known member"}
    assert [row["value"] for row in answer if row["relation"] == "initiator"] == ["id/xaut"]


def test_only_alliances_without_members_are_listed_as_such(view: View) -> None:
    answer = rows(view, "alliance")
    actors = set(load_incidence(view).actors["iri"].to_pylist())
    with_members = {row["alliance"] for row in answer if row["relation"] == "member" and iri(row["value"]) in actors}
    assert with_members
    assert not with_members & {row["alliance"] for row in answer if row["relation"].endswith("known member")}


@pytest.mark.parametrize("question", ["parties", "named-of-announced", "co-built-units", "government-roles"])
def test_kg_evidence_prints_the_evidence_of_an_answer(view: View, built: Path, question: str) -> None:
    row = next(row for row in rows(view, question) if "xaut" in str(row.get("link") or row.get("unit")))
    cited = row["evidence"].split()
    done = kg("evidence", *map(iri, cited), "--format", "json", store=built)
    assert (done.status, done.err) == (0, "")
    assert all(f'"evidence": "{iri(one)}"' in done.out for one in cited)
    assert done.out.count('"field": "publisher"') == len(cited)


def test_every_question_has_a_column_of_evidence(view: View) -> None:
    for question in questions.all_questions():
        if question.answered_by:
            continue
        query = question.text.partition("\nSELECT ")[2]
        assert "?evidence" in query.partition("{")[0], question.name
    assert view.size().links == 363


def test_an_initiator_is_a_member(view: View) -> None:
    relations = {row["relation"] for row in rows(view, "alliance", alliance="ii-gtt-23")}
    assert {"initiator", "no other known member"} <= relations
    assert "no known member" not in relations


def test_dates_that_nest_and_places_within_another_agree(view: View) -> None:
    answer = {(row["subject"], row["property"]) for row in rows(view, "disagreements")}
    assert {"id/link/byd-100", "id/link/xawl-xintong"}.isdisjoint(subject for subject, _ in answer)
    assert ("id/link/ncee-1", "ontology#startEarliest") in answer


def test_a_notice_without_an_end_is_open_ended(view: View) -> None:
    answer = {row["plan"]: row["in_force"] for row in rows(view, "plans-in-force", date="2025-11-08")}
    assert answer["id/plan/gbf-95"] == "open-ended, not known to be repealed"
    assert answer["id/plan/funeng"] == "yes"
    assert answer["id/plan/mic-guide"] == "open-ended, not known to be repealed"
    assert answer["id/plan/zjtx"] == "unknown"  # its day is not known


def test_every_co_builder_is_listed_also_without_a_host_or_a_unit(view: View) -> None:
    stated = {
        (row["link"].value, row["actor"].value)
        for row in view.select(
            """SELECT ?link ?actor { ?link hx:participation ?part . ?part hx:participant ?actor ;
            hx:role <https://w3id.org/helix-kg/scheme/role/coBuilder> . ?actor a hx:Organisation }"""
        )
    }
    answer = rows(view, "co-built-units")
    assert {(iri(row["link"]), iri(row["cobuilder"])) for row in answer} == stated
    assert {row["host"] is None for row in answer} == {True, False}
    assert {row["unit"] is None for row in answer} == {True, False}


def test_a_gap_in_a_chain_states_the_links_that_are_held(view: View) -> None:
    answer = rows(view, "gaps-in-chain", chain="sch:field/photovoltaics", region="place/shaanxi")
    held = {row["university"]: row["links_held"] for row in answer}
    assert held["id/xjtu"] > 20
    assert {row["kind"] for row in answer} == {"University", "VocationalCollege"}
    assert [row["links_held"] for row in answer] == sorted(held.values(), reverse=True)


def test_a_region_may_be_named_without_its_kind(view: View) -> None:
    question = questions.find("gaps-in-chain")
    for name in ("陕西", "陕西省", "Shaanxi"):
        assert lookup.resolve_parameters(view, question, {"region": name})["region"] == iri("id/place/shaanxi")


@pytest.mark.parametrize(
    ("part", "group"), [("zjhw", "huawei"), ("casic2", "casic"), ("sx-edu", None), ("eit-rm", None)]
)
def test_subsidiaries_have_a_group_and_departments_have_none(view: View, part: str, group: str | None) -> None:
    actors = load_incidence(view).actors
    iris = actors["iri"].to_pylist()
    row = actors["parent"][iris.index(iri(f"id/{part}"))].as_py()
    assert (None if row < 0 else iris[row]) == (group and iri(f"id/{group}"))
