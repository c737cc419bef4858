"""A lens from the values that people write."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from kg.errors import UsageError
from kg.network import Lens
from kg.network.lens_options import LensOptions, make_lens


def test_options_are_the_fields_of_a_lens() -> None:
    assert list(LensOptions.__annotations__) == [field.name for field in fields(Lens)]
    assert make_lens() == Lens()


@pytest.mark.parametrize("layers", ["funds", ["funds"], ("funds",), {"funds"}, frozenset({"funds"}), iter(["funds"])])
def test_names_may_be_a_text_or_any_iterable(layers: Any) -> None:
    assert make_lens(layers=layers) == Lens(layers=frozenset({"funds"}))


def test_no_names_differ_from_the_default() -> None:
    assert make_lens(stages=[]).stages == frozenset()
    assert make_lens(stages=None).stages is None


def test_dates_may_be_texts() -> None:
    lens = make_lens(since="2020-01-01", until=date(2020, 12, 31), between=["university", "firm"])  # type: ignore[arg-type] # the test passes a list, as JSON does
    assert lens == Lens(since=date(2020, 1, 1), until=date(2020, 12, 31), between=("university", "firm"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layer": "funds"}, r"^there is no option of a network 'layer'; did you mean layers\?$"),
        ({"since": "2020"}, r"^since='2020' is not a date; write it as YYYY-MM-DD$"),
        ({"since": "2021-01-01", "until": "2020-01-01"}, "is after the last"),
        ({"derived": "yes"}, r"^there is no derived 'yes'; there are: with, without, only$"),
        ({"weight": "money"}, r"^there is no weight 'money'; there are: newman, newman-named, count, contribution$"),
        ({"between": "firm"}, r"^between='firm' is not a pair of sectors; write it as \('university', 'firm'\)$"),
        ({"between": ["firm"]}, "is not a pair of sectors"),
    ],
)
def test_other_values_are_errors(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make_lens(**options)
