"""Accuracy of entity resolution on held-out pairs, compared with fuzzy ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks import who

from kg.resolve.name_similarity import WEIGHTS

if TYPE_CHECKING:
    from pathlib import Path

    from kg.resolve.name_similarity import Rarity


@pytest.fixture(scope="module")
def pairs(shared: Path) -> list[who.Pair]:
    assert (shared / "data") == who.SHARED
    return who.published()


@pytest.fixture(scope="module")
def common(shared: Path) -> Rarity:
    assert shared.is_dir()
    return who.rarity()


@pytest.fixture(scope="module")
def register(shared: Path) -> who.Register:
    assert shared.is_dir()
    return who.Register()


def test_names_and_country_reach_the_target_and_fuzzy_ratios_miss_it(pairs: list[who.Pair], common: Rarity) -> None:
    actual = {result.method: result for result in who.compared(pairs, common)}
    same = np.array([pair.same for pair in pairs])
    assert who.held_out(pairs, who.features(pairs, common), same).f1 >= 0.79
    assert actual["kg, as likely as not"].f1 >= 0.79
    assert actual["rapidfuzz token_set_ratio"].f1 < 0.6
    assert actual["rapidfuzz WRatio"].f1 < 0.65


def test_matches_by_equal_register_entries_are_right(
    pairs: list[who.Pair], common: Rarity, register: who.Register
) -> None:
    accepted, widened = who.with_register(pairs, common, register)
    assert accepted.precision >= 0.98
    assert accepted.recall > 0
    assert widened.f1 >= 0.75


def test_equal_register_entries_are_right_in_complete_lists(register: who.Register) -> None:
    assert who.accepted_in_lists(register).precision >= 0.98


def test_shipped_weights_are_near_the_fitted_ones(pairs: list[who.Pair], common: Rarity) -> None:
    """Acronyms and names of general words alone are decisive in the pairs, but there are more of them elsewhere."""
    same = np.array([pair.same for pair in pairs])
    _, fitted = who.fitted(who.features(pairs, common), same)
    for name, shipped, actual in zip(WEIGHTS, WEIGHTS.values(), fitted, strict=True):
        assert shipped * actual >= 0, name
        assert abs(shipped - actual) < 1 or name in {"acronym", "generic"}, name


@pytest.mark.scale
def test_fresh_pairs_are_of_other_participants(pairs: list[who.Pair]) -> None:
    known = {pic for pair in pairs for pic in pair.key.split("|")}
    fresh = who.fresh(pairs)
    assert {pair.same for pair in fresh} == {True, False}
    assert not known & {pic for pair in fresh for pic in pair.key.split("|")}
