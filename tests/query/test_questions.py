"""The shipped questions: texts, parameters, and safe binding of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import Text
from kg.query import questions
from kg.query import run as query
from kg.query.questions import Param, Question
from kg.store.local import Store

if TYPE_CHECKING:
    from pathlib import Path

ALL = {asked.name: asked for asked in questions.listed()}
QUERIES = [name for name, asked in ALL.items() if not asked.answered_by]
FILLED = {"iri": "north", "date": "2025-11-08", "integer": "1", "string": "x"}


def filled(asked: Question) -> dict[str, str]:
    return {param.name: FILLED[param.kind] for param in asked.params}


@pytest.mark.parametrize("name", ALL)
def test_a_question_has_both_languages_and_declared_parameters(name: str) -> None:
    asked = ALL[name]
    assert asked.asks.en
    assert asked.asks.en.endswith("?")
    assert asked.asks.zh
    assert asked.asks.zh.endswith("？")
    declared = [line for line in asked.text.splitlines() if line.startswith("# @param")]
    assert len(asked.params) == len(declared), "a parameter is not written as kg/questions.py says"
    for param in asked.params:
        used = param.name in (asked.shortest or ())
        assert used or f"?{param.name}" in asked.text.partition("{")[2]
        assert param.meaning.en
        assert param.meaning.zh


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_question_passes_the_checks_of_queries(name: str, lang: str, small: Path) -> None:
    with Store(small).view() as view:
        table = query.run_query(view, questions.bind(ALL[name], filled(ALL[name]), lang))
        least = {param.name: FILLED[param.kind] for param in ALL[name].params if not param.optional}
        query.run_query(view, questions.bind(ALL[name], least, lang))
    assert "evidence" in table.columns


@pytest.mark.parametrize("name", QUERIES)
def test_the_text_of_a_question_is_valid_sparql(name: str, small: Path) -> None:
    """Without its parameters the text is valid SPARQL for other tools."""
    with Store(small).view() as view:
        query.check(ALL[name].text, view)


def test_an_unknown_question_is_reported_with_the_nearest_names() -> None:
    with pytest.raises(UsageError, match=r"there is no question 'partes'; did you mean .*parties"):
        questions.find("partes")
    with pytest.raises(UsageError, match=r"there is no question 'xyzzy'; kg questions lists them"):
        questions.find("xyzzy")
    assert questions.find("parties") == ALL["parties"]


MADE = questions._question(
    "made",
    "# What? | 什么？\n# @param who iri whose | 谁\n# @param day date? since | 自\n# @param many integer=3 how many\n"
    '# @param text string? words | 词\n# just a comment\nSELECT ?many { BIND("# @param x iri" AS ?y) }\n',
)


def test_a_question_is_read_from_its_comments() -> None:
    assert MADE.asks == Text("What?", "什么？")
    assert MADE.params == (
        Param("who", "iri", optional=False, default=None, meaning=Text("whose", "谁")),
        Param("day", "date", optional=True, default=None, meaning=Text("since", "自")),
        Param("many", "integer", optional=False, default="3", meaning=Text("how many")),
        Param("text", "string", optional=True, default=None, meaning=Text("words", "词")),
    )


def test_a_default_applies_without_a_value() -> None:
    bound = questions.bind(MADE, {"who": "huawei"}, "zh")
    assert 'VALUES (?who ?many ?lang) { (<https://w3id.org/helix-kg/id/huawei> "3"^^' in bound
    assert '"zh") }' in bound
    assert '"7"^^' in questions.bind(MADE, {"who": "huawei", "many": "7"}, "en")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "the question made needs --param who=VALUE (iri: whose)"),
        ({"whom": "x"}, "the question made has no parameter 'whom'; it has who, day, many, text"),
        ({"who": "a b"}, "--param who=a b: 'a b' is not an IRI or a key such as huawei"),
        ({"who": "x", "day": "8 Nov"}, "--param day=8 Nov: '8 Nov' is not a day such as 2025-11-08"),
        ({"who": "x", "day": "2025-02-30"}, "'2025-02-30' is not a day"),
        ({"who": "x", "many": "three"}, "'three' is not a whole number"),
        ({"who": "x", "text": "\udcff"}, "is not text in UTF-8"),
        ({"who": "\udcff"}, "is not an IRI or a key"),
    ],
)
def test_missing_unknown_and_malformed_parameters_are_reported(values: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as raised:
        questions.bind(MADE, values, "en")
    assert said in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_parameter_for_a_question_without_parameters_is_refused() -> None:
    with pytest.raises(UsageError, match="the question plain has no parameter 'x'; it has none"):
        questions.bind(Question("plain", Text("?"), (), "ASK {}"), {"x": "1"}, "en")


@given(st.text(max_size=30))
def test_values_cannot_change_the_query(small: Path, text: str) -> None:
    asked = questions._question("say", "# What?\n# @param text string words\nSELECT ?text { FILTER(?text = ?text) }\n")
    try:
        bound = questions.bind(asked, {"text": text}, "en")
    except UsageError:
        return
    with Store(small).view() as view:
        assert [row["text"].value for row in view.select(bound)] == [text]
