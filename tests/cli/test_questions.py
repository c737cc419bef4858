"""`kg questions`: the list of questions."""

import json

from helpers.stores import kg

from kg.query import questions

NAMES = [question.name for question in questions.all_questions()]


def test_each_question_is_listed_with_its_parameters() -> None:
    done = kg("questions", "--format", "json")
    assert (done.status, done.err) == (0, "")
    rows = json.loads(done.out)
    assert [list(row) for row in rows] == [["question", "asks", "parameters", "answered_by"]] * len(NAMES)
    assert [row["question"] for row in rows] == NAMES == sorted(NAMES)
    listed = {row["question"]: row for row in rows}
    assert listed["parties"]["parameters"] == "[link]"
    assert listed["plans-in-force"]["parameters"] == "date"
    assert listed["parties"]["asks"].endswith("?")
    assert listed["parties"]["answered_by"] == "kg query parties"
    assert listed["central-partners"]["answered_by"].startswith("kg rank ")
    assert listed["changes"]["answered_by"] == "kg query changes"
    assert listed["changes"]["parameters"] == "date"


def test_questions_have_chinese_texts() -> None:
    rows = json.loads(kg("questions", "--lang", "zh", "--format", "json").out)
    assert all(row["asks"].endswith("？") for row in rows)


def test_questions_need_no_store() -> None:
    for fmt in ("table", "csv", "tsv"):
        done = kg("questions", "--format", fmt)
        assert done.status == 0
        assert all(name in done.out for name in NAMES)
