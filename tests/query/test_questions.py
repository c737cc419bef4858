"""The shipped questions: texts, parameters, and safe binding of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.sampling import sampled
from helpers.texts import chinese, english
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from kg.errors import UsageError
from kg.model import Detail, Text
from kg.query import questions
from kg.query import run as query
from kg.query.questions import Param, Question
from kg.store.local import LocalStore
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View

ALL = {question.name: question for question in questions.all_questions()}
QUERIES = [name for name, question in ALL.items() if not question.answered_by]
FILLED = {"iri": "north", "date": "2025-11-08", "integer": "1", "string": "x"}


def filled(question: Question) -> dict[str, str]:
    return {param.name: FILLED[param.kind] for param in question.params}


@pytest.mark.parametrize("name", ALL)
def test_a_question_has_both_languages_and_declared_parameters(name: str) -> None:
    question = ALL[name]
    assert question.asks.en
    assert question.asks.en.endswith("?")
    assert question.asks.zh
    assert question.asks.zh.endswith("？")
    declared = [line for line in question.text.splitlines() if line.startswith("# @param")]
    assert len(question.params) == len(declared), "a parameter is not written as kg/questions.py says"
    for param in question.params:
        used = param.name in (question.shortest or ())
        assert used or f"?{param.name}" in question.text.partition("{")[2]
        assert param.meaning.en
        assert param.meaning.zh


@pytest.fixture(scope="module")
def view(small: Path) -> Iterator[View]:
    with LocalStore(small).view() as opened:
        yield opened


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_question_passes_the_checks_of_queries(name: str, lang: str, view: View) -> None:
    table = query.run_query(view, questions.bind(ALL[name], filled(ALL[name]), lang))
    least = {param.name: FILLED[param.kind] for param in ALL[name].params if not param.optional}
    query.run_query(view, questions.bind(ALL[name], least, lang))
    assert "evidence" in table.columns


@pytest.mark.parametrize("name", sampled(QUERIES))
def test_the_text_of_a_question_is_valid_sparql(name: str) -> None:
    """Without its parameters the text is valid SPARQL for other tools."""
    assert prepareQuery(ALL[name].text, initNs=PREFIXES).algebra.name == "SelectQuery"


@pytest.mark.parametrize("name", ALL)
def test_a_question_states_in_both_languages_what_its_answer_does_not_mean(name: str) -> None:
    frame = ALL[name].frame
    sentences = [ALL[name].caveat, ALL[name].awaits, frame.text if frame else None]
    assert sentences[0]
    for sentence in filter(None, sentences):
        assert english(sentence).endswith(".")
        assert chinese(sentence).endswith("。")


def test_the_notes_are_the_frame_the_missing_data_and_the_caveat(small: Path) -> None:
    frame = questions.Frame(Text("{have} of {of}.", "{of}之{have}。"), "?x a hx:Actor", "?x hx:region ?where")
    asked = Question(
        "x", Text("?"), (), "SELECT * {}", caveat=Text("No.", "否。"), awaits=Text("All.", "全。"), frame=frame
    )
    with LocalStore(small).view() as view:
        actors = {row["x"].value for row in view.select("SELECT ?x { ?x a hx:Actor }")}
        seated = {row["x"].value for row in view.select("SELECT ?x { ?x a hx:Actor ; hx:region ?where }")}
        (first, second, third) = query.answer_question(view, asked, {}, "en").notes
    assert (first, second, third) == (
        Text(f"{len(seated)} of {len(actors)}.", f"{len(actors)}之{len(seated)}。"),
        Text("All.", "全。"),
        Detail(Text("No.", "否。")),
    )


def test_an_unknown_question_is_reported_with_the_nearest_names() -> None:
    with pytest.raises(UsageError, match=r"there is no question 'partes'; did you mean .*parties"):
        questions.find("partes")
    with pytest.raises(UsageError, match=r"there is no question 'xyzzy'; kg questions lists them"):
        questions.find("xyzzy")
    assert questions.find("parties") == ALL["parties"]


QUESTION = questions._question(
    "example",
    "# What? | 什么？\n# @param who iri whose | 谁\n# @param day date? since | 自\n# @param many integer=3 how many\n"
    '# @param text string? words | 词\n# just a comment\nSELECT ?many { BIND("# @param x iri" AS ?y) }\n',
)


def test_a_question_is_read_from_its_comments() -> None:
    assert QUESTION.asks == Text("What?", "什么？")
    assert QUESTION.params == (
        Param("who", "iri", optional=False, default=None, meaning=Text("whose", "谁")),
        Param("day", "date", optional=True, default=None, meaning=Text("since", "自")),
        Param("many", "integer", optional=False, default="3", meaning=Text("how many")),
        Param("text", "string", optional=True, default=None, meaning=Text("words", "词")),
    )


def test_a_default_applies_without_a_value() -> None:
    bound = questions.bind(QUESTION, {"who": "huawei"}, "zh")
    assert 'VALUES (?who ?many ?lang) { (<https://w3id.org/helix-kg/id/huawei> "3"^^' in bound
    assert '"zh") }' in bound
    assert '"7"^^' in questions.bind(QUESTION, {"who": "huawei", "many": "7"}, "en")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "the question example requires --param who=VALUE (iri: whose)"),
        ({"whom": "x"}, "the question example has no parameter 'whom'; it has who, day, many, text"),
        ({"who": "a b"}, "--param who=a b: 'a b' is not an IRI or a key such as huawei"),
        ({"who": "x", "day": "8 Nov"}, "--param day=8 Nov: '8 Nov' is not a date such as 2025-11-08"),
        ({"who": "x", "day": "2025-02-30"}, "'2025-02-30' is not a date"),
        ({"who": "x", "many": "three"}, "'three' is not a whole number"),
        ({"who": "x", "text": "\udcff"}, "is not text in UTF-8"),
        ({"who": "\udcff"}, "is not an IRI or a key"),
    ],
)
def test_missing_unknown_and_malformed_parameters_are_reported(values: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        questions.bind(QUESTION, values, "en")
    assert message in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_parameter_for_a_question_without_parameters_is_refused() -> None:
    with pytest.raises(UsageError, match="the question plain has no parameter 'x'; it has none"):
        questions.bind(Question("plain", Text("?"), (), "ASK {}"), {"x": "1"}, "en")


@given(st.text(max_size=30))
def test_values_cannot_change_the_query(small: Path, text: str) -> None:
    question = questions._question(
        "say", "# What?\n# @param text string words\nSELECT ?text { FILTER(?text = ?text) }\n"
    )
    try:
        bound = questions.bind(question, {"text": text}, "en")
    except UsageError:
        return
    with LocalStore(small).view() as view:
        assert [row["text"].value for row in view.select(bound)] == [text]
