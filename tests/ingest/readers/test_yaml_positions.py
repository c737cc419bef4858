"""YAML values have positions, and errors give line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest.readers import yaml_positions

if TYPE_CHECKING:
    from kg.ingest.readers.yaml_positions import Node


def plain(node: Node) -> object:
    if node.kind == "a mapping":
        return {name: plain(value) for name, value in node.entries()}
    return node.text() if isinstance(node.value, str) else [plain(item) for item in node.items()]


def test_scalars_are_texts() -> None:
    assert plain(yaml_positions.parse("a: [1, yes, 2025-01-01]\nb: {c: 0x1F}\n", "m.yaml")) == {
        "a": ["1", "yes", "2025-01-01"],
        "b": {"c": "0x1F"},
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "m.yaml: the file is empty"),
        ("a: [1", "m.yaml:1:6: expected ',' or ']'"),
        ("a: 1\na: 2", "m.yaml:2:1: 'a' is repeated"),
        ("a: &x 1\nb: *x", "m.yaml: aliases (* and <<) are not supported; write the value out"),
        ("a: " + "[" * (yaml_positions.MAX_LENGTH - 3), "m.yaml: the YAML is nested too deeply"),
        ("- " * 21 + "a", "m.yaml: the YAML is nested too deeply"),
        ("a\x00b", "m.yaml: is not valid YAML"),
        ("a" * (yaml_positions.MAX_LENGTH + 1), "m.yaml: more than 1048576 characters"),
        ("? [a]\n: 1", "m.yaml:1:3: a text is required here, not a list"),
    ],
)
def test_invalid_yaml_is_reported_with_its_position(text: str, expected: str) -> None:
    with pytest.raises(InputError, match=re.escape(expected)):
        yaml_positions.parse(text, "m.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b: 1", "m.yaml:1:1: 'b' is not allowed here; use one of: a, c"),
        ("c: 1", "m.yaml:1:1: add the missing a"),
        ("- a", "m.yaml:1:1: a mapping of names to values is required here, not a list"),
    ],
)
def test_a_mapping_has_required_and_optional_fields_only(text: str, expected: str) -> None:
    with pytest.raises(InputError, match=re.escape(expected)):
        yaml_positions.parse(text, "m.yaml").fields(("a",), ("c",))


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_reported(text: str) -> None:
    message = ""
    try:
        yaml_positions.parse(text, "m.yaml")
    except InputError as error:
        message = str(error)
    assert re.fullmatch(r"(m\.yaml(:[0-9]+:[0-9]+)?: .+)?", message)
