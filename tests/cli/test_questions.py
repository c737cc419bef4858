"""`kg questions`: what can be asked by name."""

import json

from helpers.stores import kg

from kg.query import questions

NAMES = [asked.name for asked in questions.listed()]


def test_each_question_is_listed_with_its_words_and_parameters() -> None:
    done = kg("questions", "--format", "json")
    assert (done.status, done.err) == (0, "")
    rows = json.loads(done.out)
    assert [list(row) for row in rows] == [["question", "asks", "parameters", "answered_by"]] * len(NAMES)
    assert [row["question"] for row in rows] == NAMES == sorted(NAMES)
    asked = {row["question"]: row for row in rows}
    assert asked["parties"]["parameters"] == "[link]"
    assert asked["plans-in-force"]["parameters"] == "date"
    assert asked["parties"]["asks"].endswith("?")
    assert asked["parties"]["answered_by"] == "kg query parties"
    assert asked["central-partners"]["answered_by"].startswith("kg rank ")
    assert asked["changes"]["answered_by"] == "kg query changes"
    assert asked["changes"]["parameters"] == "date"


def test_they_ask_in_chinese_too() -> None:
    rows = json.loads(kg("questions", "--lang", "zh", "--format", "json").out)
    assert all(row["asks"].endswith("？") for row in rows)


def test_no_store_is_needed() -> None:
    for form in ("table", "csv", "tsv"):
        done = kg("questions", "--format", form)
        assert done.status == 0
        assert all(name in done.out for name in NAMES)
