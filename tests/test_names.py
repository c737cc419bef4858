"""Lookup by name, with suggestions."""

import pytest

from kg import names
from kg.errors import UsageError
from kg.measure import MEASURES
from kg.texts import Message


def test_a_value_is_found_by_its_name() -> None:
    assert names.find(Message("measure"), MEASURES[2].name, MEASURES) is MEASURES[2]


def test_a_mistyped_name_gets_the_nearest_names() -> None:
    with pytest.raises(UsageError, match="there is no measure 'betwenness'; did you mean betweenness"):
        names.find(Message("measure"), "betwenness", MEASURES)


def test_another_name_gets_the_hint_or_all_names() -> None:
    with pytest.raises(UsageError, match=r"there is no measure 'xyzzy'; there are: degree, .*pagerank"):
        names.find(Message("measure"), "xyzzy", MEASURES)
    with pytest.raises(UsageError, match=r"there is no measure 'xyzzy'; kg methods lists them$"):
        names.find(Message("measure"), "xyzzy", MEASURES, Message("kg methods lists them"))
