"""Pre-acceptance: stated facts of named parties, and no plan, bystander or unnamed party."""

from __future__ import annotations

import pytest

from kg.read import reader
from kg.read.model import Document, Proposal, digest

SIGNED = "宁江理工大学与宁江市云峰精密机械有限公司签署战略合作协议。"


def proposals(text: str, lang: str) -> dict[tuple[str, str, str], Proposal]:
    """Return the proposals of a text by relation, head and tail."""
    found = reader.read(Document("invented", text, digest(text), lang, date="2024-03-06")).proposals
    return {(one.relation, one.head.name, one.tail.name): one for one in found}


@pytest.mark.parametrize(("opening", "expected"), [("", True), ("此前，", False), ("下一步，", False)])
def test_the_opening_of_a_sentence_holds_for_its_clauses(opening: str, *, expected: bool) -> None:
    found = proposals(f"{opening}在省教育厅的指导下，{SIGNED}", "zh")
    assert found["signed", "宁江理工大学", "宁江市云峰精密机械有限公司"].preaccepted is expected


def test_two_lists_keep_their_order() -> None:
    text = f"{SIGNED}周立平与何文远分别代表宁江理工大学和宁江市云峰精密机械有限公司签字。"
    offices = {(head, tail) for relation, head, tail in proposals(text, "zh") if relation == "hasRole"}
    assert offices
    assert offices <= {("周立平", "宁江理工大学"), ("何文远", "宁江市云峰精密机械有限公司")}


def test_an_office_is_not_that_of_the_other_party() -> None:
    text = f"{SIGNED}宁江市科技局副局长杨海与何文远谈到合作。"
    assert ("hasRole", "何文远", "宁江市科技局") not in proposals(text, "zh")


def test_a_mayor_holds_no_office_of_a_party_committee() -> None:
    text = f"{SIGNED}到场的有宁江市委书记朱立、市长王智慧。"
    assert ("hasRole", "王智慧", "宁江市委") not in proposals(text, "zh")


def test_an_office_ends_the_name_of_an_institute() -> None:
    text = f"{SIGNED}宁江市云峰精密机械有限公司副总经理谢雪、宁江智能装备研究院常务副院长何文远发言。"
    assert ("hasRole", "何文远", "宁江智能装备研究院") in proposals(text, "zh")


def test_a_rule_for_every_case_names_no_agreement() -> None:
    text = "In every project a university leads, and a cooperation agreement lays down what each partner owes."
    assert not reader.read(Document("rule", text, digest(text), "en")).mentions


def test_letters_of_a_university_are_its_name() -> None:
    text = "Fudan University signed an agreement with Peak Steel Co., Ltd. Four FDU institutions were launched."
    names = {one.name for one in reader.read(Document("letters", text, digest(text), "en")).mentions}
    assert names == {"Fudan University", "Peak Steel Co., Ltd.", "agreement"}


def test_a_count_of_applicants_is_not_accepted_unseen() -> None:
    text = "The Peak Alliance has over 40 members. The Peak Alliance picked them from 90 full proposals."
    sure = {
        tail for (relation, _, tail), one in proposals(text, "en").items() if relation == "countOf" and one.preaccepted
    }
    assert sure == {"over 40 members"}
