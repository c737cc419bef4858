"""YAML by its places: what is wrong is told by line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest.readers import yaml_positions

if TYPE_CHECKING:
    from kg.ingest.readers.yaml_positions import Spot


def seen(spot: Spot) -> object:
    if spot.form == "a table":
        return {name: seen(value) for name, value in spot.entries()}
    return spot.text() if isinstance(spot.value, str) else [seen(item) for item in spot.items()]


def test_plain_values_are_texts() -> None:
    assert seen(yaml_positions.parse("a: [1, yes, 2025-01-01]\nb: {c: 0x1F}\n", "m.yaml")) == {
        "a": ["1", "yes", "2025-01-01"],
        "b": {"c": "0x1F"},
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "m.yaml: is empty"),
        ("a: [1", "m.yaml:1:6: expected ',' or ']'"),
        ("a: 1\na: 2", "m.yaml:2:1: 'a' stands here twice"),
        ("a: &x 1\nb: *x", "m.yaml: refers to another place by * or <<; write it out"),
        ("a: " + "[" * 5000 + "]" * 5000, "m.yaml: is nested too deeply"),
        ("a\x00b", "m.yaml: is no YAML"),
        ("a" * (yaml_positions.MOST + 1), "m.yaml: has more than 1048576 characters"),
        ("? [a]\n: 1", "m.yaml:1:3: a text is expected here, and there is a list"),
    ],
)
def test_what_is_no_yaml_of_ours_is_told_by_its_place(text: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        yaml_positions.parse(text, "m.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("b: 1", "m.yaml:1:1: 'b' means nothing here; there are: a, c"),
        ("c: 1", "m.yaml:1:1: a is missing here"),
        ("- a", "m.yaml:1:1: a table of names and values is expected here, and there is a list"),
    ],
)
def test_a_table_has_its_fields_and_no_others(text: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        yaml_positions.parse(text, "m.yaml").fields(("a",), ("c",))


@given(st.text(max_size=60))
def test_any_text_is_yaml_or_told(text: str) -> None:
    said = ""
    try:
        yaml_positions.parse(text, "m.yaml")
    except InputError as error:
        said = str(error)
    assert re.fullmatch(r"(m\.yaml(:[0-9]+:[0-9]+)?: .+)?", said)
