"""Messages: rendering in both languages, and values that are texts themselves."""

from __future__ import annotations

import pickle

import pytest

from kg.errors import UsageError
from kg.rdf.ontology import Concept
from kg.texts import Detail, Message, Text, alternatives, listed


def test_a_message_is_rendered_in_both_languages() -> None:
    message = Message("there are: {known}", known=listed(["a", "b"]))
    assert message.pair == ("there are: a, b", "可用的有：a、b")


def test_a_text_among_the_values_is_inserted_in_each_language() -> None:
    message = Message("party: {role}", role=Text("host", "依托单位"))
    assert (message.en, message.zh) == ("party: host", "参与方：依托单位")


def test_a_message_without_values_keeps_its_places() -> None:
    template = Message("Lens: {parts}.")
    assert template.en == "Lens: {parts}."
    assert template.format(parts="x").en == "Lens: x."


def test_a_message_that_the_catalogue_lacks_is_english() -> None:
    assert Message("not in the catalogue").localise("zh") == "not in the catalogue"


def test_alternatives_are_joined_in_each_language() -> None:
    assert alternatives(["a", "b"]).pair == ("a or b", "a 或 b")


def test_a_detail_has_the_texts_of_its_note() -> None:
    assert Detail(Text("a", "甲")).pair == ("a", "甲")


def test_a_message_has_no_language_of_its_own() -> None:
    with pytest.raises(TypeError):
        str(Message("none"))


@pytest.mark.parametrize(
    "text",
    [
        Message("party: {role}", role="host"),
        Message("party: {role}", role=alternatives(["a", Text("b", "乙")])),
        Detail(Message("none")),
        Concept("sector", "firm"),
    ],
    ids=["message", "joined", "detail", "concept"],
)
def test_a_pickled_text_is_the_same(text: Text) -> None:
    assert pickle.loads(pickle.dumps(text)) == text  # noqa: S301 - our own bytes


def test_an_error_has_both_languages_and_prints_english() -> None:
    error = UsageError("there is no {kind} {name!r}; {remedy}", kind=Message("measure"), name="x", remedy="y")
    assert str(error) == "there is no measure 'x'; y"
    assert error.message.localise("zh") == "没有名为“x”的指标；y"


def test_a_quoted_value_has_the_quotation_marks_of_the_language() -> None:
    text = Message("there is no {kind} {name!r}; {remedy}", kind="a", name="x", remedy="b")
    assert ("'x'" in text.en, "“x”" in text.zh) == (True, True)
