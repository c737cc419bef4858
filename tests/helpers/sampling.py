"""Cases of a parametrisation in all combinations, of which `make test` runs a sample and `make soak` the rest."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark.structures import ParameterSet


def sampled(*axes: Iterable[Any], share: int = 2) -> list[ParameterSet]:
    """Return all combinations; all but each `share`-th have the mark ``scale``.

    The sum of the positions decides. So each value is in the sample if another axis has at least `share` values.
    """
    cases = []
    for places in product(*(enumerate(axis) for axis in axes)):
        chosen = sum(place for place, _ in places) % share == 0
        cases.append(pytest.param(*(value for _, value in places), marks=() if chosen else pytest.mark.scale))
    return cases
